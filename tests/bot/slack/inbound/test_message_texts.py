"""What a person sees in a message is what is decoded."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcpcs_bot.slack.inbound.message_texts import texts_of


def text(words: str, kind: str = "mrkdwn") -> dict[str, Any]:
    return {"type": kind, "text": words}


def rich(*elements: dict[str, Any], kind: str = "rich_text_section") -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(elements)}]}


@pytest.mark.parametrize(
    ("message", "lines"),
    [
        ({"text": "S9353\nE0601"}, ["S9353\nE0601"]),
        ({"text": "S9353", "blocks": []}, ["S9353"]),
        ({"text": "A claim", "blocks": [{"type": "section", "text": text("E0601-RR")}]}, ["E0601-RR"]),
        ({"text": "A picture", "blocks": [{"type": "image", "image_url": "https://x.example"}]}, ["A picture"]),
        ({"blocks": [{"type": "header", "text": text("Claim", "plain_text")}]}, ["Claim"]),
        ({"blocks": [{"type": "section", "fields": [text("DOS 1/2/2025"), text("E0601")]}]}, ["DOS 1/2/2025", "E0601"]),
        ({"blocks": [{"type": "context", "elements": [text("E0601"), {"type": "image"}]}]}, ["E0601"]),
        ({"blocks": [rich(text("E06", "text"), text("01", "text"))]}, ["E0601"]),
        ({"blocks": [rich(text("E0601", "text"), text(" ", "text"), text("E0470", "text"))]}, ["E0601 E0470"]),
        ({"blocks": [rich({"type": "user", "user_id": "U1"}, text("E0601", "text"))]}, [" E0601"]),
        ({"blocks": [rich({"type": "link", "url": "https://x.example", "text": "E0601"})]}, ["E0601"]),
        ({"blocks": [rich(text("E0601", "text"), kind="rich_text_preformatted")]}, ["E0601"]),
        (
            {"blocks": [{"type": "table", "rows": [[text("1/2/2025", "raw_text"), rich(text("E0601", "text"))]]}]},
            ["1/2/2025 E0601"],
        ),
        (
            {"text": "", "attachments": [{"fields": [{"title": "Code", "value": "E0601", "short": True}]}]},
            ["Code E0601"],
        ),
        (
            {"attachments": [{"pretext": "a", "title": "b", "text": "c", "footer": "d", "fallback": "b c"}]},
            ["a", "b", "c", "d"],
        ),
        ({"attachments": [{"fallback": "E0601"}]}, ["E0601"]),
        ({"attachments": [{"blocks": [{"type": "section", "text": text("E0601")}], "fallback": "x"}]}, ["E0601"]),
        ({"text": "S9353", "blocks": [{"type": "actions", "elements": [text("E0601", "button")]}]}, ["S9353"]),
        ({"text": 7, "blocks": 7, "attachments": [7, None]}, []),
    ],
)
def test_the_lines_of_a_message(message: dict[str, Any], lines: list[str]) -> None:
    assert list(texts_of(message)) == lines


def test_endless_nesting_ends() -> None:
    block: Any = text("E0601")
    for _ in range(900):
        block = {"type": "section", "elements": [block]}
    assert list(texts_of({"blocks": [block], "text": "S9353"})) == ["S9353"]


NAMES = st.sampled_from(["type", "text", "blocks", "elements", "fields", "rows", "attachments", "title", "value"])
JSON = st.recursive(
    st.none() | st.integers() | st.sampled_from(["rich_text", "rich_text_section", "table", "E0601"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(NAMES, JSON, max_size=5))
def test_no_shape_of_a_message_breaks_it(message: dict[str, Any]) -> None:
    assert all(isinstance(line, str) for line in texts_of(message))

"""The rules of Block Kit: what Slack takes is taken, and each thing that it refuses is refused at its place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from slack_peer.rules.block_rules import BlockSurface, problems, text_size, view_problems

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain("Press"), "action_id": "press", **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def rich(text: str) -> Json:
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}],
    }


def table(rows: int, columns: int, text: str = "x") -> Json:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": text}] * columns] * rows}


def data_table(rows: int, columns: int = 2, **more: Any) -> Json:
    return {**table(rows, columns), "type": "data_table", "caption": "Codes", **more}


NUMBER = {"type": "raw_number", "value": 4, "text": "4 units"}
OPTION = {"text": plain("One"), "value": "1"}

GOOD: list[Json] = [
    {"type": "header", "text": plain("Title")},
    {"type": "section", "text": mrkdwn("*bold*"), "accessory": button(), "expand": True},
    {"type": "section", "fields": [mrkdwn("a"), plain("b")]},
    {"type": "divider", "block_id": "line"},
    {
        "type": "context",
        "elements": [mrkdwn("small"), {"type": "image", "image_url": "https://a.b/c", "alt_text": "c"}],
    },
    actions(button(style="primary", value="v", url="https://a.b"), {"type": "external_select", "action_id": "find"}),
    {"type": "image", "image_url": "https://a.b/c.png", "alt_text": "a picture", "title": plain("c")},
    {"type": "input", "label": plain("Name"), "element": {"type": "plain_text_input", "action_id": "name"}},
    rich("text"),
    table(100, 20),
]

DATA_TABLES: list[Json] = [
    data_table(101, 20, page_size=100, row_header_column_index=0),
    {**data_table(1), "rows": [[{"type": "raw_text", "text": "Units"}], [NUMBER]]},
    {**data_table(1), "rows": [[{"type": "raw_text", "text": "Code"}], [rich("S9353")]]},
]
"""Good ones, of which slack_sdk has no model yet."""

BAD: dict[str, tuple[Json, str]] = {
    "unknown block": ({"type": "bar_chart"}, "/blocks/0"),
    "no type": ({"text": plain("x")}, "/blocks/0"),
    "long header": ({"type": "header", "text": plain("x" * 151)}, "/blocks/0/text/text"),
    "mrkdwn header": ({"type": "header", "text": mrkdwn("x")}, "/blocks/0/text"),
    "blank text": ({"type": "section", "text": mrkdwn("")}, "/blocks/0/text/text"),
    "long section": ({"type": "section", "text": mrkdwn("x" * 3001)}, "/blocks/0/text/text"),
    "long field": ({"type": "section", "fields": [mrkdwn("x" * 2001)]}, "/blocks/0/fields/0/text"),
    "eleven fields": ({"type": "section", "fields": [mrkdwn("x")] * 11}, "/blocks/0/fields"),
    "no fields": ({"type": "section", "fields": []}, "/blocks/0/fields"),
    "empty section": ({"type": "section"}, "/blocks/0"),
    "eleven context elements": ({"type": "context", "elements": [mrkdwn("x")] * 11}, "/blocks/0/elements"),
    "many actions": (actions(*[button(action_id=str(n)) for n in range(26)]), "/blocks/0/elements"),
    "long button": (actions(button(text=plain("x" * 76))), "/blocks/0/elements/0/text/text"),
    "long value": (actions(button(value="x" * 2001)), "/blocks/0/elements/0/value"),
    "odd style": (actions(button(style="loud")), "/blocks/0/elements/0/style"),
    "same action twice": (actions(button(), button()), "/blocks"),
    "five options at most": (actions({"type": "overflow", "options": [OPTION] * 6}), "/blocks/0/elements/0/options"),
    "long option": (
        actions({"type": "static_select", "options": [{"text": plain("x" * 76), "value": "1"}]}),
        "/blocks/0/elements/0/options/0/text/text",
    ),
    "input in actions": (actions({"type": "plain_text_input", "action_id": "x"}), "/blocks/0/elements/0"),
    "unknown key": ({"type": "divider", "colour": "red"}, "/blocks/0"),
    "blank run": (rich(""), "/blocks/0/elements/0/elements/0/text"),
    "many rows": (table(101, 2), "/blocks/0/rows"),
    "many columns": (table(2, 21), "/blocks/0/rows/0"),
    "many characters in cells": (table(100, 2, "x" * 51), "/blocks/0"),
    "data table without rows": (data_table(1), "/blocks/0/rows"),
    "many rows of a data table": (data_table(102), "/blocks/0/rows"),
    "data table without a caption": ({**table(2, 2), "type": "data_table"}, "/blocks/0"),
    "no page": (data_table(2, page_size=0), "/blocks/0/page_size"),
    "large page": (data_table(2, page_size=101), "/blocks/0/page_size"),
    "number without text": (
        {**data_table(1), "rows": [[{"type": "raw_text", "text": "x"}], [{"type": "raw_number", "value": 4}]]},
        "/blocks/0/rows/1/0",
    ),
    "rich head": ({**data_table(2), "rows": [[rich("Code")], [rich("S9353")]]}, "/blocks/0/rows/0"),
    "alert in a message": ({"type": "alert", "text": mrkdwn("x")}, "/blocks/0"),
    "long block id": ({"type": "divider", "block_id": "x" * 256}, "/blocks/0/block_id"),
}


@pytest.mark.parametrize("block", [*GOOD, *DATA_TABLES], ids=lambda block: str(block["type"]))
def test_what_slack_takes_is_taken(block: Json) -> None:
    assert problems([block]) == []


@pytest.mark.parametrize(("block", "place"), BAD.values(), ids=BAD)
def test_what_slack_refuses_is_refused_at_its_place(block: Json, place: str) -> None:
    violations = problems([block])

    assert violations
    assert any(f"[json-pointer:{place}" in problem for problem in violations), violations


def test_a_message_has_its_own_limits() -> None:
    assert problems([{"type": "divider"}] * 50) == []
    assert problems([{"type": "divider"}] * 51)
    assert problems([{"type": "divider"}] * 100, BlockSurface.MODAL) == []
    assert problems([table(1, 1), table(1, 1)])
    assert problems([table(1, 1)], BlockSurface.MODAL)
    assert problems([{"type": "divider", "block_id": "a"}] * 2)


def test_an_alert_is_for_modals() -> None:
    alert = {"type": "alert", "text": mrkdwn("x" * 200), "level": "warning"}
    assert problems([alert], BlockSurface.MODAL) == []
    assert problems([{**alert, "level": "loud"}], BlockSurface.MODAL)
    assert problems([{**alert, "text": mrkdwn("x" * 201)}], BlockSurface.MODAL)
    assert problems([alert], BlockSurface.HOME)


def test_a_workspace_may_not_have_a_newer_block_yet() -> None:
    assert problems([data_table(2)], refused={"alert"}) == []
    (problem,) = problems([data_table(2)], refused={"data_table"})
    assert "unsupported type: data_table" in problem


def test_two_tables_of_either_kind_are_too_many() -> None:
    assert problems([table(1, 1), data_table(2)])


def test_text_counts_all_that_one_reads() -> None:
    assert text_size([{"type": "section", "text": mrkdwn("abc"), "accessory": button()}, rich("de")]) == 10


def test_views_have_their_own_rules() -> None:
    modal = {"type": "modal", "title": plain("Look up"), "blocks": [], "callback_id": "x"}
    field = {"type": "input", "label": plain("Name"), "element": {"type": "plain_text_input", "action_id": "name"}}

    assert view_problems(modal) == []
    assert view_problems({"type": "home", "blocks": [field]}) == []
    assert view_problems({**modal, "title": plain("x" * 25)})
    assert view_problems({**modal, "blocks": [field]})
    assert view_problems({**modal, "blocks": [field], "submit": plain("Show")}) == []
    assert view_problems({**modal, "private_metadata": "x" * 3001})
    assert view_problems({"type": "drawer"})


@pytest.mark.parametrize("block", GOOD, ids=lambda block: str(block["type"]))
def test_slacks_own_models_agree_on_what_is_good(block: Json) -> None:
    parsed = Block.parse(block)

    assert parsed is not None
    assert parsed.to_dict() == block


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "text", "elements", "fields", "rows", "accessory"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(ANY_JSON)
def test_anything_at_all_gets_an_answer(value: object) -> None:
    assert all(isinstance(problem, str) for problem in [*problems(value), *view_problems(value)])


@given(st.sampled_from(GOOD), st.data())
def test_a_broken_block_never_passes_unseen(block: Json, data: st.DataObject) -> None:
    broken = json.loads(json.dumps(block))
    broken[
        data.draw(
            st.text(min_size=1, max_size=8).filter(
                lambda name: (
                    name
                    not in {
                        *block,
                        "block_id",
                        "text",
                        "fields",
                        "accessory",
                        "expand",
                        "title",
                        "hint",
                        "optional",
                        "dispatch_action",
                        "column_settings",
                    }
                )
            )
        )
    ] = 1

    assert problems([broken])

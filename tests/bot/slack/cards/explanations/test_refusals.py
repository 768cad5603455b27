"""Refusals, help and small talk: short, and no buttons but suggestions."""

from __future__ import annotations

from typing import Any

import pytest
from tests.bot.slack.cards.records.test_card import TODAY
from tests.bot.slack.cards.records.test_several import blocks, told

from hcpcs.answers.desk import Desk
from hcpcs_bot.bootstrap import starter_desk
from slack_peer.block_reader import controls_of


def controls(drawn: list[dict[str, Any]]) -> list[str]:
    return [control.label for control in controls_of(drawn)]


def test_a_code_that_is_not_found_has_a_button_per_suggestion_and_no_other(desk: Desk) -> None:
    drawn = blocks(desk, "S9354")
    assert drawn[0]["text"]["text"].startswith("🔍 S9354 isn't in HCPCS October 2025; CMS publishes")
    assert set(controls(drawn)) == {"Open"}
    assert len(controls(drawn)) == told(desk, "S9354").count("(Hit ")


def test_words_without_a_match_get_one_select_of_families(desk: Desk) -> None:
    drawn = blocks(desk, "asdf qwer zxcv")
    assert controls(drawn) == ["Browse a family…"]
    assert len(drawn) == 3
    assert 'No codes match "asdf qwer zxcv".Try: E0601 · is S9353 payable' in told(desk, "asdf qwer zxcv")


@pytest.mark.parametrize("text", ["thanks", "hello", "tell me a joke", "what is the meaning of life"])
def test_small_talk_and_what_is_not_understood_have_three_lines_at_most_and_no_button(desk: Desk, text: str) -> None:
    drawn = blocks(desk, text)
    assert len(drawn) <= 2
    assert controls(drawn) == []


def test_who_was_not_understood_gets_three_examples(desk: Desk) -> None:
    for text in ("hello", "what is the meaning of life"):
        assert "Try: E0601 · is S9353 payable by Medicare? · insulin pump" in told(desk, text)
    assert "Try:" not in told(desk, "thanks")


def test_help_has_no_button(desk: Desk) -> None:
    assert controls(blocks(desk, "help")) == []


def test_a_subject_beyond_the_record_begins_with_its_answer_and_links_its_source(desk: Desk) -> None:
    first, _, facts, *_ = blocks(desk, "is prior authorization required for K0856")
    assert first["text"]["text"] == "The HCPCS record doesn't say whether K0856 needs prior authorization."
    links = [run for item in facts["elements"][0]["elements"] for run in item["elements"] if run["type"] == "link"]
    assert [link["url"].startswith("https://www.cms.gov/") for link in links] == [True]
    assert "BETOS" not in told(desk, "is prior authorization required for K0856")


def test_a_command_is_never_in_backquotes() -> None:
    for question in ("E0601", "help", "insulin"):
        drawn = blocks(starter_desk(), question)
        assert "`" not in str(drawn)
    answer = starter_desk().ask("E0601", today=TODAY)
    assert "hcpcs update" in str(blocks(starter_desk(), "E0601"))
    assert answer.notices

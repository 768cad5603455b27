"""Several codes: a row each, one sentence where they share a verdict."""

from __future__ import annotations

from typing import Any

import pytest
from tests.bot.slack.cards.records.test_card import TODAY

from hcpcs.answers.desk import Desk
from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.slack.cards import CardPlace, CardTarget, draw
from slack_peer.block_reader import words_of


def blocks(desk: Desk, question: str, place: CardPlace = CardPlace.PRIVATE) -> list[dict[str, Any]]:
    return draw(desk.ask(question, today=TODAY), CardTarget(place, TODAY)).blocks


def rows(desk: Desk, question: str) -> list[list[str]]:
    (table,) = [block for block in blocks(desk, question) if block["type"] == "table"]
    return [["".join(words_of(cell)) for cell in row] for row in table["rows"]]


def told(desk: Desk, question: str) -> str:
    return "".join(words_of(blocks(desk, question)))


def test_each_code_has_one_row(desk: Desk) -> None:
    head, *body = rows(desk, "A4253 A4259 E0607")
    assert head == ["Code", "Medicare, description, price and dates"]
    assert [row[0] for row in body] == ["A4253", "A4259", "E0607"]
    verdict, description, price_and_dates = body[0][1].splitlines()
    assert verdict == "⚠️ Maybe: conditions (D)"
    assert description.endswith("per 50 strips")
    assert price_and_dates.endswith("(32) · in force since January 1, 1986")


def test_a_shared_verdict_is_said_once(desk: Desk) -> None:
    sentence = "Medicare covers all three only if special coverage instructions are met."
    assert told(desk, "A4253 A4259 E0607").count(sentence) == 1
    assert "Medicare covers all" not in told(desk, "A4253 S9353")


def test_what_a_claim_must_say_names_its_codes(desk: Desk) -> None:
    answer = told(desk, "J3490 E1399 S9353")
    assert answer.count("This code is not otherwise classified") == 1
    assert "J3490, E1399: This code is not otherwise classified" in answer


def test_a_question_about_coverage_begins_with_the_answer(desk: Desk) -> None:
    first, table, *_ = blocks(desk, "A4253 A4259 E0607 coverage")
    assert first["text"]["text"].startswith("⚠️ Maybe. Medicare covers all three")
    assert table["type"] == "table"
    code, about = rows(desk, "A4253 A4259 E0607 coverage")[1]
    assert (code, about.splitlines()[0], about.splitlines()[-1]) == ("A4253", "⚠️ Maybe: conditions (D)", "NCD 40.2")
    assert told(desk, "A4253 A4259 E0607 coverage").count("The instructions are in the manual sections") == 1


def test_a_second_question_is_answered_behind_the_shared_verdict(desk: Desk) -> None:
    first, *_ = blocks(desk, "is A4253 covered and is A4259 valid")
    said = "".join(words_of(first))
    assert said.startswith("⚠️ Maybe. Medicare covers both only if special coverage instructions are met. A4259 is")


def test_different_answers_are_each_given(desk: Desk) -> None:
    answer = told(desk, "are E0601 and S9353 covered")
    assert "Medicare covers E0601 only if" in answer
    assert "S9353 is not payable by Medicare" in answer


@pytest.mark.parametrize("place", [CardPlace.VIEW, CardPlace.UNFURL])
def test_where_slack_takes_no_table_each_code_has_a_paragraph(desk: Desk, place: CardPlace) -> None:
    types = [block["type"] for block in blocks(desk, "A4253 A4259 E0607", place)]
    assert "table" not in types
    assert types.count("section") == 4


def test_every_code_can_be_opened_from_one_select(desk: Desk) -> None:
    (actions,) = [block for block in blocks(desk, "A4253 A4259 E0607") if block["type"] == "actions"]
    share, select, menu = actions["elements"]
    assert [option["text"]["text"] for option in menu["options"]] == ["Useful", "Not useful"]
    assert share["text"]["text"] == "Share to channel"
    assert [option["text"]["text"][:5] for option in select["options"]] == ["A4253", "A4259", "E0607"]


def test_origins_and_destinations_without_a_record_have_a_card() -> None:
    card = told(starter_desk(), "RR HR ambulance")
    assert card.startswith("RR · HR")
    assert card.count("HR on an ambulance claim: from hospital (H) to residence (R).") == 1

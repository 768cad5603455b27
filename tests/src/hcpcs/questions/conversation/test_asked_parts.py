"""A text with two questions is taken apart; one question is not."""

from __future__ import annotations

from datetime import date

import pytest

from hcpcs.questions.conversation.asked_parts import PARTS, READ, asked_parts
from hcpcs.questions.extraction import features
from hcpcs.questions.extraction.parse_state import ParseState
from hcpcs.questions.parser import parse_question
from hcpcs.questions.subject import Subject

TODAY = date(2025, 11, 21)


def test_each_part_has_its_subject() -> None:
    parts = asked_parts(parse_question("is E0601 valid and how much does it pay?", TODAY), TODAY)
    assert [part.text for part in parts] == ["is E0601 valid", "how much does it pay"]
    assert [part.subject for part in parts] == [Subject.STATUS, Subject.AMOUNT]


def test_a_part_that_only_its_words_explain_has_no_subject() -> None:
    parts = asked_parts(parse_question("E0601 covered and for how many days", TODAY), TODAY)
    assert (parts[-1].text, parts[-1].subject) == ("how many days", None)


def test_a_comma_parts_questions_but_not_a_question_from_its_case() -> None:
    parts = asked_parts(parse_question("is L0650 still active, what mod, and does it need prior auth", TODAY), TODAY)
    assert [part.text for part in parts] == ["is L0650 still active", "what mod", "does it need prior auth"]
    assert asked_parts(parse_question("claim is 14 months old for L3000, can we still bill", TODAY), TODAY) == ()


def test_the_last_of_many_parts_has_the_rest() -> None:
    text = "is E0601 covered? what is the unit? who do I call? is it valid? does it need prior auth?"
    parts = asked_parts(parse_question(text, TODAY), TODAY)
    assert len(parts) == PARTS
    assert parts[-1].text == "is it valid? does it need prior auth"


def test_the_day_the_place_and_the_payer_hold_for_each_part() -> None:
    text = "was E0601-RR covered by Aetna in Texas on 1/5/24 and what is the unit"
    part = asked_parts(parse_question(text, TODAY), TODAY)[-1].question
    assert (part.day, part.area, part.payer) == (date(2024, 1, 5), "TX", "Aetna")
    assert part.codes[0].modifiers == ("RR",)


def test_a_part_keeps_a_day_of_its_own() -> None:
    text = "was E0601 covered on 1/5/24 and is it covered on 3/1/25"
    assert asked_parts(parse_question(text, TODAY), TODAY)[-1].question.day == date(2025, 3, 1)


def test_a_part_is_understood_once_alone_or_beside_the_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    question = parse_question("is E0601 valid and how much does it pay?", TODAY)
    understood: list[str] = []
    recognized = features.RECOGNIZED_FEATURES

    def holds(state: ParseState) -> bool:
        understood.append(state.text)
        return False

    monkeypatch.setattr(features, "RECOGNIZED_FEATURES", (*recognized, features.Feature("counted", "", holds)))
    asked_parts(question, TODAY)
    assert understood == ["is E0601 valid", "E0601 how much does it pay?"]


def test_one_question_has_no_parts() -> None:
    for text in ("is E0601 covered by Medicare", "E0601 and E0470 billed together", "is a cpap covered and what code"):
        assert asked_parts(parse_question(text, TODAY), TODAY) == ()
    assert asked_parts(parse_question(f"is E0601 covered {'x ' * READ} and how many days", TODAY), TODAY) == ()

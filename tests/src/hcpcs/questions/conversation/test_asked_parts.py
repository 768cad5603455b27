"""A text with two questions is taken apart; one question is not."""

from __future__ import annotations

from datetime import date

import pytest

from hcpcs.questions.conversation.asked_parts import READ, asked_parts
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
    assert parts[-1] == ("how many days", None, ())


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

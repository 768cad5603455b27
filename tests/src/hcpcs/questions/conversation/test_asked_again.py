"""Short questions that go on with the subject before, and what they ask of its codes."""

from __future__ import annotations

from datetime import date

import pytest
from tests.src.hcpcs.questions.conversation.follow_ups import TODAY, completed

from hcpcs.questions.conversation.follow_up import complete
from hcpcs.questions.conversation.topic import Topic
from hcpcs.questions.subject import Subject


@pytest.mark.parametrize(
    ("text", "subject", "asked"),
    [
        ("since when?", Subject.STATUS, "effective dates of K1018?"),
        ("when", Subject.HISTORY, "history of K1018?"),
        ("and when was that?", Subject.REPLACEMENT, "effective dates of K1018?"),
        ("since when", Subject.COVERAGE, "when did coverage on K1018 change?"),
        ("for how many months?", Subject.RENTAL, "K1018 rental months?"),
        ("and after 36 months?", Subject.RENTAL, "K1018 rental months?"),
        ("what do I bill now", Subject.STATUS, "K1018 what do I bill now?"),
        ("which modifier then?", Subject.LIMIT, "K1018 which modifier then?"),
        ("and if not on insulin?", Subject.LIMIT, "unit limit for K1018 if not on insulin?"),
        ("diagnosis codes?", Subject.COVERAGE, "K1018 diagnosis codes?"),
    ],
)
def test_a_short_question_goes_on_with_the_subject(text: str, subject: Subject, asked: str) -> None:
    assert completed(text, Topic(codes=("K1018",), subject=subject)).text == asked


def test_how_long_after_another_subject_is_not_a_rental() -> None:
    assert complete("how long", Topic(codes=("E0601",), subject=Subject.LIMIT), TODAY) is None


def test_a_payer_before_is_not_asked_about_the_dates_of_a_code() -> None:
    follow_up = completed("since when is it in HCPCS", Topic(codes=("E0470",), payer="Medicaid"))
    assert (follow_up.text, follow_up.topic.payer) == ("since when is E0470 in HCPCS?", "Medicaid")


def test_what_a_diagnosis_code_is_asks_for_a_definition() -> None:
    assert complete("what is a diagnosis code?", Topic(codes=("E0601",), subject=Subject.COVERAGE), TODAY) is None


def test_what_replaced_a_code_is_not_asked_of_the_day_before() -> None:
    asked_on = Topic(codes=("G2066",), subject=Subject.STATUS, day=date(2023, 7, 1))
    assert completed("replacement?", asked_on).text == "G2066 replacement?"
    assert completed("is it covered?", asked_on).text == "is G2066 covered on 2023-07-01?"


def test_the_spanish_and_goes_on() -> None:
    assert completed("y E0149?", Topic(codes=("E0143",), subject=Subject.COVERAGE)).text == "is E0149 covered?"

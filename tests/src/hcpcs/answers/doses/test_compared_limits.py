"""Units beside a limit: whether they are more, in the words of yes and no that the question asks for."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.src.hcpcs.answers.facts.facts_desk import facts_desk
from tests.src.hcpcs.answers.listed_index import ListedIndex
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.desk import Desk
from hcpcs.answers.doses.compared_limits import asked_units
from hcpcs.questions.parser import parse_question


@pytest.fixture(scope="module")
def edits(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk whose MUE tables state 8 units a day of J1885 for practitioners and 9 for outpatient hospitals."""
    folder: Path = tmp_path_factory.mktemp("edits")
    return facts_desk(folder, "MUE_2024-07.csv")


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("is 12 units of J1885 ok?", "No. 12 units of J1885 is more than its MUE of 8 or 9."),
        ("is 12 units of J1885 too many", "Yes. 12 units of J1885 is more than its MUE of 8 or 9."),
        ("is 4 units of J1885 over the MUE", "No. 4 units of J1885 is within its MUE of 8 or 9."),
        ("is 9 units of J1885 ok?", "9 units of J1885 is more than its MUE for practitioner services, and within its"),
        ("J1885 9 units per day MUE in the office", "9 units of J1885 is more than its MUE of 8."),
        ("denied for exceeding MUE on J1885 12 units", "12 units of J1885 is more than its MUE of 8 or 9."),
        ("MUE for J1885", "The MUE of J1885 is 8 units a day"),
    ],
)
def test_units_are_compared_with_the_edits(edits: Desk, question: str, start: str) -> None:
    assert edits.ask(question).headline.startswith(start)


def test_units_of_a_month_are_not_compared_with_the_edit_of_a_day(edits: Desk) -> None:
    answer = edits.ask("is 12 units of J1885 a month ok")
    assert answer.headline.startswith("The files loaded have no limit per month")


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (
            "A4353 250 per month ok?",
            "No. 250 units of A4353 is more than the usual limit of 200 a month (LCD L33803).",
        ),
        (
            "A7030 20 a year ok?",
            "No. 20 units of A7030 in 1 year is 5 in 3 months, which is more than the usual limit of 1 every 3 months",
        ),
        (
            "is 5 A7030 units ok",
            "No. 5 units of A7030 is more than the usual limit of 1 every 3 months (LCD L33718).",
        ),
        ("A4351 caths 5 times a day x 30", "150 units of A4351 is within the usual limit of 200 a month"),
        ("cath 6 times a day x 30 days A4351", "180 units of A4351 is within the usual limit of 200 a month"),
        ("caths 8 times a day x 30 days A4351", "240 units of A4351 is more than the usual limit of 200 a month"),
        (
            "A7030 2 every 3 months ok?",
            "No. 2 units of A7030 is more than the usual limit of 1 every 3 months (LCD L33718).",
        ),
        (
            "A7038 6 every 3 months",
            "6 units of A7038 in 3 months is 2 in 1 month, which is within the usual limit of 2 a month",
        ),
        (
            "A4253 90 strips a month is that too much",
            "1.8 units of A4253 in 1 month is 5.4 in 3 months, which is more than the usual limit of 2 without "
            "insulin, and within the usual limit of 6 with insulin (LCD L33822).",
        ),
        (
            "is 200 strips a month of A4253 too much",
            "Yes. 4 units of A4253 in 1 month is 12 in 3 months, which is",
        ),
    ],
)
def test_units_are_compared_with_the_usual_maximum(full: Desk, question: str, sentence: str) -> None:
    assert sentence in full.ask(question).headline


def test_a_supply_has_no_maximum_dose(full: Desk) -> None:
    assert "drug's label" not in full.ask("A4253 90 strips a month is that too much").text


def test_the_usual_maximum_is_said_once(full: Desk) -> None:
    assert full.ask("A4353 250 per month ok?").headline.count("200 a month") == 1


def test_a_thing_that_is_counted_names_its_code(full: Desk) -> None:
    desk = Desk(full.catalog, ListedIndex(full.catalog, "A6407", "A4253"), lambda: TODAY)
    answer = desk.ask("patient gets 90 strips a month is that too much")
    assert answer.headline.startswith("1.8 units of A4253 in 1 month is 5.4 in 3 months")


@pytest.mark.parametrize(
    ("question", "number"), [("is 40 units of J0885 over the MUE", None), ("is 40 units of J0585 over the MUE", 40)]
)
def test_units_of_activity_are_not_taken_for_billing_units(full: Desk, question: str, number: int | None) -> None:
    context = AnswerContext(parse_question(question, TODAY), full.catalog, full.index, TODAY)
    statement = context.state(context.question.codes[0].code)
    assert statement is not None
    asked = asked_units(context, [statement])
    assert (asked and asked.number) == number

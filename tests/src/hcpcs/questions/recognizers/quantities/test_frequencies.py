"""On which days of a cycle a dose is given."""

from __future__ import annotations

from datetime import date

import pytest

from hcpcs.questions.parser import parse_question
from hcpcs.questions.recognizers.quantities.counted_items import UNSURE
from hcpcs.questions.recognizers.quantities.quantity_scanner import find_quantities


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("750 mg days 1-5", ["dose 750 mg", "times 5 "]),
        ("1900 mg on days 1, 8 and 15", ["dose 1900 mg", "times 3 "]),
        ("1900 mg day 1 and day 8", ["dose 1900 mg", "times 2 "]),
        ("emend 125 mg day 1, 80 mg days 2 and 3", ["dose 125 mg", "further 160 mg"]),
        ("emend 125 day 1, 80 days 2 and 3", ["dose 125 strength", "further 160 strength"]),
        ("1 g day 1, 500 units day 2", ["dose 1 g", "dose 500 unit"]),
        ("pt on day 2 got 4 mg", ["dose 4 mg"]),
        ("5 mg daily for 21 days", ["rate 5 mg", "duration 21 day"]),
    ],
)
def test_a_dose_is_given_on_each_day_of_a_cycle(text: str, amounts: list[str]) -> None:
    found = [one.quantity for one in find_quantities(text)]
    assert [f"{one.role} {one.amount:g} {one.unit}" for one in found] == amounts


@pytest.mark.parametrize(
    ("asked", "is_unsure"),
    [
        ("J7644 0.5 mg qid x30", True),
        ("J0696 1 g q12h x 10", True),
        ("J7644 0.5 mg qid x 30 days", False),
        ("J0696 1 g q12h x 10 doses", False),
        ("J0696 1 g q24h x 3", False),  # a day has one dose
        ("J0696 2 g daily x 7", False),
        ("J3301 40 mg x2", False),
    ],
)
def test_a_number_behind_several_doses_a_day_may_be_days_or_doses(asked: str, is_unsure: bool) -> None:
    quantities = parse_question(asked, date(2026, 11, 28)).quantities
    assert (UNSURE in {one.unit for one in quantities}) is is_unsure

"""On which days of a cycle a dose is given."""

from __future__ import annotations

import pytest

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

"""What the amounts of a question may mean besides the dose that is counted first."""

from __future__ import annotations

import pytest

from hcpcs.answers.desk import Desk


@pytest.mark.parametrize(
    ("asked", "headline"),
    [
        ("J1885 30 mg for 1 day", "30 mg of J1885 is 2 units."),
        ("J1885 30 mg for 3 days", "30 mg of J1885 is 2 units; 30 mg a day for 3 days is 6 units."),
        (
            "J1885 30 mg, 60 mg, 2 ml",
            "30 mg of J1885 is 2 units; 60 mg is 4 units; if both were given, 90 mg is 6 units.",
        ),
        ("J1100 10 mg, 1 mg", "10 mg of J1100 is 10 units; 1 mg is 1 unit; if both were given, 11 mg is 11 units."),
        ("J1745 40 mg for 3 days qty 1 or 4?", "40 mg of J1745 is 4 units, not 1."),
    ],
)
def test_both_readings_are_said_where_there_are_two(full: Desk, asked: str, headline: str) -> None:
    assert full.ask(asked).headline == headline

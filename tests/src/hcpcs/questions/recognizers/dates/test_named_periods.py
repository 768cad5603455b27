"""Periods that have a name: runs of months and quarters, half years, fiscal years, the ends of a year, holidays."""

from __future__ import annotations

from datetime import date

import pytest

from hcpcs.questions.recognizers.dates.date_scanner import find_days
from hcpcs.questions.recognizers.dates.named_periods import DayRange

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("codes added from April through June 2024", date(2024, 4, 1), date(2024, 6, 30)),
        ("J codes added Jan-Mar 2025", date(2025, 1, 1), date(2025, 3, 31)),
        ("new codes between April and July 2024", date(2024, 4, 1), date(2024, 7, 31)),
        ("codes added Nov-Feb 2025", date(2024, 11, 1), date(2025, 2, 28)),
        ("codes added Q1-Q3 of 2025", date(2025, 1, 1), date(2025, 9, 30)),
        ("J codes added Q1, Q2 and Q3 2025", date(2025, 1, 1), date(2025, 9, 30)),
        ("changes Q1 Q2 2025", date(2025, 1, 1), date(2025, 6, 30)),
        ("new codes first half of 2025", date(2025, 1, 1), date(2025, 6, 30)),
        ("J codes added 2H 2024", date(2024, 7, 1), date(2024, 12, 31)),
        ("deleted codes FY25", date(2024, 10, 1), date(2025, 9, 30)),
        ("codes added in fiscal year 2024", date(2023, 10, 1), date(2024, 9, 30)),
        ("codes discontinued in calendar year 2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("C codes terminated at the end of 2024", date(2024, 12, 31), date(2024, 12, 31)),
        ("codes in use at the beginning of 2024", date(2024, 1, 1), date(2024, 1, 1)),
        ("valid on Christmas 2023", date(2023, 12, 25), date(2023, 12, 25)),
        ("valid on New Years Eve 2022", date(2022, 12, 31), date(2022, 12, 31)),
        ("valid on Labor Day 2024", date(2024, 9, 2), date(2024, 9, 2)),
        ("valid on Memorial Day of 2025", date(2025, 5, 26), date(2025, 5, 26)),
        ("valid on Thanksgiving", date(2025, 11, 27), date(2025, 11, 27)),
        ("valid on Presidents' Day", date(2026, 2, 16), date(2026, 2, 16)),
    ],
)
def test_a_named_period_has_its_first_and_last_day(text: str, first: date, last: date) -> None:
    (day,) = find_days(text, TODAY)
    assert (day.span, day.since) == (DayRange(first, last), False)


def test_a_holiday_without_a_year_needs_a_word_of_time() -> None:
    assert not find_days("christmas tree", TODAY)

"""The period of a question about changes."""

from __future__ import annotations

from datetime import date

import pytest

from hcpcs.questions.recognizers.dates.asked_period import AskedPeriod, period_of
from hcpcs.questions.recognizers.dates.date_scanner import find_days

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "first", "last", "left_out"),
    [
        ("added between 2020 and 2022, also 2024", date(2020, 1, 1), date(2022, 12, 31), ("2024",)),
        ("added in 2020 and 2024", date(2020, 1, 1), date(2020, 12, 31), ("2024",)),
        ("added 2020, 2021, 2022", date(2020, 1, 1), date(2022, 12, 31), ()),
        ("added after 2020 and before 2023", date(2021, 1, 1), date(2022, 12, 31), ()),
        ("added in 2022 and before 2021", date(2020, 12, 31), date(2022, 12, 31), ()),
        ("added since 2020", date(2020, 1, 1), None, ()),
        ("added on 1/1/2024 or 2/30/2024", date(2024, 1, 1), date(2024, 1, 1), ("2/30/2024",)),
    ],
)
def test_two_days_are_ends_or_periods_of_their_own(
    text: str, first: date, last: date | None, left_out: tuple[str, ...]
) -> None:
    days = find_days(text, TODAY, loose=True)
    assert period_of(text, days, whole=False) == AskedPeriod(first, last, left_out)


def test_the_first_two_days_of_a_comparison_are_ends() -> None:
    text = "compare 2018 and 2024"
    period = period_of(text, find_days(text, TODAY, loose=True), whole=True)
    assert period == AskedPeriod(date(2018, 1, 1), date(2024, 12, 31))


def test_a_day_that_the_calendar_lacks_opens_no_period() -> None:
    assert period_of("2/30/2024", find_days("2/30/2024", TODAY), whole=False) is None

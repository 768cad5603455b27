"""The period of a question about changes: the ends of a span that it names, or its days that follow each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from hcpcs.questions.recognizers.dates.date_scanner import DaySpan, are_of_one_period

_CLOSES: Final = ("before", "prior", "until", "up to", "by")
"""The words before a day that ends a time."""
_ONE_DAY: Final = timedelta(days=1)


class AskedPeriod(NamedTuple):
    """A time from ``first`` to ``last``, ``None`` for one without end, and the days outside of it, as written."""

    first: date
    last: date | None
    left_out: tuple[str, ...] = ()


def period_of(text: str, days: Sequence[DaySpan], *, whole: bool) -> AskedPeriod | None:
    """The period that the days of a text stand for; ``None`` where the first isn't in the calendar.

    Two days are the ends of a span ("between 2020 and 2022", "after 2020 and before 2023"), and else periods of their
    own, of which those that follow each other count: all of "2020, 2021, 2022", and the first of "2020 and 2024".
    With ``whole`` the first two days are always ends ("compare 2018 and 2024").
    """
    first = days[0].span if days else None
    if first is None:
        return None
    if len(days) == 1:
        return AskedPeriod(first.first, None if days[0].since else first.last)
    begin, end, used = first.first, first.last, 1
    second = days[1].span
    if second is not None and (whole or days[0].since or closes(text, days[1]) or are_of_one_period(text, days)):
        begin, end = (begin, second.last) if begin <= second.last else (second.first, end)
        used = 2
    for day in days[used:]:
        if day.span is None or day.span.first != end + _ONE_DAY:
            break
        end = day.span.last
        used += 1
    left_out = (day.written for day in days[used:] if day.span is None or not begin <= day.span.first <= end)
    return AskedPeriod(begin, end, tuple(dict.fromkeys(left_out)))


def closes(text: str, day: DaySpan) -> bool:
    """Whether the word before a day makes it the end of a time ("before 2018")."""
    return text[day.start : day.end].lstrip().lower().startswith(_CLOSES)

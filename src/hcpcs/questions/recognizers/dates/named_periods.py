"""Periods that have a name: runs of months and quarters, half years, fiscal years, the ends of a year, holidays.

The federal fiscal year begins in October of the year before (31 U.S.C. 1102). The holidays are those of 5 U.S.C. 6103,
with the eves that people name.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, NamedTuple


class DayRange(NamedTuple):
    """A period of days, both included; a single day has ``first == last``."""

    first: date
    last: date


Reader = Callable[[re.Match[str], date], DayRange | None]
"""Reads a match on the day of the question; ``None`` for a day that the calendar does not have."""


class NamedPeriod(NamedTuple):
    """One form of a period with a name: a cheap pattern that is in every text with it, its pattern, and its reader."""

    gate: re.Pattern[str]
    pattern: str
    read: Reader
    needs_lead: bool = False


MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb febuary feburary", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sep sept", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
SPANISH_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre setiembre",
            "octubre", "noviembre", "diciembre",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_NAMES: Final = "|".join(sorted(MONTHS, key=len, reverse=True))
_MONDAY, _THURSDAY = 0, 3
_LAST: Final = -1
_SECOND_HALF: Final = frozenset({"second half", "2nd half", "h2", "2h"})
_HOLIDAYS: Final = {
    "new years eve": (12, 31), "new year eve": (12, 31), "new years day": (1, 1), "new year day": (1, 1),
    "juneteenth": (6, 19), "independence day": (7, 4), "fourth of july": (7, 4), "4th of july": (7, 4),
    "veterans day": (11, 11), "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25),
    "xmas": (12, 25), "valentines day": (2, 14), "valentines": (2, 14), "st patricks day": (3, 17),
    "st patricks": (3, 17), "halloween": (10, 31),
}  # fmt: skip
"""The month and day of holidays with a fixed date, without apostrophes and periods."""
_MOVABLE: Final = {
    "mlk day": (1, _MONDAY, 3), "presidents day": (2, _MONDAY, 3), "memorial day": (5, _MONDAY, _LAST),
    "labor day": (9, _MONDAY, 1), "columbus day": (10, _MONDAY, 2), "thanksgiving": (11, _THURSDAY, 4),
    "thanksgiving day": (11, _THURSDAY, 4),
}  # fmt: skip
"""The month, the day of the week and which one of the month, of holidays without a fixed date."""


def century(written: str) -> int:
    """The year of two or four digits: 18, '18 and 2018."""
    year = int(written.lstrip("'"))
    return year if year > 99 else year + (1900 if year >= 66 else 2000)


def _months(first: int, last: int, year: int) -> DayRange:
    """From the first day of a month to the end of another in ``year``; of the year before where it is a later one."""
    return DayRange(date(year - (first > last), first, 1), date(year, last, monthrange(year, last)[1]))


def _run_of_months(match: re.Match[str], _: date) -> DayRange:
    return _months(MONTHS[match["opening"]], MONTHS[match["closing"]], century(match["y"]))


def _run_of_quarters(match: re.Match[str], _: date) -> DayRange:
    return _months(int(match["opening"]) * 3 - 2, int(match["closing"]) * 3, century(match["y"]))


def _half(match: re.Match[str], _: date) -> DayRange:
    opening, closing = (7, 12) if match["half"] in _SECOND_HALF else (1, 6)
    return _months(opening, closing, century(match["y"]))


def _fiscal_year(match: re.Match[str], _: date) -> DayRange:
    return _months(10, 9, century(match["y"]))


def _whole_year(match: re.Match[str], _: date) -> DayRange:
    return _months(1, 12, century(match["y"]))


def _edge(match: re.Match[str], _: date) -> DayRange:
    year = century(match["y"])
    day = date(year, 12, 31) if match["edge"] in {"end", "close"} else date(year, 1, 1)
    return DayRange(day, day)


def _holiday(match: re.Match[str], today: date) -> DayRange:
    name = re.sub("[.']", "", match["holiday"])
    if match.groupdict().get("y"):
        day = _day_of_holiday(name, century(match["y"]))
    else:
        day = _day_of_holiday(name, today.year)
        day = day if day <= today else _day_of_holiday(name, today.year - 1)
    return DayRange(day, day)


def _day_of_holiday(name: str, year: int) -> date:
    if name in _HOLIDAYS:
        return date(year, *_HOLIDAYS[name])
    month, weekday, which = _MOVABLE[name]
    if which == _LAST:
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))


_OF_MONTHS: Final = re.compile("jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec")
_OF_QUARTERS: Final = re.compile("q[1-4]")
# In every half, fiscal or calendar year ("2H 2024", "FY25"), and at the end of one ("end of 2024").
_OF_YEARS: Final = re.compile("half|fy|fiscal|cy|calendar|early|mid|late|h[12]|[12]h| of (?:the year )?20")
# In every holiday: "labor day", "the 4th of july".
_OF_HOLIDAYS: Final = re.compile(
    "new year|juneteenth|independence|of july|veteran|christmas|xmas|mlk|president|memorial d|labor d|columbus|thanksg|"
    "valentine|patrick|halloween"
)
_YEAR: Final = r"(?P<y>(?:19[5-9]|20[0-4])\d|'\d\d)"
_THROUGH: Final = r"(?: ?-{1,2} ?| (?:to|thru|through|until|till) )"
_HOLIDAY: Final = (
    r"(?P<holiday>new year'?s? (?:day|eve)|juneteenth|independence day|(?:fourth|4th) of july|veterans'? day|"
    r"christmas(?: day| eve)?|xmas|mlk day|presidents'? day|memorial day|labor day|columbus day|thanksgiving(?: day)?|"
    r"valentine'?s(?: day)?|st\.? patrick'?s(?: day)?|halloween)"
)
NAMED_PERIODS: Final = (
    # April through June 2024, Jan-Mar 2025; between April and July 2024
    NamedPeriod(
        _OF_MONTHS,
        rf"(?:from )?(?P<opening>{_NAMES})\.?(?: of)?{_THROUGH}(?P<closing>{_NAMES})\.?,? (?:of )?{_YEAR}",
        _run_of_months,
    ),
    NamedPeriod(
        _OF_MONTHS,
        rf"between (?P<opening>{_NAMES})\.? and (?P<closing>{_NAMES})\.?,? (?:of )?{_YEAR}",
        _run_of_months,
    ),
    # Q1-Q3 2025, Q1 and Q2 of 2025; Q1, Q2 and Q3 2025; Q1 Q2 2025
    NamedPeriod(
        _OF_QUARTERS,
        rf"q(?P<opening>[1-4])(?:, ?q[1-4])*(?:{_THROUGH}|,? and | ?& ?|/|, ?| )q(?P<closing>[1-4]),? (?:of )?{_YEAR}",
        _run_of_quarters,
    ),
    # first half of 2025, 2nd half 2024, H1 2025, 2H 2024
    NamedPeriod(
        _OF_YEARS,
        rf"(?:the )?(?P<half>first half|1st half|second half|2nd half|h[12]|[12]h) ?(?:of )?{_YEAR}",
        _half,
    ),
    # FY 2025, FY25, fiscal year 2024; calendar year 2024, CY2024; mid 2024
    NamedPeriod(_OF_YEARS, r"(?:fy|(?:federal )?fiscal year) ?-?(?:of )?(?P<y>20[0-4]\d|'?\d\d)", _fiscal_year),
    NamedPeriod(_OF_YEARS, rf"(?:cy|calendar year|early|mid|late) ?-?(?:in )?{_YEAR}", _whole_year),
    # the end of 2024, beginning of 2025
    NamedPeriod(_OF_YEARS, rf"(?:the )?(?P<edge>end|close|beginning|start) of (?:the year )?{_YEAR}", _edge),
    # Christmas 2023, New Year's Eve of 2022; on Labor Day
    NamedPeriod(_OF_HOLIDAYS, rf"{_HOLIDAY},? (?:of |in )?{_YEAR}", _holiday),
    NamedPeriod(_OF_HOLIDAYS, rf"{_HOLIDAY}", _holiday, needs_lead=True),
)
"""Every form, with examples; a period that ends by itself has no end but its own ("from April through June 2024")."""

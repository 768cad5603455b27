"""The table of the forms in which people write days: a quick gate, the pattern, and how a match is read.

Dates in numbers are in the American order, unless the first number can only be a day. What has no year is the latest
that has begun: "in June", asked in May 2025, is June 2024.

The patterns are for text in lower case: Python tries every alternative at every character where case is ignored, and
looks at the first character of each where it isn't, which is ten times as fast.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final, NamedTuple

from hcpcs.questions.recognizers.dates.named_periods import (
    MONTHS,
    NAMED_PERIODS,
    SPANISH_MONTHS,
    DayRange,
    Reader,
    century,
)


class DayForm(NamedTuple):
    """One form of a day.

    ``gate`` is a cheap pattern that every text with this form matches. ``needs_lead`` says that the form counts only
    after a word of time ("in", "since").
    """

    gate: re.Pattern[str]
    pattern: re.Pattern[str]
    read: Reader
    needs_lead: bool


_COUNTS: Final = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
_ORDINALS: Final = {"1st": 1, "first": 1, "2nd": 2, "second": 2, "3rd": 3, "third": 3, "4th": 4, "fourth": 4}

_M = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
_ES = rf"(?P<month>{'|'.join(SPANISH_MONTHS)})"
_Y = r"(?P<year>(?:19[5-9]|20[0-4])\d)"
_MM, _DD = "(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])"
_D = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
# The word that leads to a day: in the group those that bound a time ("since January", "prior to April 2018"), then
# those that only place it ("as of March 1", "DOS: 3/1/2019", "on the 1st of March"). A code between is spaces here:
# in "for J1745 2026" the lead is not one of the year.
_LEAD = (
    r"(?:\b(?P<lead>since|after|from|starting(?: from| in| on)?|before|prior to|until|up to|by)\s{1,2}(?:the )?|"
    r"\b(?:as of|as at|effective|eff|dated|dos|date of service|service date|d\.o\.s\.?|on|in|for|during|at|of|back in|"
    r"around|circa)\s{0,2}:?\s{1,2}(?:dos |date of service |the )?|)"
)


def _span(day: date) -> DayRange:
    return DayRange(day, day)


def _on(year: int, month: int, day: int) -> DayRange | None:
    try:
        return _span(date(year, month, day))
    except ValueError:
        return None


def _month(year: int, month: int) -> DayRange | None:
    if not 1 <= month <= 12:
        return None
    return DayRange(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def _quarter(year: int, quarter: int) -> DayRange:
    last = quarter * 3
    return DayRange(date(year, last - 2, 1), date(year, last, monthrange(year, last)[1]))


def _year(year: int) -> DayRange:
    return DayRange(date(year, 1, 1), date(year, 12, 31))


def _iso(match: re.Match[str], _: date) -> DayRange | None:
    return _on(int(match["year"]), int(match["m"]), int(match["d"]))


def _american(match: re.Match[str], _: date) -> DayRange | None:
    month, day = int(match["m"]), int(match["d"])
    if month > 12 >= day:
        month, day = day, month
    return _on(century(match["y"]), month, day)


def _in_boxes(match: re.Match[str], _: date) -> DayRange | None:
    """The first day of item 24A of a CMS-1500, "from" and "to" in boxes of two digits."""
    return _on(century(match["y"]), int(match["m"]), int(match["d"]))


def _named(match: re.Match[str], _: date) -> DayRange | None:
    return _on(century(match["y"]), MONTHS[match["month"]], int(match["day"]))


def _spanish(match: re.Match[str], _: date) -> DayRange | None:
    """The day, or the month where none is named: "15 de julio de 2025", "octubre de 2024"."""
    year, month, day = int(match["year"]), SPANISH_MONTHS[match["month"]], match.groupdict().get("day")
    return _month(year, month) if day is None else _on(year, month, int(day))


def _named_month(match: re.Match[str], _: date) -> DayRange | None:
    return _month(century(match["y"]), MONTHS[match["month"]])


def _numbered_month(match: re.Match[str], _: date) -> DayRange | None:
    return _month(int(match["year"]), int(match["m"]))


def _recent_month(match: re.Match[str], today: date) -> DayRange | None:
    month, which = MONTHS[match["month"]], (match["which"] or "")
    if which == "next":
        return _month(today.year + (month <= today.month), month)
    past = month < today.month or (month == today.month and which not in {"last", "past"})
    return _month(today.year if past else today.year - 1, month)


def _recent_day(match: re.Match[str], today: date) -> DayRange | None:
    groups = match.groupdict()
    month = MONTHS[groups["month"]] if groups.get("month") else int(groups["m"])
    this_year = _on(today.year, month, int(groups.get("day") or groups["d"]))
    if this_year is None or this_year.first <= today:
        return this_year
    return _on(today.year - 1, month, this_year.first.day)


def _named_quarter(match: re.Match[str], today: date) -> DayRange | None:
    groups = match.groupdict()
    quarter = int(groups["q"]) if groups.get("q") else _ORDINALS[groups["ordinal"]]
    if groups.get("y"):
        return _quarter(century(groups["y"]), quarter)
    this_year = _quarter(today.year, quarter)
    return this_year if this_year.first <= today else _quarter(today.year - 1, quarter)


def _single(match: re.Match[str], today: date) -> DayRange:
    word = match["word"]
    if "before" in word:
        return _span(today - timedelta(days=2))
    return _span(today + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(word, 0)))


def _relative(match: re.Match[str], today: date) -> DayRange:
    shift = {"this": 0, "current": 0, "next": 1}.get(match["which"], -1)
    unit = match["unit"]
    if unit == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=shift)
        return DayRange(monday, monday + timedelta(days=6))
    if unit == "year":
        return _year(today.year + shift)
    if unit == "quarter":
        index = today.year * 4 + (today.month - 1) // 3 + shift
        return _quarter(index // 4, index % 4 + 1)
    index = today.year * 12 + today.month - 1 + shift
    first = date(index // 12, index % 12 + 1, 1)
    return DayRange(first, first.replace(day=monthrange(first.year, first.month)[1]))


def _ago(match: re.Match[str], today: date) -> DayRange | None:
    written, unit = match["count"], match["unit"]
    count = int(written) if written.isdigit() else _COUNTS.get(written, 2)
    if unit in {"day", "week"}:
        return _span(today - timedelta(days=count * (7 if unit == "week" else 1)))
    index = today.year * 12 + today.month - 1 - count * {"month": 1, "quarter": 3, "year": 12}[unit]
    if index < 12:
        return None
    year, month = index // 12, index % 12 + 1
    return _span(date(year, month, min(today.day, monthrange(year, month)[1])))


def _until_today(match: re.Match[str], today: date) -> DayRange | None:
    ago = _ago(match, today)
    return None if ago is None else DayRange(ago.first, today)


def _years(match: re.Match[str], _: date) -> DayRange:
    first, last = sorted((int(match["year"]), int(match["until"])))
    return DayRange(date(first, 1, 1), date(last, 12, 31))


def _bare_year(match: re.Match[str], _: date) -> DayRange:
    return _year(int(match["year"]))


_OF_YEARS_AND_DAYS: Final = re.compile(r"(?:19|20)\d\d[-/.]\d\d?[-/.]\d")
_OF_DATES: Final = re.compile(r"\d[-/.]\d\d?[-/.]\d")
_OF_EIGHT_DIGITS: Final = re.compile(r"\d{8}")
_OF_SERVICE: Final = re.compile(r"(?:dos|service|date)\W{1,3}[01]\d[0-3]\d{3}(?!\d)")
_OF_BOXES: Final = re.compile(r"[01]\d ?[0-3]\d ?(?:\d\d){1,2}[ -]")
_OF_TWO_NUMBERS: Final = re.compile(r"\d[-/]\d")
_OF_MONTHS: Final = re.compile("jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec")
_OF_SPANISH_MONTHS: Final = re.compile("|".join(SPANISH_MONTHS))
_OF_QUARTERS: Final = re.compile("q[1-4]|quarter")
_OF_YEARS: Final = re.compile(r"(?:19|20)\d\d")
# One of these is in every day that is relative to today: "tomorrow", "2 weeks ago", "previous quarter", "next May".
_OF_RELATIONS: Final = re.compile("day|morrow|ago|back|earlier|last|past|this|next|prev|prior|current")


def _form(gate: re.Pattern[str], pattern: str, read: Reader, *, needs_lead: bool = False) -> DayForm:
    whole = rf"(?<![\w$]){_LEAD}(?P<it>{pattern})(?![\w%]|[.,/]\d|-\d(?!\d?/\d))"
    return DayForm(gate, re.compile(whole), read, needs_lead)


# What makes six digits a day, not an amount or a number: "DOS 032924", "date of service: 032924".
_AFTER_DOS = r"(?:(?<=\bdos )|(?<=\bdos: )|(?<=\bdos:)|(?<=\bservice )|(?<=\bservice: )|(?<=\bservice date ))"
_ANY_YEAR = r"(?P<y>(?:19[5-9]|20[0-4])\d|'\d\d)"
YEAR_FORM: Final = _form(_OF_YEARS, _Y, _bare_year, needs_lead=True)
"""A bare year, "2018", which ``find_days`` takes without a lead where a code is asked about."""
YEARS_FORM: Final = _form(
    _OF_YEARS, rf"{_Y}\s?(?:-{{1,2}}|thru)\s?(?P<until>(?:19[5-9]|20[0-4])\d)", _years, needs_lead=True
)
"""A span of years, "2020-2023", which ``find_days`` takes without a lead where a bare year counts."""
MONTH_DAY_FORM: Final = _form(_OF_MONTHS, rf"{_M} {_D}", _recent_day, needs_lead=True)
"""A day without its year, "Oct 1", which ``find_days`` takes without a lead where changes are asked about."""
UNTIL_TODAY_FORM: Final = _form(
    _OF_RELATIONS,
    r"(?:(?:within|over) (?:the )?)?(?:last|past|previous|prior) (?P<count>\d{1,2}|two|three|four|five|six|ten) "
    r"(?P<unit>day|week|month|quarter|year)s?",
    _until_today,
)
"""A span up to today, "in the last 3 years", which ``find_days`` takes only where changes are asked about."""
CLOSED_FORMS: Final = tuple(_form(one.gate, one.pattern, one.read, needs_lead=one.needs_lead) for one in NAMED_PERIODS)
"""The periods with a name, which end by themselves: "from April through June 2024"."""
DAY_FORMS: Final[tuple[DayForm, ...]] = (
    *CLOSED_FORMS,
    # 2019-03-01, 2019/3/1; 20190301
    _form(_OF_YEARS_AND_DAYS, rf"{_Y}[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?)", _iso),
    _form(_OF_EIGHT_DIGITS, rf"{_Y}(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)", _iso),
    # 03012019; DOS 030119, as box 24A and remittances have them
    _form(_OF_EIGHT_DIGITS, rf"(?P<m>{_MM})(?P<d>{_DD})(?P<y>(?:19[5-9]|20[0-4])\d)", _in_boxes),
    _form(_OF_SERVICE, rf"{_AFTER_DOS}(?P<m>{_MM})(?P<d>{_DD})(?P<y>[0-4]\d)", _in_boxes),
    # 3/1/2019, 03-01-19, 3.1.2019, 25/12/2019
    _form(_OF_DATES, r"(?P<m>\d\d?)(?P<sep>[-/.])(?P<d>\d\d?)(?P=sep)(?P<y>(?:19|20)\d\d|\d\d)", _american),
    # 03 15 24 03 15 24, 031524 thru 031524: the boxes "from" and "to" of item 24A on a CMS-1500
    _form(
        _OF_BOXES,
        rf"(?P<m>{_MM})(?P<box> ?)(?P<d>{_DD})(?P=box)(?P<y>(?:20)?[0-4]\d)"
        rf" ?(?:-|thru|through|to)? ?{_MM}(?P=box){_DD}(?P=box)(?:20)?[0-4]\d",
        _in_boxes,
    ),
    # March 1, 2019; Mar 1st '19; 1 March 2019; the 1st day of March, 2019; 1-Mar-2019
    _form(_OF_MONTHS, rf"{_M}[ -]{_D},?[ -]+(?P<y>(?:19|20)\d\d|'?\d\d)", _named),
    _form(_OF_MONTHS, rf"(?:the )?{_D}[ -](?:day )?(?:of )?{_M},?[ -]?(?P<y>(?:19|20)\d\d|'?\d\d)", _named),
    # 15 de julio de 2025, el 1 de enero del 2024; octubre de 2024
    _form(_OF_SPANISH_MONTHS, rf"{_D} de {_ES},? (?:del? )?{_Y}", _spanish),
    _form(_OF_SPANISH_MONTHS, rf"{_ES} (?:del? )?{_Y}", _spanish),
    # January 2018, Jan of '18, Jan-2018; 2018 January; 01/2018; 2018-01
    _form(_OF_MONTHS, rf"{_M},?[ /-](?:of )?{_ANY_YEAR}", _named_month),
    _form(_OF_MONTHS, rf"(?P<y>(?:19|20)\d\d)[ -]{_M}", _named_month),
    _form(_OF_TWO_NUMBERS, rf"(?P<m>0?[1-9]|1[0-2])/{_Y}", _numbered_month),
    _form(_OF_TWO_NUMBERS, rf"{_Y}[-/](?P<m>0[1-9]|1[0-2])", _numbered_month),
    # Q2 2019, Q2 of '19; 2019Q2; second quarter of 2019, 2nd quarter
    _form(_OF_QUARTERS, rf"q(?P<q>[1-4])[ ,/-]*(?:of )?{_ANY_YEAR}", _named_quarter),
    _form(_OF_QUARTERS, rf"{_ANY_YEAR}[ ,/-]*q(?P<q>[1-4])", _named_quarter),
    _form(_OF_QUARTERS, rf"(?P<ordinal>{'|'.join(_ORDINALS)}) quarter(?:,? (?:of )?{_ANY_YEAR})?", _named_quarter),
    # 2020-2023, of codes that were added
    YEARS_FORM,
    # yesterday; two weeks ago, a couple of months back; last quarter, this calendar year; last March
    _form(_OF_RELATIONS, r"(?P<word>the day before yesterday|yesterday|tomorrow|today)", _single),
    _form(
        _OF_RELATIONS,
        r"(?P<count>\d{1,3}|an?|one|two|three|four|five|six|ten|a couple(?: of)?) "
        r"(?P<unit>day|week|month|quarter|year)s? (?:ago|back|earlier)",
        _ago,
    ),
    UNTIL_TODAY_FORM,
    _form(
        _OF_RELATIONS,
        r"(?P<which>last|past|previous|prior|this|current|next) (?:calendar )?(?P<unit>week|month|quarter|year)(?:'s)?",
        _relative,
    ),
    _form(_OF_RELATIONS, rf"(?P<which>last|past|this|next) {_M}", _recent_month),
    # in 2018
    YEAR_FORM,
    # on May 1, on 1 of May, in June, on 12/24, in Q2: without a year, so only after a word of time
    MONTH_DAY_FORM,
    _form(_OF_MONTHS, rf"{_D} (?:of )?{_M}", _recent_day, needs_lead=True),
    _form(_OF_MONTHS, rf"(?P<which>){_M}", _recent_month, needs_lead=True),
    _form(_OF_TWO_NUMBERS, r"(?P<m>0?[1-9]|1[0-2])/(?P<d>[0-3]?\d)", _recent_day, needs_lead=True),
    _form(_OF_QUARTERS, r"q(?P<q>[1-4])", _named_quarter, needs_lead=True),
)
"""Every form, with examples. Where two match the same text, the earlier one counts: whole dates come first."""
GATES: Final = tuple(dict.fromkeys(form.gate for form in DAY_FORMS))
"""The gates of all forms, each once."""

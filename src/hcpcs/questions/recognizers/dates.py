"""The recognizer of days as people write them: exact, relative, and months, quarters and years.

What bounds a time ("since January", "before 2018") becomes the day that it means.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from hcpcs.questions.recognizers.date_patterns import DAY_FORMS, GATES, YEAR_FORM, DayForm, DayRange


class DaySpan(NamedTuple):
    """A day or period in a text. ``span`` is ``None`` for one that the calendar does not have (2/30/2019).

    ``since`` says that it opens a time without end ("since January"); ``written`` is the text of the day itself,
    while the place includes the word that leads to it.
    """

    span: DayRange | None
    since: bool
    written: str
    start: int
    end: int


_AT_MOST: Final = 4
"""Maximum days per question."""
_OPENS_A_SPAN: Final = re.compile(r"\b(?:between|from)\b", re.IGNORECASE)
_JOINS_TWO_ENDS: Final = re.compile(r"\b(?:and|to|until|through)\b", re.IGNORECASE)


def find_days(text: str, today: date, *, loose: bool = False) -> list[DaySpan]:
    """The days of a plain text in order, at most four.

    A year, a month or a day without its year counts only after a word of time ("in 2018", "since January"). A bare
    year counts anywhere if ``loose``, which fits where a code is asked about ("S9353 2019").
    """
    days: list[DaySpan] = []
    open_gates = {gate for gate in GATES if gate.search(text)}
    for form in DAY_FORMS:
        if form.gate not in open_gates:
            continue
        for match in form.pattern.finditer(text):
            has_lead = match.start("it") > match.start()
            if form.needs_lead and not has_lead and not (loose and form is YEAR_FORM):
                continue
            if len(days) < _AT_MOST and not _overlaps(days, match):
                days.append(_read(form, match, today))
    return sorted(days, key=lambda day: day.start)


def _overlaps(days: Sequence[DaySpan], match: re.Match[str]) -> bool:
    return any(day.start < match.end() and match.start() < day.end for day in days)


def names_two_ends(text: str, days: Sequence[DaySpan]) -> bool:
    """Whether the first two days are the ends of a span ("between 2018 and 2019"), unlike "in 2018 or 2019"."""
    if len(days) < 2:
        return False
    first, second = days[:2]
    return bool(_OPENS_A_SPAN.search(text, 0, first.end) and _JOINS_TWO_ENDS.search(text, first.end, second.end))


def _read(form: DayForm, match: re.Match[str], today: date) -> DaySpan:
    span, lead = form.read(match, today), (match["lead"] or "").lower()
    if span and lead.startswith(("before", "prior")):
        before = span.first - timedelta(days=1)
        span = DayRange(before, before)
    elif span and lead == "after":
        after = span.last + timedelta(days=1)
        span = DayRange(after, after)
    since = lead.startswith(("since", "after", "from", "starting"))
    return DaySpan(span, since, match["it"], match.start(), match.end())

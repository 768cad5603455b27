"""The recognizer of days as people write them: exact, relative, and months, quarters and years.

What bounds a time ("since January", "before 2018") becomes the day that it means.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from operator import attrgetter
from typing import Final, NamedTuple

from hcpcs.questions.recognizers.dates.date_patterns import (
    CLOSED_FORMS,
    DAY_FORMS,
    GATES,
    MONTH_DAY_FORM,
    UNTIL_TODAY_FORM,
    YEAR_FORM,
    YEARS_FORM,
    DayForm,
)
from hcpcs.questions.recognizers.dates.day_cues import DateCue, DateRole, IgnoredSpan, cue_of, cue_table
from hcpcs.questions.recognizers.dates.named_periods import DayRange
from hcpcs.questions.words.tokens import blank_out, lower_case


class DaySpan(NamedTuple):
    """A day or period in a text. ``span`` is ``None`` for one that the calendar does not have (2/30/2019).

    ``since`` says that it opens a time without end ("since January"); ``written`` is the text of the day itself,
    while ``start`` and ``end`` include the preposition before it. ``marked`` says that a word beside it makes it a date
    of service ("DOS"), ``led`` that a preposition of time is before it ("on", "as of").
    """

    span: DayRange | None
    since: bool
    written: str
    start: int
    end: int
    marked: bool = False
    led: bool = False


_AT_MOST: Final = 4
"""Maximum days per question."""
_YEARS_AHEAD: Final = 5
"""Years from now on after which four digits alone aren't a year."""
_AROUND: Final = 60
"""Characters before and after the gate of a form that the longest form and its lead can have."""
# What is directly before a time that ends today: "added in the last 3 years", not "fell in the last 6 months".
_OF_CHANGES: Final = re.compile(
    r"\b(?:add(?:ed|itions?)|new|creat(?:ed|ions?)|introduced|delet(?:ed|ions?)|discontinu(?:ed|ations?)|expired|ended|"
    r"terminat(?:ed|ions?)|termed|retired|removed|reactivated|revis(?:ed|ions?)|chang(?:es?|ed)|updat(?:es?|ed)|"
    r"codes?|modifiers?|drugs?|products?|items?|supplies|substitutes?|subs)\s+$"
)
_OPENS_A_SPAN: Final = re.compile(r"\b(?:between|from)\b", re.IGNORECASE)
_SPAN_JOINT: Final = re.compile(r"\s*(?:-+|to|thru|through|until)?\s*", re.IGNORECASE)
_LISTED: Final = re.compile(r"\s*(?:-+|/|[,&+]|to|thru|through|until|and|or|vs\.?)?\s*", re.IGNORECASE)
_DATE: Final = re.compile(r"\b(?:dates?|dt|deadline)\b", re.IGNORECASE)
_DENIED: Final = re.compile(r"\b(?:denied|rejected)\b", re.IGNORECASE)
_DATE_OF: Final = re.compile(r"\bdates? of (?:the )?$", re.IGNORECASE)
_PLACES: Final = ("on", "as of", "as at", "for", "effective", "eff", "at", "in", "during")
_JOINS_TWO_ENDS: Final = re.compile(r"\b(?:and|to|until|through)\b", re.IGNORECASE)


def find_days(text: str, today: date, *, loose: bool = False, of_changes: bool = False) -> list[DaySpan]:
    """The days of a plain text in order, at most four.

    A year, a month or a day without its year counts only after a word of time ("in 2018", "since January"). A bare
    year counts anywhere if ``loose``, which fits where a code is asked about ("S9353 2019"), and so does a day without
    its year if ``of_changes``, where changes are ("deleted codes Oct 1"); only there "the last 3 years" is a time.
    """
    days: list[DaySpan] = []
    bare = {
        form for form, accepted in ((YEAR_FORM, loose), (YEARS_FORM, loose), (MONTH_DAY_FORM, of_changes)) if accepted
    }
    lowered = lower_case(text)
    # A further day is outside of those that were read, and so is what its gate matches.
    rest = lowered
    gates = _open_gates(rest)
    places: dict[re.Pattern[str], list[tuple[int, int]]] = {}
    for form in DAY_FORMS:
        if not gates or len(days) == _AT_MOST:
            break
        if form.gate not in gates or (form is UNTIL_TODAY_FORM and not of_changes):
            continue
        if form.gate not in places:
            places[form.gate] = _around(form.gate, rest, lowered)
        before = len(days)
        for match in (match for place in places[form.gate] for match in form.pattern.finditer(lowered, *place)):
            has_lead = match.start("it") > match.start()
            if form is UNTIL_TODAY_FORM and not _OF_CHANGES.search(lowered, 0, match.start()):
                continue
            if form.needs_lead and not has_lead and form not in bare:
                continue
            if not has_lead and form is YEAR_FORM and int(match["it"]) > today.year + _YEARS_AHEAD:
                continue  # "what does 2049 mean on J1745": a section of a manual
            if not _overlaps(days, match):
                days.append(_read(form, match, today, text))
            if len(days) == _AT_MOST:
                break
        if len(days) > before:
            rest = blank_out(rest, ((day.start, day.end) for day in days[before:]))
            gates = _open_gates(rest)
            places.clear()
    return sorted(days, key=lambda day: day.start)


def _open_gates(rest: str) -> frozenset[re.Pattern[str]]:
    """The gates of the forms that can be in ``rest``."""
    return frozenset(gate for gate in GATES if gate.search(rest))


def _around(gate: re.Pattern[str], rest: str, text: str) -> list[tuple[int, int]]:
    """The parts of a text, each between two spaces, in which a form can be whose gate is in ``rest``."""
    if len(text) <= _AROUND:
        return [(0, len(text))]
    parts: list[tuple[int, int]] = []
    for match in gate.finditer(rest):
        if parts and match.end() + _AROUND <= parts[-1][1]:
            continue
        start = text.rfind(" ", 0, max(0, match.start() - _AROUND)) + 1
        end = text.find(" ", match.end() + _AROUND)
        end = len(text) if end < 0 else end
        if parts and start <= parts[-1][1]:
            start = parts.pop()[0]
        parts.append((start, end))
    return parts


def split_by_role(text: str, days: Sequence[DaySpan]) -> tuple[list[DaySpan], list[IgnoredSpan]]:
    """The days that a question can be about, and those that are something else (a birth, a denial).

    Days marked as dates of service are the only ones, if there are any. Else, of several, one after "on" or "as of"
    comes before one without a preposition, unless they are the ends of a span.
    """
    asked: list[DaySpan] = []
    others: list[tuple[DaySpan, DateCue | None]] = []
    for day in days:
        cue = cue_of(text, text.find(day.written, day.start, day.end), day.end)
        if cue and _is_a_period(day) and cue.words in cue_table().doubtful:
            cue = None  # "Medicare paid E0465 in 2019?"
        if cue and cue.role is DateRole.OTHER:
            others.append((day, cue))
        elif cue is None and others and are_one_span(text, others[-1][0], day):
            others.append((day, None))  # "authorized 3/1/2024 through 9/1/2024"
        else:
            # "date of service" is left to the phrases: it asks for a status. "DOS" says nothing else.
            place = (cue.start, cue.end) if cue and len(cue.words) == 1 else (day.start, day.end)
            first, end = min(place[0], day.start), max(place[1], day.end)
            # "DOS 12/15/22 and 1/15/23": the label is for both.
            joined = bool(asked) and asked[-1].marked and _LISTED.fullmatch(text, asked[-1].end, day.start) is not None
            asked.append(day._replace(start=first, end=end, marked=cue is not None or joined))
    of_service = any(day.marked for day in asked)
    ignored = [_ignored(text, day, cue, of_service=of_service) for day, cue in others]
    if of_service:
        ignored += [IgnoredSpan(day.start, day.end) for day in asked if not day.marked]
        asked = [day for day in asked if day.marked]
    elif len(asked) > 1 and not asked[0].led and not names_two_ends(text, asked):
        asked.sort(key=lambda day: not day.led)
    return asked, ignored


def _is_a_period(day: DaySpan) -> bool:
    """Whether a time is a month, quarter or year, which a remittance doesn't state as the day on which it paid."""
    return day.span is not None and day.span.first != day.span.last


def _ignored(text: str, day: DaySpan, cue: DateCue | None, *, of_service: bool) -> IgnoredSpan:
    """The place of a date that is not of service, with its cue.

    The cue is a label with the word "date" ("denial date", "date of denial"), and beside a date of service, unless it
    says what happened to the claim ("denied 5/5/2024").
    """
    if cue is None:
        return IgnoredSpan(day.start, day.end)
    start, end = min(cue.start, day.start), max(cue.end, day.end)
    if opening := _DATE_OF.search(text, 0, start):
        start = opening.start()
    is_label = bool(_DATE.search(text, start, end)) or (of_service and not _DENIED.search(text, start, end))
    return IgnoredSpan(start, end, labeled=is_label)


def are_one_span(text: str, first: DaySpan, second: DaySpan) -> bool:
    """Whether two days are written as one span: "3/1/2019-3/5/2019", "from 3/1 through 3/5"."""
    return bool(_SPAN_JOINT.fullmatch(text, first.end, second.start))


def are_of_one_period(text: str, days: Sequence[DaySpan]) -> bool:
    """Whether the first two days are the ends of one period: "from 1/1/2024 to 5/1/2024", "1/1/2024-1/31/2024"."""
    if len(days) < 2:
        return False
    first, second = sorted(days[:2], key=attrgetter("start"))
    return names_two_ends(text, days) or are_one_span(text, first, second)


def _overlaps(days: Sequence[DaySpan], match: re.Match[str]) -> bool:
    return any(day.start < match.end() and match.start() < day.end for day in days)


def names_two_ends(text: str, days: Sequence[DaySpan]) -> bool:
    """Whether the first two days are the ends of a span ("between 2018 and 2019"), unlike "in 2018 or 2019"."""
    if len(days) < 2:
        return False
    first, second = days[:2]
    return bool(_OPENS_A_SPAN.search(text, 0, first.end) and _JOINS_TWO_ENDS.search(text, first.end, second.end))


def _read(form: DayForm, match: re.Match[str], today: date, text: str) -> DaySpan:
    """The day of a match in the ``text`` in lower case."""
    span, lead = form.read(match, today), match["lead"] or ""
    if span and lead.startswith(("before", "prior")):
        before = span.first - timedelta(days=1)
        span = DayRange(before, before)
    elif span and lead == "after":
        after = span.last + timedelta(days=1)
        span = DayRange(after, after)
    closed = lead == "from" and form in CLOSED_FORMS
    since = lead.startswith(("since", "after", "from", "starting")) and not closed
    led = match[0].startswith(_PLACES)
    return DaySpan(span, since, text[match.start("it") : match.end("it")], match.start(), match.end(), led=led)

"""What was added, ended or changed in a span of time, by the dates in the newest records; one release is enough."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, NamedTuple

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Notice, NoticeKind
from hcpcs.catalog.changes import Change
from hcpcs.catalog.history.dated_codes import DatedCode
from hcpcs.questions.question import Question
from hcpcs.records.change_kinds import ChangeKind, kind_of_action
from hcpcs.records.codes import is_modifier
from hcpcs.records.families.code_families import NamedFamily
from hcpcs.records.fields import cms_date, long_date
from hcpcs.records.record import RecordKind, Release

DATED_KINDS: Final = frozenset({ChangeKind.ADDED, ChangeKind.DISCONTINUED, ChangeKind.REMOVED})
"""The kinds of change whose day a record states."""
_ORDER: Final = {kind: position for position, kind in enumerate(ChangeKind)}
ONE_DAY: Final = timedelta(days=1)


class Span(NamedTuple):
    """The first and the last day to answer for.

    ``fallback``: they are the newest release's quarter, because the days asked about are later and no record has any
    of them. ``unasked``: they are that quarter, because no time is named.
    """

    first: date
    last: date
    fallback: bool = False
    unasked: bool = False

    @property
    def text(self) -> str:
        """``on October 1, 2025``, ``since January 1, 2020`` or ``from October 1 to December 31``, with years."""
        if self.first == self.last:
            return f"on {long_date(self.first)}"
        if self.last == date.max:
            return f"since {long_date(self.first)}"
        newest = ", the quarter of the newest release" if self.unasked else ""
        return f"from {long_date(self.first)} to {long_date(self.last)}{newest}"


def quarter_of(release: Release) -> tuple[date, date]:
    """The first and last day of the quarter that begins with a release."""
    first = release.effective
    months = first.month - 1 + 3
    return first, date(first.year + months // 12, months % 12 + 1, 1) - ONE_DAY


def span_asked(context: AnswerContext) -> Span:
    """The days asked about; the newest release's quarter where no time is named, or no record has a day in it."""
    since, until = context.question.since, context.question.last_day
    first, last = quarter_of(context.catalog.newest)
    if since is None:
        return Span(first, last, unasked=True) if until is None else Span(date.min, until)
    asked = Span(since, until or date.max)
    stated, kinds = context.catalog.dated_codes, context.question.change_kinds
    added = stated.added(asked.first, asked.last) if not kinds or ChangeKind.ADDED in kinds else ()
    ended = stated.ended(asked.first, asked.last) if not kinds or ChangeKind.DISCONTINUED in kinds else ()
    if since > first and asked.last > last and not added and not ended:
        return Span(first, last, fallback=True)
    return asked


def family_asked(question: Question) -> NamedFamily | None:
    """The family of codes that the question names by a word; ``None`` if it names codes or their first characters."""
    if question.words:
        return question.family
    if question.prefix or question.first or question.codes or question.filters.kind is RecordKind.MODIFIER:
        return None
    return question.family


def family_within(question: Question) -> NamedFamily | None:
    """The part of a family that a letter beside it leaves: of biosimilars in "Q codes for biosimilars" the Q codes.

    ``None`` where there are not both, or the family leaves every code of the letter.
    """
    letter, family = question.prefix, question.family
    if letter is None or family is None or question.filters.kind is RecordKind.MODIFIER:
        return None
    prefixes = tuple(one for one in family.prefixes if one.startswith(letter))
    if not prefixes or letter in prefixes:
        return None
    return family._replace(prefixes=prefixes, noun=family.noun.removesuffix("codes") + f"{letter} codes")


def is_asked_about(question: Question, code: str) -> bool:
    """Whether a code (upper case) is one of those whose changes are asked about.

    Codes by their first characters and families are procedures: "G codes" are not modifiers that begin with G.
    """
    kind = RecordKind.MODIFIER if is_modifier(code) else RecordKind.PROCEDURE
    if question.codes:
        return any(code == mention.code for mention in question.codes)
    if question.filters.kind is not None and kind is not question.filters.kind:
        return False
    if question.prefix is not None:
        within = family_within(question)
        first = question.prefix if within is None else within.prefixes
        return code.startswith(first) and kind is (question.filters.kind or RecordKind.PROCEDURE)
    if question.first is not None and question.last is not None:
        return question.first <= code <= question.last
    family = family_asked(question)
    # The codes of an item in words may be modifiers.
    of_families = kind is RecordKind.PROCEDURE or bool(question.words)
    return family is None or (of_families and code.startswith(family.prefixes))


def asks_for_all(question: Question) -> bool:
    """Whether the changes of every code are asked about."""
    return not (question.codes or question.first or question.prefix or question.family or question.filters.kind)


class DatedChange(NamedTuple):
    """A code that was added, ended or changed in a time."""

    kind: ChangeKind
    code: DatedCode


def dated_changes(
    context: AnswerContext, span: Span, inside: Iterable[tuple[str, ChangeKind]] = ()
) -> list[DatedChange]:
    """The codes asked about that were added, ended or otherwise changed in a time, by kind and then by code.

    ``inside`` are changes of that time that two releases show.

    A code counts as discontinued on the day after its last day of use, which is CMS's effective date of its end; where
    the question says "ending" or names a single day, its last day counts.
    """
    question = context.question
    kinds = question.change_kinds
    dated = context.catalog.dated_codes
    changes: list[DatedChange] = []
    if not kinds or ChangeKind.ADDED in kinds:
        changes += [DatedChange(ChangeKind.ADDED, code) for code in dated.added(span.first, span.last)]
    if not kinds or ChangeKind.DISCONTINUED in kinds:
        changes += [DatedChange(ChangeKind.DISCONTINUED, code) for code in dated.ended(*_last_days(question, span))]
    for code in dated.changed(span.first, span.last):
        kind = kind_of_action(code.action_code)
        if kind is not None and kind not in DATED_KINDS and (not kinds or kind in kinds):
            changes.append(DatedChange(kind, code))
    changes += [DatedChange(kind, dated.by_code[code]) for code, kind in inside]
    changes = list(dict.fromkeys(changes))
    if not asks_for_all(question):
        changes = [one for one in changes if is_asked_about(question, one.code.code)]
    return sorted(changes, key=lambda one: (_ORDER[one.kind], -len(one.code.code), one.code.code))


def as_change(dated: DatedChange) -> Change:
    """A dated change with what the record states of it; what was stated before is unknown."""
    code = dated.code
    match dated.kind:
        case ChangeKind.ADDED:
            after = {"added_date": cms_date(code.added)}
        case ChangeKind.DISCONTINUED:
            after = {"termination_date": cms_date(code.ended)}
        case _:
            after = {"action_code": code.action_code, "action_effective_date": cms_date(code.changed)}
    return Change(code=code.code, kind=dated.kind, before={}, after=after, short_description=code.short_description)


def number_ended(context: AnswerContext, span: Span) -> int:
    """How many of the codes asked about have their last day in a span of time."""
    ended = context.catalog.dated_codes.ended(span.first, span.last)
    return sum(is_asked_about(context.question, code.code) for code in ended)


def later_changes(context: AnswerContext, span: Span) -> tuple[Notice, ...]:
    """The notice that changes after the newest release are unknown, where the time asked about goes beyond it."""
    newest = context.catalog.newest
    end, ends = quarter_of(newest)[1], ChangeKind.DISCONTINUED in context.question.change_kinds
    text = f"The newest release loaded took effect on {long_date(newest.effective)}, so later changes are unknown."
    if span.fallback:
        text = f"{text} This is its quarter. An administrator can load newer releases with `hcpcs update`."
    elif (
        span.first <= newest.effective and (span.last < end or (span.last == end and not ends)) or span.last == date.max
    ):
        return ()
    return (Notice(kind=NoticeKind.RELEASES, text=text),)


def _last_days(question: Question, span: Span) -> tuple[date, date]:
    """The first and last of the last days of use that count as ended in a time."""
    if question.by_last_day:
        return span.first, span.last
    first, last = (day if day in (date.min, date.max) else day - ONE_DAY for day in (span.first, span.last))
    return first, span.last if span.first == span.last else last

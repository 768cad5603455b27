"""Notices about the day of an answer: how it was read, and what the loaded releases prove for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Notice, NoticeKind
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.catalog.history.as_of import CodeOnDay
from hcpcs.questions.question import Intent
from hcpcs.records.fields import long_date
from hcpcs.records.record import STATUS_WORDS, Statement

CODES_DATED: Final = 3
"""Maximum codes of which the day of the last change is named; of more, only the latest one's."""


def on_the_day(context: AnswerContext) -> str:
    """``On June 15, 2017: ``, or blank where the question names no day."""
    phrase = day_phrase(context)
    return f"O{phrase[1:]}: " if phrase else ""


def day_phrase(context: AnswerContext) -> str:
    """``on June 15, 2017``, or blank where the question names no day; a period is read on its first day."""
    question = context.question
    if question.day is None:
        return ""
    if question.last_day is None or question.day_written is None:
        return f"on {long_date(question.day)}"
    return f"on {long_date(question.day)}, the first day of {question.day_written}"


def span_phrase(context: AnswerContext, statement: Statement) -> str:
    """``in all of FY2022 (October 1, 2021 to September 30, 2022)`` where releases state the same of its last day.

    Else the phrase of its first day.
    """
    first, last, written = context.question.day, context.question.last_day, context.question.day_written
    on_day = context.code_on_day(statement.record.code)
    if first is None or last is None or written is None or on_day is None or on_day.in_effect is None:
        return day_phrase(context)
    later, record = context.catalog.as_of(statement.record.code, last), statement.record
    if later is None or later.status is not statement.status or context.catalog.is_outdated(last):
        return day_phrase(context)
    stated = [(one.long_description, one.coverage, one.pricing_indicators) for one in (record, later.record)]
    days = "" if written.isdigit() else f" ({long_date(first)} to {long_date(last)})"
    return f"in all of {written}{days}" if stated[0] == stated[1] else day_phrase(context)


def end_in_period(context: AnswerContext, statement: Statement) -> date | None:
    """The last day of a code that is valid at the beginning of the period asked about, and not at its end."""
    last_day = context.question.last_day
    if context.question.day is None or last_day is None or not statement.active:
        return None
    # The record of a day before a code ended doesn't say when it will.
    newest = context.catalog.current(statement.record.code, context.today)
    ends = None if newest is None else newest.record.termination_date
    return ends if ends is not None and context.question.day <= ends < last_day else None


def day_notices(context: AnswerContext, statements: Sequence[Statement]) -> tuple[Notice, ...]:
    """The notices about the day of an answer on these statements, each once.

    They say that a date is not in the calendar; that the day is before the oldest release, or beyond the newest one;
    that a later release corrects the record; that the code was reused; that CMS removed the code; and how the
    code's status differs on the last day of a period.
    """
    question = context.question
    notices: list[str] = []
    if question.day is None and question.day_written and question.last_day is None and question.since is None:
        notices.append(f"{question.day_written} isn't a calendar date; answering for today.")
    if question.days_left_out and question.day_written:
        verb = "wasn't" if len(question.days_left_out) == 1 else "weren't"
        others = join_words(list(question.days_left_out))
        notices.append(f"Answered for {question.day_written}; {others} {verb} used.")
    newest = context.catalog.newest
    if question.day is not None and context.catalog.is_outdated(question.day):
        notices.append(
            f"{newest.label} is the newest release loaded; a later one may differ for {long_date(question.day)}."
        )
    unproven = [statement for statement in statements if _is_before_the_oldest(context, statement)]
    notices += _before_the_oldest(context, unproven) if unproven else ()
    for statement in statements:
        on_day = context.code_on_day(statement.record.code)
        if on_day is not None:
            notices += _release_notices(context, statement, on_day)
        if not _is_in_the_headline(context, statements):
            notices += _period_notices(context, statement)
    return tuple(Notice(kind=NoticeKind.DAY, text=text) for text in dict.fromkeys(notices))


def _release_notices(context: AnswerContext, statement: Statement, on_day: CodeOnDay) -> Iterable[str]:
    """The notices about the releases that prove a statement."""
    code = statement.record.code
    if context.question.day is not None:
        if on_day.in_effect is not None and on_day.at_the_time is not None:
            yield (
                f"This comes from {statement.release.label}; {on_day.at_the_time.release.label}, in effect at the "
                "time, didn't have this information yet."
            )
        if on_day.next_meaning is not None:
            begun = on_day.next_meaning.record.added_date or on_day.next_meaning.first.effective
            yield (
                f"{code} was reused. From {long_date(begun)} on it means: {on_day.next_meaning.record.long_description}"
            )
    if on_day.former_meaning is not None:
        former = on_day.former_meaning
        yield (
            f"{code} was reused, so check the date of service. In {former.last.label} it still meant: "
            f"{former.record.long_description}"
        )
    if on_day.removed and on_day.removed_in is not None:
        yield (
            f"{code} is no longer in CMS's file: it is in {statement.release.label} but not in "
            f"{on_day.removed_in.label}."
        )


def _is_before_the_oldest(context: AnswerContext, statement: Statement) -> bool:
    """Whether no loaded release was in effect on the day of the question."""
    if context.question.day is None:
        return False
    on_day = context.code_on_day(statement.record.code)
    return on_day is not None and on_day.in_effect is None


def _before_the_oldest(context: AnswerContext, statements: Sequence[Statement]) -> Iterable[str]:
    """What records prove about a day before the oldest release, in one sentence on the day for all of them."""
    start = f"{long_date(context.day)} is before the oldest release loaded ({context.catalog.releases[0].label})."
    changes = {one.record.code: one.record.action_effective_date for one in statements}
    applying = {code: day for code, day in changes.items() if day is not None and day <= context.day}
    others = [code for code in changes if code not in applying]
    parts = [start]
    if len(applying) == 1:
        ((code, day),) = applying.items()
        of_code = f" of {code}" if others else ""
        parts.append(f"The record{of_code} still applies: its last change took effect on {long_date(day)}.")
    elif len(applying) > CODES_DATED:
        code, day = max(applying.items(), key=lambda change: change[1])
        of_codes = f"{len(applying)} of these codes" if others else f"these {len(applying)} codes"
        change = f"the last change took effect on {long_date(day)} ({code})"
        parts.append(f"The records of {of_codes} still apply: {change}.")
    elif applying:
        days = join_words([f"{long_date(day)} ({code})" for code, day in applying.items()])
        parts.append(f"The records of these codes still apply: their last changes took effect on {days}.")
    if len(changes) == len(others) == 1:
        parts.append("For that day only the dates in the record are known, not its coverage or pricing.")
    elif others:
        record = "record" if len(others) == 1 else "records"
        parts.append(
            f"For that day only the dates in the {record} of {join_words(others)} are known, not coverage or pricing."
        )
    yield " ".join(parts)


def _is_in_the_headline(context: AnswerContext, statements: Sequence[Statement]) -> bool:
    """Whether the headline says that the only code of an answer ended in the period."""
    says_so = len(statements) == 1 and context.question.intent in {Intent.COVERAGE, Intent.STATUS}
    return says_so and end_in_period(context, statements[0]) is not None


def _period_notices(context: AnswerContext, statement: Statement) -> Iterable[str]:
    """The status on the last day of a month, quarter or year, where it differs from the first day's."""
    last_day = context.question.last_day
    if context.question.day is None or last_day is None:
        return
    code = statement.record.code
    ends = end_in_period(context, statement)
    if ends is not None:
        yield f"{code} ended on {long_date(ends)}, within that period."
        return
    later = context.catalog.as_of(code, last_day)
    if later is None:
        return
    if later.status is not statement.status:
        yield f"On {long_date(last_day)}, the last day of that period, {code} was {STATUS_WORDS[later.status]}."

"""What every answering rule is given, and the records of an answer read from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from hcpcs.answers.answer import RecordView, Source, Verdict
from hcpcs.answers.verdicts import Ruling, by_a_later_record, dropped, not_known, rule_on
from hcpcs.catalog.as_of import CodeOnDay
from hcpcs.catalog.catalog import Catalog
from hcpcs.questions.question import Question
from hcpcs.records.codes import CodeMention, CodeSystem
from hcpcs.records.fields import long_date, read_fields
from hcpcs.records.record import RecordKind, Release, Statement
from hcpcs.search_port import SearchIndex

QUARTER: Final = timedelta(days=92)
"""How long a release stays CMS's newest, at most."""


@dataclass(frozen=True, slots=True)
class AnswerContext:
    """One question at the desk: what was understood, what can be consulted, and the page of a list wanted."""

    question: Question
    catalog: Catalog
    index: SearchIndex
    today: date
    offset: int = 0
    limit: int = 10

    @property
    def day(self) -> date:
        """The day of service asked about, today if none was named."""
        return self.question.day or self.today

    def state(self, code: str) -> Statement | None:
        """What the catalogue states of a code on the day asked about."""
        if self.question.day is None:
            return self.catalog.current(code, self.today)
        return self.catalog.as_of(code, self.question.day)


class LookupResult(NamedTuple):
    """The codes of a question, sorted by what became of them."""

    found: tuple[Statement, ...]
    missing: tuple[str, ...]
    foreign: tuple[CodeMention, ...]


def look_up(context: AnswerContext, mentions: Iterable[CodeMention] | None = None) -> LookupResult:
    """Every code of the question with the modifiers attached to it, in order of mention, each once."""
    found: dict[str, Statement] = {}
    missing: dict[str, None] = {}
    foreign: dict[str, CodeMention] = {}
    for mention in context.question.codes if mentions is None else mentions:
        if mention.system not in (CodeSystem.HCPCS, CodeSystem.MODIFIER):
            foreign.setdefault(mention.code, mention)
            # A modifier on a foreign code may be that system's own (99213-25): only ours are looked up.
            codes = tuple(code for code in mention.modifiers if code in context.catalog)
        else:
            codes = (mention.code, *mention.modifiers)
        for code in codes:
            statement = context.state(code)
            if statement is None:
                missing.setdefault(code)
            else:
                found.setdefault(code, statement)
    return LookupResult(tuple(found.values()), tuple(missing), tuple(foreign.values()))


def procedures_first(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """The procedures among the statements, or all of them when there is no procedure."""
    procedures = tuple(s for s in statements if s.record.kind is RecordKind.PROCEDURE)
    return procedures or statements


def source_of(statement: Statement) -> Source:
    """The release that proves a statement, and its day."""
    return Source(release=statement.release.label, digest=statement.release.digest, day=statement.day)


def view(context: AnswerContext, statement: Statement) -> RecordView:
    """One statement as it stands in an answer, with its verdict."""
    record = statement.record
    return RecordView(
        code=record.code,
        kind=record.kind,
        status=statement.status,
        active=statement.active,
        verdict=judge(context, statement).verdict,
        not_otherwise_classified=context.catalog.is_not_otherwise_classified(record),
        fields=read_fields(statement),
        source=source_of(statement),
    )


def views(context: AnswerContext, statements: Iterable[Statement]) -> tuple[RecordView, ...]:
    """Statements as they stand in an answer."""
    return tuple(view(context, statement) for statement in statements)


def judge(context: AnswerContext, statement: Statement) -> Ruling:
    """Medicare's coverage of a statement's code on its day, as far as it can be known.

    For a day before the oldest release the record is all there is. It speaks plainly if its last change had taken
    effect by then: CMS dates every change, and in the releases of 2017 to 2025 a record without a later date had the
    same coverage. Else the ruling says whose record it goes by.
    """
    ruling = rule_on(statement)
    reading = context.catalog.reading(statement.record.code, context.day)
    removed_in = removed_by(reading)
    if removed_in is not None and ruling.verdict is not Verdict.TERMINATED:
        return dropped(statement, removed_in)
    if context.question.day is None:
        return ruling
    if reading is None or reading.in_effect is not None or ruling.verdict is Verdict.TERMINATED:
        return ruling
    changed = statement.record.action_effective_date
    if changed is not None and changed <= context.day:
        return ruling
    return not_known(statement) if ruling.verdict is Verdict.NOT_YET else by_a_later_record(statement, ruling)


def removed_by(reading: CodeOnDay | None) -> Release | None:
    """The release that had dropped a code by the day it is read on, ``None`` if none had."""
    return reading.removed_in if reading is not None and reading.removed else None


def on_the_day(context: AnswerContext) -> str:
    """``On June 15, 2017: ``, or blank where today was meant; a period is read on its first day."""
    question = context.question
    if question.day is None:
        return ""
    if question.last_day is None or question.day_written is None:
        return f"On {long_date(question.day)}: "
    return f"On {long_date(question.day)}, the first day of {question.day_written}: "


def day_notices(context: AnswerContext, statements: Iterable[Statement]) -> tuple[str, ...]:
    """What must be said of the days of an answer.

    That the day written is none; that only the first day of a period was read, and what changed within it; that
    the day lies before the oldest release, or beyond what the newest one can know; that a later release knew
    better; that the code has another meaning now; that CMS removed the code.
    """
    question = context.question
    notices: list[str] = []
    if question.day is None and question.day_written and question.last_day is None and question.since is None:
        notices.append(f"{question.day_written} is no day of the calendar; this is the answer for today.")
    newest = context.catalog.newest
    if question.day is not None and question.day - newest.effective > QUARTER and not context.catalog.starter:
        notices.append(
            f"{newest.label} is the newest release loaded; one that took effect after it may say otherwise of "
            f"{long_date(question.day)}."
        )
    for statement in statements:
        reading = context.catalog.reading(statement.record.code, context.day)
        if reading is not None:
            notices += _reading_notices(context, statement, reading)
        notices += _period_notices(context, statement)
    return tuple(dict.fromkeys(notices))


def _reading_notices(context: AnswerContext, statement: Statement, reading: CodeOnDay) -> Iterable[str]:
    """What is to be said of how a code's statement is known."""
    code = statement.record.code
    if context.question.day is not None:
        if reading.in_effect is None:
            yield _before_the_oldest(context, statement)
        elif reading.at_the_time is not None:
            yield (
                f"{reading.at_the_time.release.label}, in effect then, did not know it yet; "
                f"{statement.release.label} does."
            )
        if reading.next_meaning is not None:
            begun = reading.next_meaning.record.added_date or reading.next_meaning.first.effective
            yield (
                f"{code} was reused; from {long_date(begun)} it stands for: "
                f"{reading.next_meaning.record.long_description}"
            )
    if reading.former_meaning is not None:
        former = reading.former_meaning
        yield (
            f"{code} was reused; mind the day of service. In {former.last.label} it still stood for: "
            f"{former.record.long_description}"
        )
    if reading.removed and reading.removed_in is not None:
        yield (
            f"{code} is no longer in CMS's file: {statement.release.label} states it, {reading.removed_in.label} "
            "does not."
        )


def _before_the_oldest(context: AnswerContext, statement: Statement) -> str:
    """What a record proves of a day that no release loaded reaches."""
    start = f"{long_date(context.day)} is before the oldest release loaded ({context.catalog.releases[0].label})"
    changed = statement.record.action_effective_date
    if changed is not None and changed <= context.day:
        return f"{start}; the record is read as it stands, since its last change took effect on {long_date(changed)}."
    return f"{start}: only the dates within the record are known for that day; its coverage and pricing then are not."


def _period_notices(context: AnswerContext, statement: Statement) -> Iterable[str]:
    """For a month, quarter or year: what was otherwise on its last day than on its first."""
    last_day = context.question.last_day
    if context.question.day is None or last_day is None:
        return
    code = statement.record.code
    later = context.catalog.as_of(code, last_day)
    if later is None:
        return
    if later.status is not statement.status:
        yield f"On {long_date(last_day)}, the last day of that time, {code} was: {later.status.value.lower()}."

"""The records of an answer: the codes of a question looked up, and each record with its fields and verdict."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from hcpcs.answers.answer import HitVerdict, RecordView, Source
from hcpcs.answers.context import AnswerContext
from hcpcs.questions.recognizers.modifiers.modifier_words import is_cpt
from hcpcs.records.codes import CodeMention, CodeSystem, is_modifier
from hcpcs.records.fields import read_fields
from hcpcs.records.modifiers.ambulance_points import is_ambulance_code, transport_of
from hcpcs.records.record import RecordKind, Statement
from hcpcs.search_port import Hit


class LookupResult(NamedTuple):
    """The codes of a question by result: found, in no loaded release, or of another code system.

    ``transports`` are modifiers that say origin and destination of an ambulance; they are not HCPCS records.
    """

    statements: tuple[Statement, ...]
    missing: tuple[str, ...]
    foreign: tuple[CodeMention, ...]
    transports: tuple[str, ...] = ()

    def without_missing_modifiers(self) -> LookupResult:
        """The result for an answer that says itself which modifiers are none."""
        return self._replace(missing=tuple(one for one in self.missing if not is_modifier(one)))


def look_up(context: AnswerContext, mentions: Iterable[CodeMention] | None = None) -> LookupResult:
    """Every code of the question with the modifiers attached to it, in order of mention, each once."""
    statements: dict[str, Statement] = {}
    missing: dict[str, None] = {}
    foreign: dict[str, CodeMention] = {}
    transports: dict[str, None] = {}
    for mention in context.question.codes if mentions is None else mentions:
        if mention.system not in (CodeSystem.HCPCS, CodeSystem.MODIFIER):
            foreign.setdefault(mention.code, mention)
            # A modifier on a foreign code may be that system's own (99213-25): only ours are looked up.
            codes = tuple(code for code in mention.modifiers if code in context.catalog)
        else:
            codes = (mention.code, *mention.modifiers)
        for code in codes:
            if code == mention.transport or (
                mention.transport and is_ambulance_code(mention.code) and transport_of(code)
            ):
                transports.setdefault(code)
                continue
            statement = context.state(code)
            if statement is None and is_modifier(code) and is_cpt(code):
                foreign.setdefault(code, CodeMention(code=code, system=CodeSystem.CPT, written=code))
            elif statement is None and mention.system is CodeSystem.MODIFIER and transport_of(code):
                transports.setdefault(code)
            elif statement is None:
                missing.setdefault(code)
            else:
                statements.setdefault(code, statement)
    return LookupResult(tuple(statements.values()), tuple(missing), tuple(foreign.values()), tuple(transports))


def procedures_or_all(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """The procedures among the statements, or all of them when there is no procedure."""
    procedures = tuple(s for s in statements if s.record.kind is RecordKind.PROCEDURE)
    return procedures or statements


def source_of(context: AnswerContext, statement: Statement) -> Source:
    """The release that proves a statement, and its day."""
    release = statement.release
    outdated = context.catalog.is_outdated(context.today)
    return Source(release=release.label, digest=release.digest, day=statement.day, outdated=outdated)


def view(context: AnswerContext, statement: Statement) -> RecordView:
    """One statement as a record of an answer, with its verdict."""
    record = statement.record
    return RecordView(
        code=record.code,
        kind=record.kind,
        status=statement.status,
        active=statement.active,
        verdict=context.judge(statement).verdict,
        not_otherwise_classified=context.catalog.is_not_otherwise_classified(record),
        fields=read_fields(statement),
        source=source_of(context, statement),
    )


def hit_of(statement: Statement) -> Hit:
    """A statement as an item of a list that no search ranked."""
    record, removed_on = statement.record, statement.removed_on
    ended = record.termination_date or (removed_on and removed_on - timedelta(days=1))
    return Hit(
        code=record.code,
        score=0.0,
        short_description=record.short_description,
        long_description=record.long_description,
        active=statement.active,
        ended=None if statement.active else ended,
    )


def views(context: AnswerContext, statements: Iterable[Statement]) -> tuple[RecordView, ...]:
    """Statements as records of an answer."""
    return tuple(view(context, statement) for statement in statements)


def hit_verdicts(context: AnswerContext, hits: Iterable[Hit]) -> tuple[HitVerdict, ...]:
    """Medicare's verdict on each procedure among the hits of a list, on the day asked about."""
    statements = (context.state(hit.code) for hit in hits)
    return tuple(
        HitVerdict(code=statement.record.code, verdict=context.judge(statement).verdict)
        for statement in statements
        if statement is not None and statement.record.kind is RecordKind.PROCEDURE
    )

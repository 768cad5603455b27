"""How do codes differ? The fields side by side, and a word diff of the first two descriptions."""

from __future__ import annotations

from typing import Final

from hcpcs.answers.answer import ComparedField, Comparison, Draft
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind, Notice, NoticeKind
from hcpcs.answers.lookup import LookupResult, look_up, views
from hcpcs.answers.notices.record_notices import record_notices
from hcpcs.answers.notices.refusals import OTHER_SYSTEMS, refuse, side_notices, suggested
from hcpcs.answers.parts.record_parts import PARTS
from hcpcs.answers.parts.word_diff import plain_diff, word_diff
from hcpcs.answers.sentences import listed
from hcpcs.records.fields import FIELD_BY_NAME, FIELDS, FieldType, read_field
from hcpcs.records.record import Statement

MOST_COMPARED: Final = 4
"""Maximum codes compared: as many columns as a screen shows."""
NOT_COMPARED: Final = frozenset({"code", "last_update"})
"""Fields that always differ, or depend on the release alone."""


def compare(statements: tuple[Statement, ...]) -> Comparison:
    """Every field that at least one of the statements fills, with each statement's value."""
    rows = []
    for spec in FIELDS:
        stated = tuple(read_field(spec, statement) for statement in statements)
        if spec.name in NOT_COMPARED or not any(value.value for value in stated):
            continue
        differs = len(set(stated)) > 1
        rows.append(ComparedField(name=spec.name, label=spec.label, stated=stated, differs=differs))
    first, second = statements[0].record, statements[1].record
    return Comparison(
        codes=tuple(statement.record.code for statement in statements),
        rows=tuple(rows),
        description_diff=word_diff(first.long_description, second.long_description),
    )


def _one_code(code: str, lookup: LookupResult, release: str) -> str:
    """Why the only code found has nothing to be compared with."""
    if lookup.missing:
        others = listed(lookup.missing)
        verb = "isn't" if len(lookup.missing) == 1 else "aren't"
        return f"Can't compare {code} with {others}: {others} {verb} in {release}."
    if lookup.foreign:
        other = lookup.foreign[0]
        return f"I can only compare HCPCS Level II codes; {other.code} looks like {OTHER_SYSTEMS[other.system].named}."
    return f"Name a second code to compare {code} with."


def _difference(row: ComparedField) -> str:
    """``coverage code (D vs. C)``: a field that differs, with the values of two codes where they are coded values."""
    spec = FIELD_BY_NAME[row.name]
    values = [value.value or "blank" for value in row.stated]
    coded = spec.type is FieldType.CODE and spec.vocabulary and len(values) == 2
    return f"{spec.phrase} ({' vs. '.join(values)})" if coded else spec.phrase


def answer_compare(context: AnswerContext) -> Draft:
    """The codes of the question side by side."""
    lookup = look_up(context)
    refusal = refuse(context, lookup)
    if refusal is not None:
        return refusal
    statements = lookup.statements[:MOST_COMPARED]
    codes = tuple(statement.record.code for statement in statements)
    notices = list(side_notices(context, lookup))
    if len(lookup.statements) > MOST_COMPARED:
        text = f"Only the first {MOST_COMPARED} codes are compared."
        notices.append(Notice(kind=NoticeKind.SELECTION, text=text))
    if len(statements) < 2:
        return Draft(
            codes=codes,
            headline=_one_code(codes[0], lookup, context.catalog.newest.label),
            evidence=PARTS["long_description"](context, statements[0]),
            suggestions=suggested(context, lookup),
            notices=tuple(notices),
            records=views(context, statements),
        )
    comparison = compare(statements)
    differing = [row for row in comparison.rows if row.differs]
    labels = [_difference(row) for row in differing]
    headline = (
        f"{listed(codes)} differ in {listed(labels)}."
        if differing
        else f"{listed(codes)} are the same in every field of the record."
    )
    facts = [
        Evidence(
            kind=EvidenceKind.DIFFERENCE,
            text="; ".join(f"{code} {value or 'blank'}" for code, value in zip(codes, row.values, strict=True)),
            field=row.name,
            label=row.label,
        )
        for row in differing
        if row.name != "long_description"
    ]
    facts.append(
        Evidence(
            kind=EvidenceKind.WORD_DIFF,
            text=plain_diff(comparison.description_diff),
            label=f"Description, {codes[0]} to {codes[1]}",
        )
    )
    agreeing = [row.label for row in comparison.rows if not row.differs]
    if agreeing:
        facts.append(
            Evidence(
                kind=EvidenceKind.AGREEMENT,
                text=f"{listed(agreeing)}.",
                label="The same in both" if len(codes) == 2 else "The same in all",
            )
        )
    return Draft(
        codes=codes,
        headline=headline,
        evidence=tuple(facts),
        notices=(*record_notices(context, statements), *notices),
        records=views(context, statements),
        comparison=comparison,
    )

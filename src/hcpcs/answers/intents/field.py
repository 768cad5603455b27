"""What does the record state in a field?"""

from __future__ import annotations

from hcpcs.answers.answer import Draft
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.answers.lookup import look_up
from hcpcs.answers.notices.refusals import refuse
from hcpcs.answers.parts.record_draft import record_draft
from hcpcs.answers.rendering.sentences import field_sentence, value_text
from hcpcs.records.fields import FIELD_BY_NAME, family_members, read_field
from hcpcs.records.record import Statement


def field_headline(statement: Statement, names: tuple[str, ...]) -> str:
    """The fields asked for, each with what the record states: ``BETOS for S9353: Z2 (Undefined codes).``"""
    if len(names) == 1:
        spec = FIELD_BY_NAME[names[0]]
        value = read_field(spec, statement)
        stated = value_text(value) if value.value is not None else "blank in the record"
        return f"{spec.family_label} for {statement.record.code}: {stated}."
    sentences = [field_sentence(statement, name) for name in names]
    return f"{statement.record.code}: {' '.join(sentences)}"


def _named_fields(context: AnswerContext, statements: tuple[Statement, ...]) -> tuple[str, ...]:
    """The fields asked for; of a numbered family only the first and those that some statement fills."""
    names: list[str] = []
    for name in context.question.fields:
        spec = FIELD_BY_NAME[name]
        if spec.ordinal <= 1 or any(spec.read(statement) for statement in statements):
            names.append(name)
    return tuple(names)


def _explained(name: str) -> Evidence:
    spec = FIELD_BY_NAME[name]
    return Evidence(
        kind=EvidenceKind.FIELD, text=f"{spec.definition} Format: {spec.form}.", field=name, label=spec.label
    )


def answer_field(context: AnswerContext) -> Draft:
    """The fields asked for of each code, and what each field is."""
    lookup = look_up(context)
    refusal = refuse(context, lookup)
    if refusal is not None:
        return refusal
    names = _named_fields(context, lookup.statements)
    headline = " ".join(field_headline(statement, names) for statement in lookup.statements)
    families = dict.fromkeys(family_members(FIELD_BY_NAME[name].family_name)[0] for name in names)
    return record_draft(context, lookup, headline, (_explained(name) for name in families))

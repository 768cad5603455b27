"""Pricing and single fields: the answers that read named fields of each record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from hcpcs.answers.answer import Draft, Evidence
from hcpcs.answers.context import AnswerContext, LookupResult, day_notices, look_up, procedures_first, views
from hcpcs.answers.refusals import refuse, side_notices, suggested
from hcpcs.answers.sentences import field_evidence, field_sentence, in_sentence
from hcpcs.records.contacts import CONTACTS
from hcpcs.records.fields import FIELD_BY_NAME, read_field
from hcpcs.records.record import RecordKind, Statement

PRICING_FIELDS: Final = (
    *(f"pricing_indicator_{n}" for n in range(2, 5)),
    "multiple_pricing_indicator",
    "asc_group",
    "mog_group",
)
NO_AMOUNT: Final = (
    "The record says how a price is set, not how much: amounts are in Medicare's fee schedules and ASP files, "
    "and with the MAC."
)


def _draft(
    context: AnswerContext, lookup: LookupResult, headline: str, evidence: Iterable[Evidence], *extra: str
) -> Draft:
    return Draft(
        codes=tuple(statement.record.code for statement in lookup.found),
        headline=headline,
        evidence=tuple(evidence),
        notices=(*side_notices(context, lookup), *extra, *day_notices(context, lookup.found)),
        records=views(context, lookup.found),
        contacts=CONTACTS[:3],
        suggestions=suggested(context, lookup),
    )


def pricing_sentence(statement: Statement) -> str:
    """How part B prices the code, by its first pricing indicator."""
    record = statement.record
    if record.kind is RecordKind.MODIFIER:
        return f"{record.code} is a modifier: it has no price of its own."
    if not record.pricing_indicators:
        return f"The record of {record.code} states no pricing indicator."
    value = read_field(FIELD_BY_NAME["pricing_indicator_1"], statement)
    meaning = in_sentence(value.meaning) if value.meaning else "a value without a published meaning"
    return f"{record.code} is priced under indicator {value.value}: {meaning}."


def _base_units(statement: Statement) -> tuple[Evidence, ...]:
    return field_evidence(statement, ("anesthesia_base_units",))


def answer_pricing(context: AnswerContext) -> Draft:
    """How each code is priced."""
    lookup = look_up(context)
    refusal = refuse(context, lookup)
    if refusal is not None:
        return refusal
    priced = procedures_first(lookup.found)
    named = len(priced) > 1
    facts = [fact for s in priced for fact in field_evidence(s, PRICING_FIELDS, named=named)]
    facts += [fact for s in priced if s.record.anesthesia_base_units for fact in _base_units(s)]
    headline = " ".join(pricing_sentence(statement) for statement in priced)
    return _draft(context, lookup, headline, facts, NO_AMOUNT)


def field_headline(statement: Statement, names: tuple[str, ...]) -> str:
    """The fields asked for, each with what the record states: ``S9353: BETOS Z2 (Undefined codes).``"""
    sentences = [field_sentence(statement, name) for name in names]
    return f"{statement.record.code}: {' '.join(sentences)}"


def _named_fields(context: AnswerContext, statements: tuple[Statement, ...]) -> tuple[str, ...]:
    """The fields asked for; of a numbered family only those that some statement fills, the first at least."""
    names: list[str] = []
    for name in context.question.fields:
        filled = any(FIELD_BY_NAME[name].read(statement) for statement in statements)
        if filled or name[-1] not in "2345":
            names.append(name)
    return tuple(names)


def _explained(name: str) -> Evidence:
    spec = FIELD_BY_NAME[name]
    return Evidence(text=f"{spec.label}: {spec.definition} Form: {spec.form}.", field=name)


def answer_field(context: AnswerContext) -> Draft:
    """The fields asked for of each code, with what each field is."""
    lookup = look_up(context)
    refusal = refuse(context, lookup)
    if refusal is not None:
        return refusal
    names = _named_fields(context, lookup.found)
    headline = " ".join(field_headline(statement, names) for statement in lookup.found)
    families = dict.fromkeys(name if name[-1] not in "2345" else name[:-1] + "1" for name in names)
    return _draft(context, lookup, headline, (_explained(name) for name in families))

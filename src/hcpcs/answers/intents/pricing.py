"""How is a code priced?"""

from __future__ import annotations

from typing import Final

from hcpcs.answers.answer import Draft
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, Notice, NoticeKind
from hcpcs.answers.lookup import look_up, procedures_or_all
from hcpcs.answers.notices.refusals import refuse
from hcpcs.answers.parts.record_draft import record_draft
from hcpcs.answers.rendering.sentences import field_evidence, in_sentence
from hcpcs.records.fields import FIELD_BY_NAME, family_members, read_field
from hcpcs.records.record import RecordKind, Statement

FIRST_INDICATOR: Final = "pricing_indicator_1"
PRICING_FIELDS: Final = (
    *(name for name in family_members("pricing_indicator") if name != FIRST_INDICATOR),
    "multiple_pricing_indicator",
    "asc_group",
    "mog_group",
)
NO_AMOUNT: Final = Notice(
    kind=NoticeKind.OUT_OF_SCOPE,
    text="The record gives the pricing method, not the amount. For amounts, see Medicare's fee schedules and ASP "
    "files, or ask your MAC.",
)


def pricing_sentence(statement: Statement) -> str:
    """How Part B prices the code, by its first pricing indicator."""
    record = statement.record
    if record.kind is RecordKind.MODIFIER:
        return f"{record.code} is a modifier, so it has no price of its own."
    if not record.pricing_indicators:
        return f"The record of {record.code} has no pricing indicator."
    value = read_field(FIELD_BY_NAME[FIRST_INDICATOR], statement)
    meaning = in_sentence(value.meaning) if value.meaning else "a value without a published meaning"
    return f"{record.code} is priced under pricing indicator {value.value}: {meaning}."


def _base_units(statement: Statement) -> tuple[Evidence, ...]:
    return field_evidence(statement, ("anesthesia_base_units",))


def answer_pricing(context: AnswerContext) -> Draft:
    """How each code is priced."""
    lookup = look_up(context)
    refusal = refuse(context, lookup)
    if refusal is not None:
        return refusal
    priced = procedures_or_all(lookup.statements)
    named = len(priced) > 1
    facts = [fact for s in priced for fact in field_evidence(s, PRICING_FIELDS, named=named)]
    facts += [fact for s in priced if s.record.anesthesia_base_units for fact in _base_units(s)]
    headline = " ".join(pricing_sentence(statement) for statement in priced)
    return record_draft(context, lookup, headline, facts, NO_AMOUNT)

"""The units of a question beside another subject: of a dose ("J3489 5 mg units and price"), of a count ("J1100x10")."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.doses.dose import amount_text, of_role
from hcpcs.answers.doses.unit_sentences import units_of_code
from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.questions.question import QuantityRole
from hcpcs.questions.recognizers.quantities.related_quantities import PERIODS
from hcpcs.records.billing.billing_units import UnitSize, unit_size
from hcpcs.records.record import RecordKind, Statement
from hcpcs.search_port import Confidence, Hit, SearchResult

DISCARDED: Final = "JW"
"""The modifier of the line of a drug that is discarded."""


def units_beside(context: AnswerContext, statements: Sequence[Statement]) -> str:
    """The sentences about the units of each code for the dose of the question; blank where it gives none."""
    procedures = [one.record for one in statements if one.record.kind is RecordKind.PROCEDURE]
    counted = (
        units_of_code(record.code, record.long_description, context.question, place, len(procedures))
        for place, record in enumerate(procedures)
    )
    return " ".join(one.head for one in counted if one.units)


def units_of_period(context: AnswerContext, hit: Hit) -> str:
    """The units of a found code that is billed per day, for the days of the question: "TPN 2 liters for 7 days"."""
    days = tuple(one for one in context.question.quantities if one.unit in PERIODS)
    if not days:
        return ""
    units = units_of_code(hit.code, hit.long_description, context.question.model_copy(update={"quantities": days}))
    return units.head if units.units else ""


def units_of_brand(context: AnswerContext, result: SearchResult) -> str:
    """The units of the code of a brand for the volume of the question: "gadavist 7.5 ml"; blank where it has none."""
    volumes = [one for one in of_role(context.question.quantities, QuantityRole.DOSE) if one.unit == "ml"]
    first = result.hits[0]
    by_brand = result.confidence is Confidence.HIGH and any(why.rule == "brand" for why in first.why)
    if not volumes or not by_brand or not first.active:
        return ""
    units = units_of_code(first.code, first.long_description, context.question)
    return units.head if units.units else ""


def has_unit_size(statement: Statement) -> bool:
    """Whether a descriptor says how much one unit is: "triamcinolone acetonide, not otherwise specified, 10 mg"."""
    return isinstance(unit_size(statement.record.long_description), UnitSize)


def are_billed_by_amount(statements: Sequence[Statement]) -> bool:
    """Whether there are codes of procedures, and each of them states an amount per unit."""
    procedures = [one for one in statements if one.record.kind is RecordKind.PROCEDURE]
    return bool(procedures) and all(map(has_unit_size, procedures))


def claimed_units(context: AnswerContext, statement: Statement) -> tuple[Evidence, ...]:
    """The count that the question gives for a code, and the amount that it stands for where a unit is an amount."""
    record = statement.record
    if record.kind is not RecordKind.PROCEDURE:
        return ()
    counts = (
        (mention.units, f"{record.code} with JW" if DISCARDED in mention.modifiers else record.code)
        for mention in context.question.codes
        if mention.code == record.code
    )
    return tuple(
        Evidence(
            kind=EvidenceKind.ARITHMETIC,
            text=_sentence(named, Decimal(str(units)), unit_size(record.long_description)),
            code=record.code,
            field="long_description",
        )
        for units, named in dict.fromkeys(counts)
        if units is not None
    )


def _sentence(code: str, units: Decimal, size: object) -> str:
    counted = f"{units.normalize():f} {'unit' if units == 1 else 'units'} of {code}"
    if not isinstance(size, UnitSize):
        return f"{counted}."
    if size.up_to:
        return f"{counted}, each up to {size.written}."
    total = (units * size.amount).normalize()
    return f"{counted} at {size.written} each is {amount_text(total, size.unit.display)}."

"""What a count written with a code amounts to: "J1100x10" is 10 units of 1 mg each."""

from __future__ import annotations

from decimal import Decimal

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.records.billing.billing_units import UnitSize, unit_size
from hcpcs.records.record import RecordKind, Statement


def claimed_units(context: AnswerContext, statement: Statement) -> tuple[Evidence, ...]:
    """The count that the question gives for a code, and the amount that it stands for where a unit is an amount."""
    record = statement.record
    if record.kind is not RecordKind.PROCEDURE:
        return ()
    counts = (mention.units for mention in context.question.codes if mention.code == record.code)
    return tuple(
        Evidence(
            kind=EvidenceKind.ARITHMETIC,
            text=_sentence(record.code, Decimal(str(units)), unit_size(record.long_description)),
            code=record.code,
            field="long_description",
        )
        for units in dict.fromkeys(counts)
        if units is not None
    )


def _sentence(code: str, units: Decimal, size: object) -> str:
    counted = f"{units.normalize():f} {'unit' if units == 1 else 'units'} of {code}"
    if not isinstance(size, UnitSize):
        return f"{counted}."
    if size.up_to:
        return f"{counted}, each up to {size.written}."
    total = (units * size.amount).normalize()
    return f"{counted} at {size.written} each is {total:f} {size.unit.display}."

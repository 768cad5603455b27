"""Billing units of an amount: the exact number, the number that is billed, and both in words."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from hcpcs.answers.doses.dose import TotalDose, amount_text, plain_number
from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.records.billing.billing_units import NoUnitSize, UnitSize, count_units
from hcpcs.records.billing.counted_units import (
    DAYS_OF,
    MILE,
    PER_STATUTE_MILE,
    SUPPLIED_FOR,
    CountedSize,
    count_things,
    round_miles,
)
from hcpcs.records.billing.units import Dimension
from hcpcs.records.record import CodeRecord

Size = UnitSize | NoUnitSize


class CountedDose(NamedTuple):
    """Units of a dose: exact, as billed, and what one unit is in words; ``miles`` if rounded as ambulance miles."""

    exact: Decimal
    billed: Decimal
    one_unit: str
    miles: bool = False

    @property
    def rounded(self) -> bool:
        """Whether the amount isn't a whole number of units."""
        return self.exact != self.billed


def unit_evidence(record: CodeRecord, steps: Iterable[str]) -> list[Evidence]:
    """The steps of the arithmetic on a code's units, then the descriptor that states its unit."""
    arithmetic = [
        Evidence(kind=EvidenceKind.ARITHMETIC, text=text, code=record.code, field="long_description") for text in steps
    ]
    descriptor = Evidence(
        kind=EvidenceKind.DESCRIPTION,
        text=record.long_description,
        code=record.code,
        field="long_description",
        label=f"Descriptor of {record.code}",
    )
    return [*arithmetic, descriptor]


class UnitSentences(NamedTuple):
    """The sentences about one code: the head, the steps of the arithmetic, and the rules that it follows.

    ``units`` are the units counted from an amount ("4 units"), blank where none were; ``billed`` is their number, or
    that of the units that the question gives; ``exact`` is the same before rounding. ``discarded`` are the units of the
    discarded drug, billed with JW. ``rounded`` says that the amount is not a whole number of units.
    """

    head: str
    steps: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    units: str = ""
    billed: Decimal | None = None
    discarded: int = 0
    rounded: bool = False
    exact: Decimal | None = None


def exact_units(size: Size, amount: Decimal, unit: str) -> Decimal | None:
    """The exact units of an amount, ``None`` where it is of another measure."""
    if isinstance(size, UnitSize):
        count = count_units(size, amount, unit)
        return count.exact if count else None
    return count_things(size.counted, amount, unit) if size.counted else None


def count_dose(size: Size, dose: TotalDose) -> CountedDose:
    """The units of a dose that fits the code."""
    exact = exact_units(size, dose.amount, dose.unit)
    assert exact is not None, "a dose fits its code"
    if isinstance(size, UnitSize):
        return CountedDose(exact, exact.to_integral_value(ROUND_CEILING), size.written)
    assert size.counted is not None
    if size.thing == PER_STATUTE_MILE:
        return CountedDose(exact, round_miles(exact), "1 statute mile", miles=True)
    billed = exact if size.counted.thing == MILE else exact.to_integral_value(ROUND_CEILING)
    one_unit = things(size.counted)
    if dose.unit == "day" and size.counted.thing in SUPPLIED_FOR:
        one_unit = f"{one_unit} of {DAYS_OF[size.counted.thing]} days"
    return CountedDose(exact, billed, one_unit)


def things(size: CountedSize) -> str:
    """What one unit counts: ``50 strips``, ``1 day``, ``1 item``."""
    if size.content and size.thing:
        return f"1 {size.thing} of {plain_number(size.content)}"
    return amount_text(size.number, size.thing or "item")


def number_of_units(number: Decimal) -> str:
    """``1 unit``, ``2.5 units``."""
    return f"{plain_number(number)} {'unit' if number == 1 else 'units'}"


def units_written(count: CountedDose, size: Size) -> str:
    """The billed units with the exact number where it was rounded: ``4 units (3.5, rounded up)``."""
    billed = number_of_units(count.billed)
    if not count.rounded:
        return billed
    if is_time(size):
        full = count.billed - 1
        return (
            f"{plain_number(count.exact)} units: {number_of_units(full)} in full, or {billed} where the payer rounds up"
        )
    return f"{billed} ({plain_number(count.exact)}, rounded up)"


def division(dose: TotalDose, count: CountedDose) -> str:
    """The step of the arithmetic: ``102 mg / 10 mg per billing unit = 10.2, which rounds up to 11.``"""
    step = f"{dose.written} / {count.one_unit} per billing unit = {plain_number(count.exact)}"
    return f"{step}, which rounds up to {plain_number(count.billed)}." if count.rounded else f"{step}."


def is_time(size: Size) -> bool:
    """Whether one unit is a time, of whose parts payers differ."""
    if isinstance(size, UnitSize):
        return size.unit.dimension is Dimension.TIME
    return size.counted is not None and size.counted.thing in SUPPLIED_FOR

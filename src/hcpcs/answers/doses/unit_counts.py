"""Billing units of an amount: the exact number, the number that is billed, and both in words."""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, Decimal
from typing import Final, NamedTuple

from hcpcs.answers.doses.dose import TotalDose, amount_text, number_of, plain_number
from hcpcs.questions.question import Quantity, QuantityRole, Question
from hcpcs.questions.recognizers.quantities.related_quantities import PRESUMED
from hcpcs.records.billing.billing_units import NoUnitSize, UnitSize, count_units
from hcpcs.records.billing.counted_units import DAYS_OF, MILE, CountedSize, count_things, round_miles
from hcpcs.records.billing.units import Dimension

Size = UnitSize | NoUnitSize
_GIVEN: Final = frozenset({QuantityRole.DOSE, QuantityRole.FURTHER})
_MASSES: Final = frozenset({"mg", "mcg", "g", PRESUMED})
_BARE: Final = re.compile(r" \d+(?:\.\d+)?$")
"""A number behind a code that nothing says is one of units: "J1885 60"."""
_LEAST_PART: Final = Decimal("0.2")
"""The part of a unit below which a bare number is rather grams: rocephin 1 is not 1 mg of 250."""
_MOST_UNITS: Final = 1000
"""Units from which a bare number is rather micrograms; of a unit below 1 mg, a tenth: fentanyl 50 is not 50 mg."""


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


class OwnDose(NamedTuple):
    """The quantities of one code of several with bare numbers, or why its number can't be read as milligrams."""

    quantities: tuple[Quantity, ...]
    refusal: str = ""


def own_dose(code: str, descriptor: str, size: Size, question: Question, place: int, codes: int) -> OwnDose | None:
    """The dose of the code at ``place`` where one of several has a number without a unit; ``None`` where none has.

    A number behind a code, as in "J1885 x 4 and J1100 8 mg", keeps the dose of another code from being its own.
    """
    counted = {one.code: one for one in question.codes if one.units is not None}
    doses = [one for one in question.quantities if one.role in _GIVEN and one.unit in _MASSES]
    others = tuple(one for one in question.quantities if one not in doses)
    if doses and codes > len(doses) and code in counted:
        written = counted[code].written
        number = Decimal(str(counted[code].units))
        if any(_is_billed_as(size, one, number) for one in doses):
            return None  # "J1745 100 mg 10 units or Q5103 10 units"
        return OwnDose((), _add_unit(code, number)) if _BARE.search(written) else OwnDose(others)
    if not any(one.unit == PRESUMED for one in doses):
        return None
    uncounted = [one.code for one in question.codes if one.code not in counted]
    if codes == len(doses) + len(counted) and codes > len(doses) and code in uncounted:
        place = uncounted.index(code)
    elif codes != len(doses):
        numbers = " and ".join(plain_number(number_of(one)) for one in doses if one.unit == PRESUMED)
        return OwnDose((), f"Which drug {numbers} is of isn't certain: give each drug's amount with its unit.")
    dose = doses[place]
    if dose.unit != PRESUMED:
        return OwnDose((dose.model_copy(update={"role": QuantityRole.DOSE}), *others))
    number = number_of(dose)
    exact = exact_units(size, number, "mg")
    bare_codes = bool(question.codes) and all(one.unit == PRESUMED for one in doses)
    in_units = isinstance(size, UnitSize) and size.unit.dimension is Dimension.ACTIVITY and dose.written
    if in_units or (bare_codes and exact is None):
        return OwnDose((Quantity(amount=dose.amount, unit="unit"), *others))  # "botox 100 units", "L3000 2 L3020 2"
    most = _MOST_UNITS / 10 if (exact_units(size, Decimal(1), "mg") or 0) > 1 else _MOST_UNITS
    if bare_codes or exact is None or "caine" in descriptor.lower() or not _LEAST_PART <= exact < most:
        return OwnDose((), _add_unit(code, number))
    written = f"{plain_number(number)} without a unit"
    return OwnDose((Quantity(amount=dose.amount, unit="mg", written=written, form=dose.form), *others))


def _is_billed_as(size: Size, dose: Quantity, number: Decimal) -> bool:
    exact = exact_units(size, number_of(dose), dose.unit)
    return exact is not None and exact.to_integral_value(ROUND_CEILING) == number


def _add_unit(code: str, number: Decimal) -> str:
    return f"The amount of {code}, {plain_number(number)}, has no unit: add it (mg, mcg, g or ml)."


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
    if size.per == "per statute mile":
        return CountedDose(exact, round_miles(exact), "1 statute mile", miles=True)
    billed = exact if size.counted.thing == MILE else exact.to_integral_value(ROUND_CEILING)
    one_unit = things(size.counted)
    if dose.unit == "day" and size.counted.thing in DAYS_OF:
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
    return size.counted is not None and size.counted.thing in DAYS_OF

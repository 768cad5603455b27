"""What else the amounts of a question may mean: a dose a day for some days, a second dose that nothing joins."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal

from hcpcs.answers.doses.dose import TotalDose, amount_text, number_of, of_role, plain_number
from hcpcs.answers.doses.unit_counts import Size, exact_units, number_of_units
from hcpcs.questions.question import Quantity, QuantityRole
from hcpcs.questions.recognizers.quantities.related_quantities import PERIODS
from hcpcs.records.billing.billing_units import UnitSize


def other_amounts(size: Size, quantities: Sequence[Quantity], dose: TotalDose) -> str:
    """The units of what the question may mean besides ``dose``, without a period; blank where it means only that.

    A duration without a frequency is perhaps one dose a day, and two doses that nothing joins are perhaps one after
    the other: both are said, and neither is taken for granted. Several doses may be on several claims.
    """
    if not isinstance(size, UnitSize):
        return ""
    lasting = next((one for one in of_role(quantities, QuantityRole.DURATION) if one.amount > 1), None)
    scheduled = any(one.per for one in of_role(quantities, QuantityRole.TIMES))
    daily = any(one.per in PERIODS for one in of_role(quantities, QuantityRole.RATE))
    if lasting is not None and not scheduled and not daily:
        number = number_of(lasting)
        if of_role(quantities, QuantityRole.INTERVAL):
            return f"that is one dose, and the doses of {amount_text(number, lasting.unit)} are not counted"
        units = _units(size, dose.amount * number, dose.unit)
        return f"{dose.written} a {lasting.unit} for {amount_text(number, lasting.unit)} is {units}"
    if dose.single is not None:
        further = _further(size, quantities, together=False)
        return "; ".join(filter(None, (_billed_one_by_one(size, dose, dose.single), further)))
    return _further(size, quantities)


def _billed_one_by_one(size: UnitSize, dose: TotalDose, single: Decimal) -> str:
    """The units of equal doses on claims of their own, where a part of a unit is left of each."""
    one, together = exact_units(size, single, dose.unit), exact_units(size, dose.amount, dose.unit)
    if one is None or together is None:
        return ""
    each = one.to_integral_value(ROUND_CEILING)
    if each * dose.times == together.to_integral_value(ROUND_CEILING):
        return ""
    number = plain_number(dose.times)
    return f"on a claim of its own each dose is {number_of_units(each)}, so {number} x {number_of_units(each)}"


def _further(size: UnitSize, quantities: Sequence[Quantity], *, together: bool = True) -> str:
    """The units of doses that follow the first without a word that joins them, and of all ``together``.

    They may be alternatives: "240 mg vs 480 mg".
    """
    doses = [
        one
        for one in of_role(quantities, QuantityRole.DOSE)
        if exact_units(size, number_of(one), one.unit) is not None and one.unit != "unit"
    ]
    if len(doses) < 2 or len({one.unit for one in doses}) > 1 or any(one.beyond for one in doses):
        return ""
    if of_role(quantities, QuantityRole.FURTHER):
        return ""
    total = sum((number_of(one) for one in doses), Decimal(0))
    unit = doses[0].unit
    of_all = f"{amount_text(total, unit)} is {_units(size, total, unit)}"
    given = "both" if len(doses) == 2 else "all"
    if len({one.amount for one in doses}) == 1:
        return f"if it was given {len(doses)} times, {of_all}" if together else ""
    others = (f"{amount_text(number_of(one), unit)} is {_units(size, number_of(one), unit)}" for one in doses[1:])
    return f"{'; '.join(others)}; if {given} were given, {of_all}" if together else f"{'; '.join(others)}"


def _units(size: UnitSize, amount: Decimal, unit: str) -> str:
    exact = exact_units(size, amount, unit)
    assert exact is not None, "the amount is of the same unit as one that fits"
    return number_of_units(exact.to_integral_value(ROUND_CEILING))

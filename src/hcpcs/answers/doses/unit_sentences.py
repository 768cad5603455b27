"""The sentences about the billing units of one code: the count with its arithmetic, a check, discarded drug."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal
from typing import Final, NamedTuple

from hcpcs.answers.doses.discarded_amounts import GRAFT_RULE, WASTE_RULE, discarded_graft, holds_drug, waste_of
from hcpcs.answers.doses.dose import (
    MEASURES_OF_PATIENT,
    TotalDose,
    amount_text,
    number_of,
    of_role,
    plain_number,
    total_dose,
)
from hcpcs.questions.question import Quantity, QuantityRole, Question
from hcpcs.questions.recognizers.quantities.related_quantities import STRENGTH
from hcpcs.records.billing.billing_units import NoUnitSize, UnitSize, count_units, unit_size
from hcpcs.records.billing.counted_units import DAYS_OF, MILE, CountedSize, count_things, named_thing, round_miles
from hcpcs.records.billing.drug_waste import DrugWaste
from hcpcs.records.billing.units import Dimension, unit_of

MILES_RULE: Final = (
    "Medicare counts ambulance miles up to the next tenth of a mile, and whole miles from 100 miles (Medicare Claims "
    "Processing Manual, chapter 15)."
)
TIME_RULE: Final = (
    "Payers differ on a part of a unit of time. For timed therapy Medicare counts a 15-minute unit from 8 minutes "
    "(Medicare Claims Processing Manual, chapter 5)."
)


class UnitSentences(NamedTuple):
    """The sentences about one code: the head, the steps of the arithmetic, and the rules that it follows.

    ``units`` are the units counted from an amount ("4 units"), blank where none were; ``billed`` is their number, or
    that of the units that the question gives. ``discarded`` are the units of the discarded drug, billed with JW.
    ``rounded`` says that the amount is not a whole number of units.
    """

    head: str
    steps: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    units: str = ""
    billed: Decimal | None = None
    discarded: int = 0
    rounded: bool = False


class _Count(NamedTuple):
    """Units of a dose: exact, as billed, and what one unit is in words; ``miles`` if rounded as ambulance miles."""

    exact: Decimal
    billed: Decimal
    one_unit: str
    miles: bool = False


def units_of_code(code: str, descriptor: str, question: Question, place: int = 0, codes: int = 1) -> UnitSentences:
    """The billing units of a code for the amounts of a question, or what one unit is, or why neither can be said.

    The code is number ``place`` (from 0) of the ``codes`` codes of the question.
    """
    size = unit_size(descriptor)
    quantities = tuple(_named(size, quantity) for quantity in question.quantities if quantity.amount)
    if codes == 1:
        quantities = _without_descriptor(size, quantities)
    dose = total_dose(quantities, lambda one: _exact(size, number_of(one), one.unit) is not None, place, codes)
    beside_code = next((mention.units for mention in question.codes if mention.code == code), None)
    claimed = _claimed(size, quantities) if beside_code is None else Decimal(str(beside_code))
    choices = _choices(quantities, beside_code)
    if dose is None:
        return _without_dose(code, size, quantities, claimed)._replace(billed=claimed)
    count = _count(size, dose)
    if dose.per:
        units = "unit" if count.exact == 1 else "units"
        head = (
            f"{dose.written} of {code} is {plain_number(count.exact)} {units} per {dose.per}. To calculate the units "
            f"of the dose, add the patient's {MEASURES_OF_PATIENT[dose.per]}."
        )
        return UnitSentences(head, dose.steps)
    waste = waste_of(size, dose, quantities) if isinstance(size, UnitSize) else None
    if waste is not None and isinstance(size, UnitSize):
        return _with_waste(code, size, dose, waste, claimed)
    head = _headline(f"{dose.written} of {code} is {_units_written(count, size)}", count, claimed, choices)
    graft = discarded_graft(size, quantities)
    if graft:
        head = f"{head.removesuffix('.')}; {graft}."
    rules = [GRAFT_RULE] if graft else [WASTE_RULE] if question.about_waste and holds_drug(size) else []
    if question.about_waste and holds_drug(size):
        rules.insert(0, 'To calculate the discarded amount, add the size of the vial: "from a 200 mg vial".')
    if isinstance(size, UnitSize) and _is_time(size) and count.exact != count.exact.to_integral_value():
        rules.append(TIME_RULE)
    if count.miles:
        rules.append(MILES_RULE)
    steps = (*dose.steps, _division(dose, count))
    rounded = count.exact != count.billed
    return UnitSentences(head, steps, tuple(rules), _units_written(count, size), count.billed, rounded=rounded)


def _named(size: UnitSize | NoUnitSize, quantity: Quantity) -> Quantity:
    """A quantity of things that the question doesn't name as the things that the code counts."""
    if isinstance(size, UnitSize):
        # "depo-medrol 80": a strength without its unit is in that of the descriptor.
        return quantity.model_copy(update={"unit": size.unit.display}) if quantity.unit == STRENGTH else quantity
    if size.counted is None:
        return quantity
    return quantity.model_copy(update={"unit": named_thing(size.counted, quantity.unit)})


def _without_descriptor(size: UnitSize | NoUnitSize, quantities: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """The quantities without a dose that only repeats the unit of the descriptor: "J1100 1 mg, 10 mg given"."""
    doses = [one for one in of_role(quantities, QuantityRole.DOSE) if _exact(size, number_of(one), one.unit)]
    units = [one for one in doses if _exact(size, number_of(one), one.unit) == 1]
    others = len(doses) > len(units)
    return tuple(one for one in quantities if not (others and one in units))


def _exact(size: UnitSize | NoUnitSize, amount: Decimal, unit: str) -> Decimal | None:
    """The exact units of an amount, ``None`` where it is of another measure."""
    if isinstance(size, UnitSize):
        count = count_units(size, amount, unit)
        return count.exact if count else None
    return count_things(size.counted, amount, unit) if size.counted else None


def _count(size: UnitSize | NoUnitSize, dose: TotalDose) -> _Count:
    exact = _exact(size, dose.amount, dose.unit)
    assert exact is not None, "a dose fits its code"
    if isinstance(size, UnitSize):
        return _Count(exact, exact.to_integral_value(ROUND_CEILING), size.written)
    assert size.counted is not None
    if size.counted.thing == MILE and size.per == "per statute mile":
        return _Count(exact, round_miles(exact), "1 statute mile", miles=True)
    billed = exact if size.counted.thing == MILE else exact.to_integral_value(ROUND_CEILING)
    one_unit = _things(size.counted)
    if dose.unit == "day" and size.counted.thing in DAYS_OF:
        one_unit = f"{one_unit} of {DAYS_OF[size.counted.thing]} days"
    return _Count(exact, billed, one_unit)


def _things(size: CountedSize) -> str:
    """What one unit counts: ``50 strips``, ``1 day``, ``1 item``."""
    if size.content and size.thing:
        return f"1 {size.thing} of {plain_number(size.content)}"
    return amount_text(size.number, size.thing or "item")


def _things_named(size: CountedSize) -> str:
    """What to give to have the units counted: ``the number of strips``."""
    thing = "item" if size.content or size.thing is None else size.thing
    return f"the number of {amount_text(Decimal(2), thing).partition(' ')[2]}"


def _units_written(count: _Count, size: UnitSize | NoUnitSize) -> str:
    """The billed units with the exact number where it was rounded: ``4 units (3.5, rounded up)``."""
    billed = _units(count.billed)
    if count.exact == count.billed:
        return billed
    if _is_time(size):
        full = count.billed - 1
        return f"{plain_number(count.exact)} units: {_units(full)} in full, or {billed} where the payer rounds up"
    return f"{billed} ({plain_number(count.exact)}, rounded up)"


def _units(number: Decimal) -> str:
    return f"{plain_number(number)} {'unit' if number == 1 else 'units'}"


def _division(dose: TotalDose, count: _Count) -> str:
    step = f"{dose.written} / {count.one_unit} per billing unit = {plain_number(count.exact)}"
    return f"{step}." if count.exact == count.billed else f"{step}, which rounds up to {plain_number(count.billed)}."


def _is_time(size: UnitSize | NoUnitSize) -> bool:
    if isinstance(size, UnitSize):
        return size.unit.dimension is Dimension.TIME
    return size.counted is not None and size.counted.thing in DAYS_OF


def _claimed(size: UnitSize | NoUnitSize, quantities: Sequence[Quantity]) -> Decimal | None:
    """The billing units that the question gives: "charge 2", "4 units" of a code that isn't measured in units."""
    measured_in_units = isinstance(size, UnitSize) and size.unit.dimension is Dimension.ACTIVITY
    claims = of_role(quantities, QuantityRole.CLAIMED)
    if not measured_in_units:
        claims += [one for one in of_role(quantities, QuantityRole.DOSE) if one.unit == "unit"]
    return number_of(claims[-1]) if claims else None


def _choices(quantities: Sequence[Quantity], beside_code: float | None = None) -> tuple[Decimal, ...]:
    """The numbers of units between which a question asks ("qty 1 or 4"); none where it gives fewer than two.

    ``beside_code`` is one that is written with the code: "J3301 x 8 or x 2".
    """
    first = () if beside_code is None else (Decimal(str(beside_code)),)
    claims = tuple(dict.fromkeys((*first, *(number_of(one) for one in of_role(quantities, QuantityRole.CLAIMED)))))
    return claims if len(claims) > 1 else ()


def _headline(clause: str, count: _Count, claimed: Decimal | None, choices: Sequence[Decimal] = ()) -> str:
    """The first sentence from its clause, with the yes or no to the units that the question gives, if any."""
    if choices:
        others = " or ".join(plain_number(one) for one in choices if one != count.billed)
        return f"{clause}, not {others}."
    if claimed is None:
        return f"{clause}."
    if claimed in {count.billed, count.exact}:
        return f"Yes. {clause}."
    return f"No. {clause}, not {plain_number(claimed)}."


def _with_waste(code: str, size: UnitSize, dose: TotalDose, waste: DrugWaste, claimed: Decimal | None) -> UnitSentences:
    unit = size.unit.display
    count = _count(size, dose)
    discarded = amount_text(waste.discarded, unit)
    opened = amount_text(waste.dose + waste.discarded, unit)
    steps = [*dose.steps, _division(dose, count)]
    head = f"{dose.written} of {code} is {_units_written(count, size)}"
    if waste.discarded_units:
        head = f"{head}, plus {_units(Decimal(waste.discarded_units))} with modifier JW for {discarded} discarded"
    elif waste.discarded:
        head = f"{head}; the {discarded} discarded is less than one more unit, so no JW line is billed"
    else:
        head = f"{head}, with modifier JZ: nothing is discarded"
    if waste.containers > 1:
        each = amount_text((waste.dose + waste.discarded) / waste.containers, unit)
        steps.append(f"{waste.containers} containers x {each} = {opened}.")
    if waste.discarded:
        given = amount_text(waste.dose, unit)
        second_line = " Bill the JW units on a second claim line." if waste.discarded_units else ""
        steps.append(f"{opened} - {given} = {discarded} discarded.{second_line}")
    head = _headline(head, count, claimed)
    units = _units_written(count, size)
    return UnitSentences(head, tuple(steps), (WASTE_RULE,), units, count.billed, waste.discarded_units)


def _without_dose(
    code: str, size: UnitSize | NoUnitSize, quantities: Sequence[Quantity], claimed: Decimal | None
) -> UnitSentences:
    """What one unit is, what a number of units amounts to, or why an amount can't be converted."""
    asked = next((one for one in quantities if one.unit and not (claimed is not None and one.unit == "unit")), None)
    if isinstance(size, UnitSize):
        up_to = "up to " if size.up_to else ""
        if asked is not None:
            other = amount_text(number_of(asked), asked.unit)
            need = (
                ", a different kind of measure." if _is_measure(asked) else f". Give the amount in {size.unit.display}."
            )
            return UnitSentences(
                f"{other} can't be converted to units of {code}: one unit is {up_to}{size.written}{need}"
            )
        if choices := _choices(quantities):
            totals = [
                f"{_units(one)} of {code} is {amount_text(size.amount * one, size.unit.display)}" for one in choices
            ]
            return UnitSentences(f"{'; '.join(totals)}.")
        if claimed is not None:
            total = amount_text(size.amount * claimed, size.unit.display)
            step = f"{_units(claimed)} x {size.written} per unit = {total}."
            whole = claimed.to_integral_value(ROUND_CEILING)
            billed = "" if whole == claimed else f", which is billed as {_units(whole)}"
            return UnitSentences(f"{_units(claimed)} of {code} is {up_to}{total}{billed}.", (step,))
        return UnitSentences(f"One unit of {code} is {up_to}{size.written}.")
    if size.counted is not None:
        things = _things(size.counted)
        if asked is not None and size.per is None:
            other = amount_text(number_of(asked), asked.unit)
            give = _things_named(size.counted)
            return UnitSentences(f"{other} can't be converted to units of {code}: one unit is {things}. Give {give}.")
        if claimed is not None:
            total = amount_text(size.counted.number * claimed, size.counted.thing or "item")
            return UnitSentences(f"{_units(claimed)} of {code} is {total}.")
        if size.per is None:
            return UnitSentences(f"One unit of {code} is {things}.")
    if size.per is not None:
        whatever = ", whatever the amount" if asked is not None and _is_measure(asked) else ""
        return UnitSentences(f"{code} is billed {size.per}: one unit {size.per}{whatever}.")
    if asked is None:
        return UnitSentences(f"The descriptor of {code} doesn't say what one unit is: it {size.why}.")
    return UnitSentences(f"Units of {code} can't be calculated from an amount: its descriptor {size.why}.")


def _is_measure(quantity: Quantity) -> bool:
    """Whether a quantity is a measure, such as mg, and not a count."""
    unit = unit_of(quantity.unit)
    return unit is not None and unit.divisible

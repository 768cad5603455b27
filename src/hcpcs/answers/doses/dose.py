"""The amount to bill from the amounts of a question: a dose, a rate times days or weight, vials times content."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, NamedTuple

from hcpcs.questions.question import Quantity, QuantityRole
from hcpcs.questions.recognizers.quantities.related_quantities import CONTAINERS, OCCASIONS, PERIODS
from hcpcs.records.billing.counted_units import DAYS_OF
from hcpcs.records.billing.units import converted, unit_of

ABBREVIATION: Final = 3
"""Longest unit of measure, in characters, that has no plural: ``mcg``."""
MEASURES: Final = {
    "kg": 'the patient\'s weight ("80 kg")',
    "m2": 'the patient\'s body surface ("BSA 1.8")',
    "ml": 'the volume ("2 ml")',
}
"""What a rate can be for besides a time, as a question is to give it."""
_DECIMALS: Final = 10
"""Decimals from which a product is a division that doesn't end."""
_DECIMALS_KEPT: Final = 3
"""Decimals that a number is written with where it has no more."""
_PERIODS_IN: Final = {
    (per, unit): Decimal(DAYS_OF[unit]) / DAYS_OF[per]
    for per, unit in (("day", "week"), ("week", "day"), ("day", "month"), ("week", "month"))
}
"""How many of the first are one of the second, for rates per day over weeks."""


class TotalDose(NamedTuple):
    """The amount to be billed, how it is written, and the steps that lead to it where it isn't one of the text.

    ``per`` is what a rate is for where the question doesn't give how much of it: the patient's weight or surface
    (``kg``, ``m2``), the number of days. ``single`` is one of ``times`` equal doses, where the amount is all of them.
    """

    amount: Decimal
    unit: str
    written: str
    steps: tuple[str, ...] = ()
    per: str = ""
    single: Decimal | None = None
    times: Decimal = Decimal(1)


def plain_number(number: Decimal) -> str:
    """A number without needless zeros: ``10``, ``0.125``, ``6.67``, ``0.004`` (two decimals, or two figures if tiny).

    Three decimals are kept where they are all: an eighth is not 0.12.
    """
    exact = number == round(number, _DECIMALS_KEPT)
    decimals = _DECIMALS_KEPT if exact else max(2, 1 - number.adjusted())
    return f"{number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP).normalize():f}"


def amount_text(amount: Decimal, name: str) -> str:
    """An amount as people write it: ``100 mg``, ``2 hours``."""
    unit = unit_of(name)
    if unit is None or (unit.divisible and len(name) <= ABBREVIATION):
        return f"{amount.normalize():f} {name}".strip()
    forms = (name.removesuffix("s"), name) if amount == 1 else (f"{name}s", f"{name}es", name)
    chosen = next((form for form in forms if form in unit.spellings), name)
    return f"{amount.normalize():f} {chosen}"


def number_of(quantity: Quantity) -> Decimal:
    """The amount of a quantity, exact."""
    return Decimal(str(quantity.amount))


def of_role(quantities: Sequence[Quantity], role: QuantityRole) -> list[Quantity]:
    """The quantities of a role, in order."""
    return [quantity for quantity in quantities if quantity.role is role]


def total_dose(
    quantities: Sequence[Quantity], fits: Callable[[Quantity], bool], place: int = 0, codes: int = 1
) -> TotalDose | None:
    """The amount to be billed of a code, in a unit that ``fits`` it; ``None`` if the question gives none.

    With as many doses as codes, the code at ``place`` gets its own.
    """
    roles = {QuantityRole.DOSE} if codes == 1 else {QuantityRole.DOSE, QuantityRole.FURTHER}
    doses = [quantity for quantity in quantities if quantity.role in roles and fits(quantity)]
    if doses:
        dose = _as_given(doses[place if len(doses) == codes else 0])
        for further in of_role(quantities, QuantityRole.FURTHER):
            if codes == 1 and further.unit == dose.unit:
                dose = _sum(dose, further)
        return _repeated(dose, quantities)
    for rate in of_role(quantities, QuantityRole.RATE):
        if fits(rate):
            return _repeated(_of_rate(rate, quantities), quantities)
    containers = [one for one in of_role(quantities, QuantityRole.CONTAINER) if fits(one)]
    if len({one.amount for one in containers}) > 1:
        opened = _of_each_size(containers, of_role(quantities, QuantityRole.COUNT))
        return _without_waste(opened, quantities) if opened else None
    for container in containers:
        return _repeated(_without_waste(_of_containers(container, quantities), quantities), quantities)
    # "S9500, 2 g daily for 14 days" and "J7323 20 mg, 3 doses": the code counts days or doses, and no amount.
    counted = (*of_role(quantities, QuantityRole.DURATION), *of_role(quantities, QuantityRole.TIMES))
    return next((_as_given(one) for one in counted if one.unit and fits(one)), None)


def _of_each_size(containers: Sequence[Quantity], counts: Sequence[Quantity]) -> TotalDose | None:
    """All of containers of several sizes; ``None`` for "100 mg and 400 mg vials", of which no numbers are given."""
    unit = containers[0].unit
    if len(counts) != len(containers) or any(one.unit != unit for one in containers):
        return None
    pairs = [*zip(counts, containers, strict=True)]
    amount = sum((number_of(count) * number_of(one) for count, one in pairs), Decimal(0))
    written = amount_text(amount, unit)
    parts = " + ".join(
        f"{plain_number(number_of(count))} x {amount_text(number_of(one), unit)}" for count, one in pairs
    )
    return TotalDose(amount, unit, written, (f"{parts} = {written}.",))


def _without_waste(dose: TotalDose, quantities: Sequence[Quantity]) -> TotalDose:
    """What was given of containers of which a part was wasted: "wasted 12 mg of a 100 mg vial"."""
    for wasted in of_role(quantities, QuantityRole.WASTE):
        if wasted.unit == dose.unit and number_of(wasted) < dose.amount:
            amount = dose.amount - number_of(wasted)
            written, left = amount_text(amount, dose.unit), amount_text(number_of(wasted), wasted.unit)
            return TotalDose(amount, dose.unit, written, (*dose.steps, f"{dose.written} - {left} wasted = {written}."))
    return dose


def _as_given(quantity: Quantity) -> TotalDose:
    amount = number_of(quantity)
    written = amount_text(amount, quantity.unit)
    if not quantity.written:
        return TotalDose(amount, quantity.unit, written)
    return TotalDose(amount, quantity.unit, written, (f"{quantity.written} = {written}.",))


def _repeated(dose: TotalDose, quantities: Sequence[Quantity]) -> TotalDose:
    """The dose times how often it was given: "30 mg x2", "16 mg both knees x 3 injections".

    A rate of which nothing says how much it is for, such as 10 mg/ml, is not multiplied; one per day may be.
    """
    if dose.per and dose.per not in PERIODS:
        return dose
    for times in _factors(quantities):
        number = number_of(times)
        counted = amount_text(number, times.unit) if times.unit else f"{plain_number(number)} times"
        if times.written:
            said = times.written.startswith(f"{plain_number(number)} ")
            counted = times.written if said else f"{plain_number(number)} ({times.written})"
        single, so_far = dose.single or dose.amount, dose.times
        dose = _product(dose, number, counted)
        if times.unit not in CONTAINERS:
            dose = dose._replace(single=single, times=so_far * number)
    return dose


def of_one_dose(quantities: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """The quantities without the number of doses of a schedule, each of which has containers of its own.

    Containers that nothing was given of are counted: "300 mg vial bid 28 days".
    """
    if not of_role(quantities, QuantityRole.DOSE) and not of_role(quantities, QuantityRole.RATE):
        return tuple(quantities)
    return tuple(
        one for one in quantities if not (one.role is QuantityRole.TIMES and (one.per or one.unit in OCCASIONS))
    )


def _factors(quantities: Sequence[Quantity]) -> list[Quantity]:
    """The numbers of times that multiply a dose, each kind once: "x 2, both knees" is one dose for each knee."""
    times = [one for one in of_role(quantities, QuantityRole.TIMES) if one.amount > 1]
    if len(times) > 1 and len({one.amount for one in times}) == 1:
        return times[:1]
    return times


def _sum(dose: TotalDose, further: Quantity) -> TotalDose:
    amount = dose.amount + number_of(further)
    written = amount_text(amount, dose.unit)
    other = amount_text(number_of(further), further.unit)
    steps = (f"{further.written} = {other}.",) if further.written else ()
    return TotalDose(amount, dose.unit, written, (*dose.steps, *steps, f"{dose.written} + {other} = {written}."))


def _product(dose: TotalDose, factor: Decimal, factor_written: str, per: str = "") -> TotalDose:
    amount = dose.amount * factor
    if amount != round(amount, _DECIMALS):  # a month of 30 days isn't a whole number of weeks
        amount = round(amount, 2)
    written = amount_text(amount, dose.unit)
    step = f"{dose.written}{f' per {per}' if per else ''} x {factor_written} = {written}."
    return TotalDose(amount, dose.unit, written, (*dose.steps, step))


def _of_rate(rate: Quantity, quantities: Sequence[Quantity]) -> TotalDose:
    """A rate times what it is per: days, kilograms, milliliters, doses; on its own where that isn't given."""
    amount = amount_text(number_of(rate), rate.unit)
    steps = (f"{rate.written} = {amount} per {rate.per}.",) if rate.written else ()
    dose = TotalDose(number_of(rate), rate.unit, amount, steps)
    # "10 ml vial of 40 mg/ml, used 2 ml": what was given, and not what the vial holds.
    for other in sorted(quantities, key=lambda one: one.role is QuantityRole.CONTAINER):
        if other is rate or not other.unit:
            continue
        factor = _factor(rate.per, other)
        if factor is not None:
            length = amount_text(number_of(other), other.unit)
            if (rate.per, other.unit) == ("day", "month"):
                length = f"{amount_text(factor, 'day')} ({length})"
            if (rate.per, other.unit) == ("week", "month"):
                length = f"{plain_number(factor)} weeks ({length} of {DAYS_OF['month']} days)"
            if other.written:  # "187 lb"
                dose = dose._replace(steps=(*dose.steps, f"{other.written} = {length}."))
            dose = _product(dose, factor, length, rate.per)
            return _over_time(dose, other, [one for one in quantities if one is not rate])
    return dose._replace(written=f"{dose.written} per {rate.per}", per=rate.per)


def _over_time(dose: TotalDose, part: Quantity, quantities: Sequence[Quantity]) -> TotalDose:
    """The calories of a volume for all days: "1.5 cal, 237 ml, 5 cartons a day for 30 days"; ``part`` is the volume."""
    by_time = part.role is QuantityRole.RATE
    if part.role is QuantityRole.CONTAINER and dose.unit == "calories":  # "4 cartons 237 ml 1.0 cal/ml"
        for count in of_role(quantities, QuantityRole.COUNT)[:1]:
            dose = _product(dose, number_of(count), amount_text(number_of(count), count.unit))
    rates = [part] if by_time else [one for one in of_role(quantities, QuantityRole.RATE) if _is_counted(one)]
    if not rates or part.unit in PERIODS:
        return dose
    daily = dose if by_time else _product(dose, number_of(rates[0]), amount_text(number_of(rates[0]), rates[0].unit))
    rate = Quantity(amount=float(daily.amount), unit=daily.unit, role=QuantityRole.RATE, per=rates[0].per)
    total = _of_rate(rate, [one for one in quantities if one is not rates[0] and one is not part])
    return total._replace(steps=(*daily.steps, *total.steps))


def _is_counted(quantity: Quantity) -> bool:
    """Whether a quantity counts things and is not a measure."""
    unit = unit_of(quantity.unit)
    return unit is not None and not unit.divisible


def _factor(per: str, other: Quantity) -> Decimal | None:
    amount = number_of(other)
    if other.unit == per:
        return amount
    if periods := _PERIODS_IN.get((per, other.unit)):
        return amount * periods
    base = unit_of(per)
    return converted(amount, other.unit, base) if base else None


def _of_containers(container: Quantity, quantities: Sequence[Quantity]) -> TotalDose:
    dose = _as_given(container)
    for count in of_role(quantities, QuantityRole.COUNT):
        if count.amount > 1:
            return _product(dose, number_of(count), amount_text(number_of(count), count.unit))
    for rate in of_role(quantities, QuantityRole.RATE):
        if _is_counted(rate):  # "6 cans per day", of 250 calories each
            return _of_rate(
                rate.model_copy(update={"unit": dose.unit, "amount": float(dose.amount) * rate.amount}), quantities
            )
    return dose

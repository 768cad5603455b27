"""The sentence about a code whose amount the question doesn't give: what one unit is, or why nothing can be counted."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal

from hcpcs.answers.doses.dose import amount_text, number_of, of_role
from hcpcs.answers.doses.unit_counts import Size, UnitSentences, exact_units, number_of_units, things
from hcpcs.questions.question import Quantity, QuantityRole
from hcpcs.records.billing.billing_units import NoUnitSize, UnitSize
from hcpcs.records.billing.counted_units import EACH_UNIT, CountedSize
from hcpcs.records.billing.stated_ranges import stated_range
from hcpcs.records.billing.units import Dimension, unit_of


def claim_choices(quantities: Sequence[Quantity], beside_code: float | None = None) -> tuple[Decimal, ...]:
    """The numbers of units between which a question asks ("qty 1 or 4"); none where it gives fewer than two.

    ``beside_code`` is one that is written with the code: "J3301 x 8 or x 2".
    """
    first = () if beside_code is None else (Decimal(str(beside_code)),)
    claims = tuple(dict.fromkeys((*first, *(number_of(one) for one in of_role(quantities, QuantityRole.CLAIMED)))))
    return claims if len(claims) > 1 else ()


def without_dose(
    code: str, descriptor: str, size: Size, quantities: Sequence[Quantity], claimed: Decimal | None
) -> UnitSentences:
    """What one unit is, what a number of units amounts to, or why an amount can't be converted."""
    asked = next((one for one in quantities if one.unit and not (claimed is not None and one.unit == "unit")), None)
    if isinstance(size, UnitSize):
        return _of_measure(code, size, quantities, asked, claimed)
    if size.counted is not None:
        if (times := _doses(size.counted, quantities)) is not None:
            return times._replace(head=f"{times.head.removesuffix('.')} of {code} is {times.units}.")
        if asked is not None and size.per is None:
            other = amount_text(number_of(asked), asked.unit)
            one, give = things(size.counted), _things_named(size.counted)
            return UnitSentences(f"{other} can't be converted to units of {code}: one unit is {one}. Give {give}.")
        if claimed is not None:
            total = amount_text(size.counted.number * claimed, size.counted.thing or "item")
            return UnitSentences(f"{number_of_units(claimed)} of {code} is {total}.")
        if size.per is None:
            return UnitSentences(f"One unit of {code} is {things(size.counted)}.")
    if size.per is not None:
        whatever = ", whatever the amount" if asked is not None and _is_measure(asked) else ""
        return UnitSentences(f"{code} is billed {size.per}: one unit {size.per}{whatever}.")
    if size.thing == EACH_UNIT and (asked is None or asked.unit == "unit"):
        return _of_products(code, number_of(asked) if asked and claimed is None else claimed)
    return _of_range(code, descriptor, size, asked, claimed)


def _of_products(code: str, number: Decimal | None) -> UnitSentences:
    """The billing units of a blood product, of which each unit is one: "P9016 2 units"."""
    one = f'its descriptor counts "{EACH_UNIT}"'
    if number is None:
        return UnitSentences(f"One unit of {code} is one unit of the product: {one}.")
    whole = number_of_units(number)
    return UnitSentences(f"{whole} of {code} is billed as {whole}: {one}.", units=whole, billed=number)


def _of_measure(
    code: str, size: UnitSize, quantities: Sequence[Quantity], asked: Quantity | None, claimed: Decimal | None
) -> UnitSentences:
    """What one unit is of a code that is billed by an amount, or what a number of units amounts to."""
    up_to = "up to " if size.up_to else ""
    one_unit = f"one unit is {up_to}{size.written}"
    if asked is not None:
        other = amount_text(number_of(asked), asked.unit)
        discarded = exact_units(size, number_of(asked), asked.unit) if asked.role is QuantityRole.WASTE else None
        if discarded is not None and discarded == discarded.to_integral_value():
            units = f"{number_of_units(discarded)} of {code} with modifier JW"
            return UnitSentences(f"{other} discarded is {units}, on a line of its own: {one_unit}.")
        if asked.role in {QuantityRole.CONTAINER, QuantityRole.WASTE} and _is_measure(asked):
            return UnitSentences(f"The question doesn't say how much of {code} was given: {one_unit}. Add the dose.")
        need = f". Give the amount in {size.unit.display}."
        if asked.unit == "ml" and size.unit.dimension in {Dimension.MASS, Dimension.ACTIVITY}:
            need = f". Give the amount in {size.unit.display}, or the {size.unit.display} per ml."
        elif _is_measure(asked):
            need = ", a different kind of measure."
        return UnitSentences(f"{other} can't be converted to units of {code}: {one_unit}{need}")
    if choices := claim_choices(quantities):
        totals = [
            f"{number_of_units(one)} of {code} is {amount_text(size.amount * one, size.unit.display)}"
            for one in choices
        ]
        return UnitSentences(f"{'; '.join(totals)}.")
    if claimed is not None:
        total = amount_text(size.amount * claimed, size.unit.display)
        step = f"{number_of_units(claimed)} x {size.written} per unit = {total}."
        whole = claimed.to_integral_value(ROUND_CEILING)
        billed = "" if whole == claimed else f", which is billed as {number_of_units(whole)}"
        return UnitSentences(f"{number_of_units(claimed)} of {code} is {up_to}{total}{billed}.", (step,))
    if of_role(quantities, QuantityRole.TIMES):
        give = f"To calculate the units of all doses, add the {size.unit.display} of one."
        return UnitSentences(f"One unit of {code} is {up_to}{size.written}. {give}")
    return UnitSentences(f"One unit of {code} is {up_to}{size.written}.")


def _doses(size: CountedSize, quantities: Sequence[Quantity]) -> UnitSentences | None:
    """The units of doses or items that are counted by how often they are given: "Euflexxa both knees"."""
    times = [one for one in of_role(quantities, QuantityRole.TIMES) if one.amount > 1 and not one.unit]
    if not times or size.thing not in {"dose", None} or size.number != 1:
        return None
    number = Decimal(1)
    for one in dict.fromkeys(number_of(one) for one in times):
        number *= one
    thing = amount_text(number, size.thing or "item")
    lasting = next((one for one in of_role(quantities, QuantityRole.DURATION) if one.amount > 1), None)
    said = [one.written for one in times if one.written]
    steps = (f"{thing} ({', '.join(said)}).",) if said else ()
    units = number_of_units(number)
    rest = ""
    if lasting is not None:
        of_all = number * number_of(lasting)
        period = f"once a {lasting.unit} for {amount_text(number_of(lasting), lasting.unit)}"
        rest = f"; {period}, {amount_text(of_all, size.thing or 'item')} is {number_of_units(of_all)}"
    return UnitSentences(f"{thing}.", steps, units=f"{units}{rest}", billed=number)


def _of_range(
    code: str, descriptor: str, size: NoUnitSize, asked: Quantity | None, claimed: Decimal | None
) -> UnitSentences:
    """Whether an amount is one that the code is for, where its descriptor gives a range: "greater than 100 mg"."""
    if asked is None and claimed is not None:
        return UnitSentences(f"{number_of_units(claimed)} of {code} can't be checked: its descriptor {size.why}.")
    if asked is None:
        return UnitSentences(f"The descriptor of {code} doesn't say what one unit is: it {size.why}.")
    span = stated_range(descriptor)
    inside = span.contains(number_of(asked), asked.unit) if span else None
    if span is None or inside is None:
        return UnitSentences(f"Units of {code} can't be calculated from an amount: its descriptor {size.why}.")
    amount = amount_text(number_of(asked), asked.unit)
    if not inside:
        return UnitSentences(f"{code} is for {span.written}, not for {amount}.")
    return UnitSentences(
        f"{code} is for {span.written}, so for {amount}: its descriptor states no smaller unit, so the whole amount is "
        "1 unit.",
        units=number_of_units(Decimal(1)),
        billed=Decimal(1),
    )


def _things_named(size: CountedSize) -> str:
    """What to give to have the units counted: ``the number of strips``."""
    thing = "item" if size.content or size.thing is None else size.thing
    return f"the number of {amount_text(Decimal(2), thing).partition(' ')[2]}"


def _is_measure(quantity: Quantity) -> bool:
    """Whether a quantity is a measure, such as mg, and not a count."""
    unit = unit_of(quantity.unit)
    return unit is not None and unit.divisible

"""What is discarded of the containers of a question, and the rules that Medicare has for it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal
from typing import Final, NamedTuple

from hcpcs.answers.doses.dose import TotalDose, amount_text, number_of, of_role, plain_number
from hcpcs.questions.question import Quantity, QuantityRole
from hcpcs.records.billing.billing_units import NoUnitSize, UnitSize
from hcpcs.records.billing.drug_waste import DrugWaste, Opened, drug_waste, least_opened, waste_of_opened
from hcpcs.records.billing.units import Dimension, converted

WASTE_RULE: Final = (
    "For separately payable drugs from single-dose containers Medicare requires JW on the discarded amount and, since "
    "July 1, 2023, JZ where nothing is discarded (CMS JW/JZ policy). Multi-dose vials have no billable waste."
)
GRAFT_RULE: Final = (
    "Discarded skin substitute: JW for dates of service through December 31, 2025; since January 1, 2026 Medicare pays "
    "for skin substitutes without a biologics license as supplies, takes neither JW nor JZ on them, and only the "
    "amount applied is billed (CMS, 2026 Physician Fee Schedule final rule)."
)
GRAFT_MODIFIERS: Final = (
    "since January 1, 2026, Medicare takes neither JW nor JZ on skin substitutes without a biologics license; the "
    "rules for earlier dates of service follow."
)
"""Source: Noridian, "Noridian Removes Skin Substitute Draft Policy"; CMS, 2026 Physician Fee Schedule final rule."""
_TWO_SIZES: Final = 2
_CONTAINER_DIMENSIONS: Final = frozenset(
    {Dimension.MASS, Dimension.VOLUME, Dimension.ACTIVITY, Dimension.EQUIVALENT, Dimension.RADIOACTIVITY}
)


def holds_drug(size: UnitSize | NoUnitSize) -> bool:
    """Whether a unit is an amount of a drug, of which a part can be left in its container."""
    return isinstance(size, UnitSize) and size.unit.dimension in _CONTAINER_DIMENSIONS


class OpenedContainers(NamedTuple):
    """What is discarded of the containers of a question, or why that can't be said.

    ``conflict`` is a sentence where the amounts contradict each other, ``written`` what was opened ("2 x 120 mg").
    ``chosen`` says that the question gives two sizes and no numbers, so that the least that holds the dose is counted.
    """

    waste: DrugWaste | None = None
    conflict: str = ""
    written: str = ""
    chosen: bool = False


def opened_containers(size: UnitSize, dose: TotalDose, quantities: Sequence[Quantity]) -> OpenedContainers:
    """What is discarded of the containers that the question gives, or is said to be."""
    given = converted(dose.amount, dose.unit, size.unit) if holds_drug(size) else None
    if given is None or not given:
        return OpenedContainers()
    wasted = _amounts(size, of_role(quantities, QuantityRole.WASTE))
    held = of_role(quantities, QuantityRole.CONTAINER)
    contents = _amounts(size, held) or _of_volumes(size, held, of_role(quantities, QuantityRole.RATE))
    dosed = of_role(quantities, QuantityRole.DOSE) or of_role(quantities, QuantityRole.RATE)
    if not contents or not dosed:  # "2.5 mg vial": all of it was given; "wasted 12 mg of a 100 mg vial"
        return OpenedContainers(drug_waste(given, given + wasted[0], size.amount, 1) if wasted else None)
    counts = [int(one.amount) for one in of_role(quantities, QuantityRole.COUNT)]
    taken = given + sum(wasted, Decimal(0))
    opened, chosen = _opened(taken, contents, counts)
    written = " + ".join(f"{one.number} x {_written(size, one.content)}" for one in opened)
    waste = waste_of_opened(given, opened, size.amount) if opened else None
    if not opened:
        return OpenedContainers(conflict="Which of the containers were opened isn't clear: give the number of each.")
    total = sum((one.number * one.content for one in opened), Decimal(0))
    if wasted and total != taken:
        parts = (
            f"{_written(size, given)} given and {_written(size, taken - given)} discarded are {_written(size, taken)}"
        )
        return OpenedContainers(conflict=f"{parts}, but {written} is {_written(size, total)}: check the amounts.")
    if waste is None:
        conflict = f"{_written(size, given)} is more than the containers hold ({written} is {_written(size, total)})"
        return OpenedContainers(conflict=f"{conflict}: check the amounts.")
    return OpenedContainers(waste, written=written, chosen=chosen)


def _opened(taken: Decimal, contents: Sequence[Decimal], counts: Sequence[int]) -> tuple[tuple[Opened, ...], bool]:
    """The containers that were opened, and whether they were chosen here; none where the question isn't clear."""
    if len(counts) == len(contents):
        return tuple(Opened(number, content) for number, content in zip(counts, contents, strict=True)), False
    if len(set(contents)) == 1 and len(counts) < len(contents):
        needed = int((taken / contents[0]).to_integral_value(ROUND_CEILING))
        return (Opened(counts[0] if counts else needed, contents[0]),), False
    if len(set(contents)) == _TWO_SIZES and not counts:
        return least_opened(taken, contents), True
    return (), False


def _of_volumes(size: UnitSize, held: Sequence[Quantity], rates: Sequence[Quantity]) -> list[Decimal]:
    """What containers of a volume hold of a drug whose concentration is given: 1 ml of 10 mg/ml."""
    per_ml = [amount for rate in rates if rate.per == "ml" for amount in _amounts(size, [rate])]
    volumes = [number_of(one) for one in held if one.unit == "ml"]
    return [per_ml[0] * volume for volume in volumes] if per_ml else []


def _amounts(size: UnitSize, quantities: Sequence[Quantity]) -> list[Decimal]:
    """The amounts above zero of quantities that are of the descriptor's measure, in its unit."""
    amounts = (converted(number_of(one), one.unit, size.unit) for one in quantities)
    return [one for one in amounts if one]


def _written(size: UnitSize, amount: Decimal) -> str:
    return amount_text(amount, size.unit.display)


def discarded_graft(size: UnitSize | NoUnitSize, quantities: Sequence[Quantity]) -> str:
    """What is said of a discarded part of a graft that is billed by its area; blank where none is given."""
    if not isinstance(size, UnitSize) or size.unit.dimension is not Dimension.AREA:
        return ""
    for wasted in of_role(quantities, QuantityRole.WASTE):
        if amount := converted(number_of(wasted), wasted.unit, size.unit):
            number = (amount / size.amount).to_integral_value(ROUND_CEILING)
            units = f"{plain_number(number)} {'unit' if number == 1 else 'units'}"
            return f"the {amount_text(number_of(wasted), wasted.unit)} discarded ({units}) takes JW only before 2026"
    return ""

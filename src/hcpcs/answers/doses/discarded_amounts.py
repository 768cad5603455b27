"""What is discarded of the containers of a question, and the rules that Medicare has for it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal
from typing import Final

from hcpcs.answers.doses.dose import TotalDose, amount_text, number_of, of_role, plain_number
from hcpcs.questions.question import Quantity, QuantityRole
from hcpcs.records.billing.billing_units import NoUnitSize, UnitSize
from hcpcs.records.billing.drug_waste import DrugWaste, drug_waste
from hcpcs.records.billing.units import Dimension, unit_of

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
_CONTAINER_DIMENSIONS: Final = frozenset(
    {Dimension.MASS, Dimension.VOLUME, Dimension.ACTIVITY, Dimension.EQUIVALENT, Dimension.RADIOACTIVITY}
)


def holds_drug(size: UnitSize | NoUnitSize) -> bool:
    """Whether a unit is an amount of a drug, of which a part can be left in its container."""
    return isinstance(size, UnitSize) and size.unit.dimension in _CONTAINER_DIMENSIONS


def waste_of(size: UnitSize, dose: TotalDose, quantities: Sequence[Quantity]) -> DrugWaste | None:
    """What is discarded of the containers that the question gives, or is said to be."""
    if not holds_drug(size):
        return None
    given = _in_unit_of(size, dose.amount, dose.unit)
    for wasted in of_role(quantities, QuantityRole.WASTE):
        amount = _in_unit_of(size, number_of(wasted), wasted.unit)
        if given and amount:
            return drug_waste(given, given + amount, size.amount, 1)
    if not of_role(quantities, QuantityRole.DOSE) and not of_role(quantities, QuantityRole.RATE):
        return None  # "2.5 mg vial": all of it was given
    counts = of_role(quantities, QuantityRole.COUNT)
    containers = int(counts[0].amount) if counts else None
    for container in of_role(quantities, QuantityRole.CONTAINER):
        content = _in_unit_of(size, number_of(container), container.unit)
        if given and content:
            return drug_waste(given, content, size.amount, containers) or drug_waste(given, content, size.amount)
    return None


def discarded_graft(size: UnitSize | NoUnitSize, quantities: Sequence[Quantity]) -> str:
    """What is said of a discarded part of a graft that is billed by its area; blank where none is given."""
    if not isinstance(size, UnitSize) or size.unit.dimension is not Dimension.AREA:
        return ""
    for wasted in of_role(quantities, QuantityRole.WASTE):
        if amount := _in_unit_of(size, number_of(wasted), wasted.unit):
            number = (amount / size.amount).to_integral_value(ROUND_CEILING)
            units = f"{plain_number(number)} {'unit' if number == 1 else 'units'}"
            return f"the {amount_text(number_of(wasted), wasted.unit)} discarded ({units}) takes JW only before 2026"
    return ""


def _in_unit_of(size: UnitSize, amount: Decimal, unit: str) -> Decimal | None:
    """An amount in the descriptor's unit, ``None`` for one of another measure."""
    asked = unit_of(unit)
    if asked is None or asked.dimension is not size.unit.dimension or not asked.factor or not size.unit.factor:
        return None
    return amount * asked.factor / size.unit.factor

"""Discarded drug: what is left of single-dose containers after a dose, and the units of it that are billed with JW.

Source: Medicare Claims Processing Manual, chapter 17, section 40, and CMS's JW and JZ modifier policy.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import NamedTuple


class DrugWaste(NamedTuple):
    """A dose from ``containers`` containers, in the measure of the code's unit.

    ``dose + discarded`` is all that the containers hold. ``dose_units`` are rounded up; ``discarded_units`` are only
    those that are left of the containers' own units, so that no part is billed twice.
    """

    containers: int
    dose: Decimal
    discarded: Decimal
    dose_units: int
    discarded_units: int


def drug_waste(dose: Decimal, container: Decimal, unit: Decimal, containers: int | None = None) -> DrugWaste | None:
    """What is discarded of a dose; ``None`` if the containers given hold less than it.

    All amounts are above zero and in one measure. ``containers`` is the fewest that hold the dose if not given.
    """
    needed = int((dose / container).to_integral_value(ROUND_CEILING))
    opened = needed if containers is None else containers
    if opened < needed:
        return None
    dose_units = int((dose / unit).to_integral_value(ROUND_CEILING))
    all_units = int((container * opened / unit).to_integral_value(ROUND_FLOOR))
    return DrugWaste(opened, dose, container * opened - dose, dose_units, max(0, all_units - dose_units))

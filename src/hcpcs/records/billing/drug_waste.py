"""Discarded drug: what is left of single-dose containers after a dose, and the units of it that are billed with JW.

Source: Medicare Claims Processing Manual, chapter 17, section 40, and CMS's JW and JZ modifier policy.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final, NamedTuple

MODIFIERS_OF_WASTE: Final = frozenset({"JW", "JZ"})
"""Modifiers of the discarded part of a drug, and of a drug without one."""


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


class Opened(NamedTuple):
    """A number of containers of one content."""

    number: int
    content: Decimal


MOST_CONTAINERS: Final = 100
"""Maximum containers of one content that are combined with others."""


def least_opened(dose: Decimal, contents: Sequence[Decimal]) -> tuple[Opened, ...]:
    """The containers of two contents that hold a dose with the least left over, the fewest of those that do alike.

    Empty for a dose that would take more than ``MOST_CONTAINERS`` of one of them.
    """
    large, small = max(contents), min(contents)
    most = int((dose / large).to_integral_value(ROUND_CEILING))
    if most > MOST_CONTAINERS:
        return ()
    ways = []
    for number in range(most + 1):
        rest = max(dose - number * large, Decimal(0))
        others = int((rest / small).to_integral_value(ROUND_CEILING))
        ways.append((number * large + others * small, number + others, number, others))
    _, _, number, others = min(ways)
    return tuple(one for one in (Opened(number, large), Opened(others, small)) if one.number)


def waste_of_opened(dose: Decimal, opened: Sequence[Opened], unit: Decimal) -> DrugWaste | None:
    """What is discarded of opened containers; ``None`` if they hold less than the dose. All in one measure."""
    content_of_all = sum((one.number * one.content for one in opened), Decimal(0))
    if content_of_all < dose:
        return None
    dose_units = int((dose / unit).to_integral_value(ROUND_CEILING))
    all_units = int((content_of_all / unit).to_integral_value(ROUND_FLOOR))
    number = sum(one.number for one in opened)
    return DrugWaste(number, dose, content_of_all - dose, dose_units, max(0, all_units - dose_units))


def drug_waste(dose: Decimal, container: Decimal, unit: Decimal, containers: int | None = None) -> DrugWaste | None:
    """What is discarded of a dose; ``None`` if the containers given hold less than it.

    All amounts are above zero and in one measure. ``containers`` is the fewest that hold the dose if not given.
    """
    needed = int((dose / container).to_integral_value(ROUND_CEILING))
    return waste_of_opened(dose, [Opened(needed if containers is None else containers, container)], unit)

"""Units of measure, as descriptors and questions write them."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from typing import Final, NamedTuple


class Dimension(StrEnum):
    """What an amount measures; only amounts of one dimension can be divided."""

    MASS = "mass"
    VOLUME = "volume"
    ACTIVITY = "units of activity"
    KALLIKREIN = "kallikrein inhibitor units"
    EQUIVALENT = "milliequivalents"
    RADIOACTIVITY = "radioactivity"
    ENERGY = "energy"
    TIME = "time"
    AREA = "area"


class Measure(NamedTuple):
    """A unit of measure: what it measures, and how many of the dimension's base unit it is."""

    dimension: Dimension
    factor: Decimal


_D = Dimension

MEASURES: Final[dict[str, Measure]] = {
    name: Measure(dimension, Decimal(factor))
    for dimension, factor, names in (
        (_D.MASS, "0.000001", "ng nanogram nanograms"),
        (_D.MASS, "0.001", "mcg ug µg microgram micrograms"),
        (_D.MASS, "1", "mg milligram milligrams"),
        (_D.MASS, "1000", "g gm gram grams"),
        (_D.MASS, "1000000", "kg kilogram kilograms"),
        (_D.VOLUME, "1", "ml milliliter milliliters cc"),
        (_D.VOLUME, "1000", "l liter liters"),
        (_D.ACTIVITY, "1", "unit units iu usp u"),
        (_D.KALLIKREIN, "1", "kiu"),
        (_D.EQUIVALENT, "1", "meq"),
        (_D.RADIOACTIVITY, "0.001", "microcurie microcuries uci"),
        (_D.RADIOACTIVITY, "1", "millicurie millicuries mci"),
        (_D.ENERGY, "1", "calorie calories kcal"),  # enteral formula: the dietary calorie, which is a kcal
        (_D.TIME, "1", "minute minutes min mins"),
        (_D.TIME, "60", "hour hours hr hrs"),
        (_D.AREA, "1", "sqcm"),
    )
    for name in names.split()
}
"""Every unit of measure that descriptors use and an amount can be asked in."""

_NAMES: Final = "|".join(sorted((re.escape(name) for name in MEASURES), key=len, reverse=True))

WRITTEN: Final = rf"(?:sq(?:uare)?\.?\s*(?:cm|centimeters?)|i\.u\.|(?:usp|iu)\s+units?|{_NAMES})"
"""A unit of measure as it is written, for a pattern that ignores case."""


def measure_of(unit: str) -> Measure | None:
    """The measure that a written unit names, or ``None``."""
    name = unit.lower().replace(".", "").strip()
    if name.startswith("sq"):
        return MEASURES["sqcm"]
    return MEASURES.get(name.removesuffix(" units").removesuffix(" unit"))

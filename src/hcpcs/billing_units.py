"""Billing units: how much one unit of a code is, read from its descriptor, and the arithmetic on an amount.

HCPCS drug descriptors end in the amount that one billing unit stands for ("..., 10 mg"), services in a time
("per 15 minutes") or a count ("each"). Only what the descriptor says is used; nothing is assumed.
"""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from typing import Final, NamedTuple


class Dimension(StrEnum):
    """What an amount measures; only amounts of one dimension can be divided."""

    MASS = "mass"
    VOLUME = "volume"
    ACTIVITY = "units of activity"
    MILLICURIE = "radioactivity"
    TIME = "time"
    LENGTH = "length"
    AREA = "area"
    COUNT = "count"


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
        (_D.VOLUME, "1", "ml milliliter milliliters cc"),
        (_D.VOLUME, "1000", "l liter liters"),
        (_D.ACTIVITY, "1", "unit units iu usp i.u. u"),
        (_D.ACTIVITY, "1000000", "million-units"),
        (_D.MILLICURIE, "0.001", "microcurie microcuries uci"),
        (_D.MILLICURIE, "1", "millicurie millicuries mci"),
        (_D.TIME, "1", "minute minutes min mins"),
        (_D.TIME, "60", "hour hours hr hrs"),
        (_D.AREA, "1", "sqcm"),
        (_D.COUNT, "1", "each ea"),
    )
    for name in names.split()
}
"""Every unit of measure that descriptors use and an amount can be asked in."""

_NUMBER: Final = r"(?P<amount>\d+(?:,\d{3})*(?:\.\d+)?|\.\d+)"
_NAMES: Final = "|".join(sorted((re.escape(name) for name in MEASURES), key=len, reverse=True))
_AMOUNT: Final = re.compile(
    rf"(?:^|[\s,(;]|\bper\s)(?P<per>per\s+)?{_NUMBER}\s*(?P<million>million\s+)?"
    rf"(?P<unit>sq(?:uare)?\.?\s*(?:cm|centimeters?)|{_NAMES})(?![\w/%])",
    re.IGNORECASE,
)
_UP_TO: Final = re.compile(r"\bup\s+to\s*$", re.IGNORECASE)


class UnitSize(NamedTuple):
    """What one billing unit stands for. ``written`` is how the descriptor says it; ``up_to`` that it is a cap."""

    amount: Decimal
    unit: str
    measure: Measure
    written: str
    up_to: bool


class UnitCount(NamedTuple):
    """Units for an amount: exact quotient and the next whole number."""

    exact: Decimal
    whole: int


def measure_of(unit: str) -> Measure | None:
    """The measure that a written unit names, or ``None``."""
    name = unit.lower().strip().rstrip(".")
    if name.startswith("sq"):
        name = "sqcm"
    return MEASURES.get(name)


def unit_size(descriptor: str) -> UnitSize | None:
    """What one billing unit is, by the last amount in the descriptor; ``None`` if it states none.

    A descriptor with several amounts of different dimensions ("20 mg/ml, 1 ml") is read at its end, where CMS
    puts the unit.
    """
    found = None
    for match in _AMOUNT.finditer(descriptor):
        found = match
    if found is None:
        return None
    measure = measure_of(found["unit"])
    if measure is None:
        return None
    amount = Decimal(found["amount"].replace(",", ""))
    if found["million"]:
        amount *= 1_000_000
    if not amount:
        return None
    written = descriptor[found.start("amount") : found.end("unit")]
    up_to = _UP_TO.search(descriptor[: found.start("amount")]) is not None
    return UnitSize(amount, found["unit"].lower(), measure, written, up_to)


def count_units(size: UnitSize, amount: Decimal, unit: str) -> UnitCount | None:
    """How many billing units an amount is; ``None`` if it measures something else than the descriptor."""
    measure = measure_of(unit)
    if measure is None or measure.dimension is not size.measure.dimension:
        return None
    exact = amount * measure.factor / (size.amount * size.measure.factor)
    return UnitCount(exact, int(exact.to_integral_value(ROUND_CEILING)))

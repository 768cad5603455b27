"""Codes that count things: what one billing unit is where a descriptor says "per 50 strips", "per diem" or "each"."""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, Decimal
from typing import Final, NamedTuple

from hcpcs.records.billing.units import Dimension, unit_of
from hcpcs.records.record import Frozen

MILE: Final = "mile"
EACH_UNIT: Final = "each unit"
"""What the descriptor of a blood product counts."""
PER_STATUTE_MILE: Final = "per statute mile"
"""What the descriptor of ambulance mileage counts."""
WHOLE_MILES_FROM: Final = Decimal(100)
"""Miles of a trip from which Medicare counts whole miles; below, tenths of a mile."""

DAYS_OF: Final = {"day": 1, "week": 7, "month": 30, "quarter": 90, "year": 360}
"""Days by which periods are counted and compared: DME MACs count a month's supply as 30 days."""
SUPPLIED_FOR: Final = frozenset({"week", "month"})
"""Periods of which one unit may be a supply."""
UNNAMED: Final = frozenset({"item", "each"})
"""Units of things that are counted and not named."""

# "per 50 strips", "each dressing", "per box of 100", "per statute mile", "per 10", "each".
_COUNTED: Final = re.compile(
    r"(?:per|each)\b\s*(?P<number>\d[\d,]*)?\s*(?P<what>[a-z][a-z -]*?)??(?:\s+of\s+(?P<content>\d+)\b.*)?"
    r"(?:\s-\s.*)?[ .]*",
    re.IGNORECASE,
)


class LimitPeriod(Frozen):
    """The period of a limit: a number of a unit, or any, where the question is how often: "how soon a new one"."""

    number: int = 1
    unit: str = ""

    @property
    def days(self) -> int | None:
        """The days of the period; ``None`` of any."""
        return self.number * DAYS_OF[self.unit] if self.unit else None

    @property
    def text(self) -> str:
        """``per month``, ``per 3 months``, ``over time``."""
        if not self.unit:
            return "over time"
        return f"per {self.unit}" if self.number == 1 else f"per {self.number} {self.unit}s"


class CountedSize(NamedTuple):
    """What one billing unit counts.

    ``number`` of ``thing`` make one unit ("per 50 strips"); ``thing`` is ``None`` where the descriptor doesn't name
    it ("each", "per 10"). ``content`` is how many items are in one thing ("per box of 100"), ``also`` the other thing
    that is counted alike ("per cassette or bag").
    """

    number: Decimal
    thing: str | None
    content: Decimal | None = None
    also: str | None = None


def counted_size(written: str) -> CountedSize | None:
    """What the wording of a descriptor counts; ``None`` for a thing that a question has no word for ("per lobe")."""
    match = _COUNTED.fullmatch(written.strip())
    if match is None:
        return None
    number = Decimal((match["number"] or "1").replace(",", ""))
    content = Decimal(match["content"]) if match["content"] else None
    if not match["what"]:
        return CountedSize(number, None, content) if number else None
    unit = unit_of(match["what"].split()[-1])
    if unit is None or unit.dimension is not Dimension.COUNTED or not number:
        return None
    first, _, second = match["what"].partition(" or ")
    other = unit_of(first.split()[-1]) if second else None
    return CountedSize(number, unit.display, content, None if other is None else other.display)


def count_things(size: CountedSize, amount: Decimal, unit: str) -> Decimal | None:
    """The exact units of ``amount`` things, or ``None`` where the code counts other things."""
    asked = unit_of(unit)
    if asked is None or asked.dimension is not Dimension.COUNTED:
        return None
    if asked.display in (size.thing, size.also):
        return amount / size.number
    if size.content and asked.item:
        return amount / size.content
    if size.thing is None and asked.item:
        return amount * (2 if asked.name == "pair" else 1) / size.number
    thing = unit_of(size.thing) if size.thing else None
    if asked.name == "day" and size.thing in SUPPLIED_FOR:
        return amount / (DAYS_OF[size.thing] * size.number)
    if asked.name in SUPPLIED_FOR and size.thing == "day":
        return amount * DAYS_OF[asked.name] / size.number
    if asked.name == "pair" and thing is not None and thing.item:
        return amount * 2 / size.number
    return None


def named_thing(size: CountedSize, unit: str) -> str:
    """``unit``, or for things that are not named ("2 boxes of 50") the thing that the code counts."""
    thing = unit_of(size.thing) if size.thing else None
    unnamed = unit in UNNAMED or (unit == "piece" and size.number == 1)  # "30 pieces" of "each dressing"
    return thing.display if unnamed and thing is not None and thing.item else unit


def round_miles(miles: Decimal) -> Decimal:
    """Ambulance miles as Medicare counts them: up to the next tenth below 100 miles, up to the next mile from there.

    Source: CMS, transmittal 2103 (change request 7065), for claims from January 1, 2011; Medicare Claims Processing
    Manual, chapter 15.
    """
    step = Decimal(1) if miles >= WHOLE_MILES_FROM else Decimal("0.1")
    return (miles / step).to_integral_value(ROUND_CEILING) * step

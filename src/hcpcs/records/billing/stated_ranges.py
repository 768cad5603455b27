"""Ranges of an amount that a descriptor is for: "more than one liter but no more than two liters per day"."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from hcpcs.records.billing.units import DIVISIBLE, converted, unit_of


class StatedRange(NamedTuple):
    """The amounts that a code is for, in ``unit``; ``None`` for an end that is open. ``written`` is its wording.

    ``above`` excludes and ``from_`` includes the lower end; ``below`` excludes and ``to`` includes the upper end.
    """

    unit: str
    written: str
    above: Decimal | None = None
    from_: Decimal | None = None
    below: Decimal | None = None
    to: Decimal | None = None

    def contains(self, amount: Decimal, unit: str) -> bool | None:
        """Whether an amount is in the range; ``None`` if it is of another measure."""
        stated = unit_of(self.unit)
        number = converted(amount, unit, stated) if stated else None
        if number is None:
            return None
        return (
            (self.above is None or number > self.above)
            and (self.from_ is None or number >= self.from_)
            and (self.below is None or number < self.below)
            and (self.to is None or number <= self.to)
        )


_WORDS: Final = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_NUMBER: Final = rf"(?:\d[\d,]*(?:\.\d+)?|{'|'.join(_WORDS)})"
_UNIT: Final = rf"(?:{DIVISIBLE}|days?)(?![\w/%])"
# One end of a range: "greater than 100 mg", "no more than two liters", "16 sq. in. or less".
_END: Final = re.compile(
    r"(?P<sense>(?:no |not )?(?:more|greater|less) than(?P<equal> or equal to)?)\s"
    rf"(?P<number>{_NUMBER})\s?(?P<unit>{_UNIT})"
    rf"|(?P<first>{_NUMBER})\s?(?P<of>{_UNIT})\.? or (?P<then>less|more|greater)\b",
    re.IGNORECASE,
)
# "one liter per day", beside codes for more than that.
_SINGLE: Final = re.compile(rf"(?<![\w.,])(?P<number>{_NUMBER}) (?P<unit>liters?) per day", re.IGNORECASE)
_BETWEEN_ENDS: Final = 12
"""Maximum characters between the two ends of one range: ", but "."""


def stated_range(descriptor: str) -> StatedRange | None:
    """The first range of an amount in a descriptor, or ``None``."""
    ends = [*_END.finditer(descriptor)]
    if not ends:
        single = _SINGLE.search(descriptor)
        if single is None:
            return None
        return StatedRange(single["unit"], single[0], to=_number(single["number"]))
    first, *others = ends
    second = next((one for one in others[:1] if one.start() - first.end() <= _BETWEEN_ENDS), None)
    bounds = _bound(first) | (_bound(second) if second else {})
    last = second or first
    written = descriptor[first.start() : last.end()]
    if descriptor[last.end() :].startswith(" per day"):
        written += " per day"
    return StatedRange(first["unit"] or first["of"], written, **bounds)


def _bound(end: re.Match[str]) -> dict[str, Decimal]:
    """One end as an argument of ``StatedRange``."""
    if end["first"]:
        return {"to" if end["then"].lower() == "less" else "from_": _number(end["first"])}
    sense, number = end["sense"].lower(), _number(end["number"])
    if sense.startswith(("no", "not")):
        return {"to" if "less" not in sense else "from_": number}
    if sense.startswith("less"):
        return {"to" if end["equal"] else "below": number}
    return {"from_" if end["equal"] else "above": number}


def _number(written: str) -> Decimal:
    return Decimal(_WORDS.get(written.lower(), 0)) or Decimal(written.replace(",", ""))

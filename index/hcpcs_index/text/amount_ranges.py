"""Ranges of amounts in descriptions, and the amounts that a query gives: "more than two liters", "2.5 liters".

Descriptions of one series often differ in a range only: dressings by their area, bandages and cushions by their width,
home infusion by liters a day, power wheelchairs by the patient's weight, stockings by pressure, parenteral nutrition by
grams of protein, oxygen by liters a minute. Everything here is pure: texts in, numbers out.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import partial
from typing import Final, NamedTuple


class Measure(Enum):
    """What a range or an amount measures, in one unit each."""

    AREA = "square inches"
    LENGTH = "inches"
    WEIGHT = "pounds"
    VOLUME = "liters a day"
    FLOW = "liters a minute"
    PRESSURE = "millimeters of mercury"
    PROTEIN = "grams of protein"


class AmountRange(NamedTuple):
    """The amounts from ``low`` to ``high``.

    ``above`` leaves out ``low`` itself ("more than 16 sq. in."), ``below`` leaves out ``high`` ("less than 3 inches").
    """

    measure: Measure
    low: float
    high: float
    above: bool = False
    below: bool = False

    def fits(self, asked: AmountRange) -> bool:
        """Whether an item of this range is for the amounts ``asked``: one amount, or a range of them.

        "Weight 300 to 450 lb" fits "301 to 450 pounds", because it has the highest of them and more than one amount.
        """
        if asked.measure is not self.measure:
            return False
        if asked.high == _UNBOUNDED:
            return self.low >= asked.low
        if asked.high > self.high or asked.high < self.low or (asked.high == self.low and self.above):
            return False
        if asked.high == self.high and self.below and not asked.below:
            return False
        return asked.low == asked.high or asked.high > max(self.low, asked.low)


class AmountSpan(NamedTuple):
    """The amounts that a text states, and where: ``text[start:end]`` says them."""

    amounts: AmountRange
    start: int
    end: int


HEAVY_DUTY: Final = re.compile(r"\bheavy[ -]duty\b", re.IGNORECASE)
"""What an item for a patient's weight says that states no range."""
_UNBOUNDED: Final = float("inf")
_SQUARE_CM_PER_SQUARE_INCH: Final = 6.4516
_POUNDS_PER_KG: Final = 2.20462
_NUMBER_WORDS: Final = {word: n for n, word in enumerate("one two three four five six seven eight nine ten".split(), 1)}

# The units of each measure, with how many of the measure's unit one is; longer spellings first. What stands behind a
# unit decides between liters a minute and liters, and "foot pounds" or "lbs traction" are not a weight.
_UNITS: Final[tuple[tuple[Measure, str, float], ...]] = (
    (Measure.AREA, r"(?:sq\.?|square) ?(?:in(?:ch(?:es)?)?\b\.?)", 1.0),
    (Measure.AREA, r"(?:sq\.?|square) ?(?:cm|centimeters?)\b", 1 / _SQUARE_CM_PER_SQUARE_INCH),
    (Measure.WEIGHT, r"(?:pounds?|lbs?\.?)(?![a-z])(?! traction)", 1.0),
    (Measure.WEIGHT, r"(?:kg|kgs|kilos?|kilograms?)\b", _POUNDS_PER_KG),
    (Measure.FLOW, r"(?:lpm\b|(?:l|liters?) ?(?:/|per|a) ?min(?:ute)?\b)", 1.0),
    (Measure.VOLUME, r"(?:l|liters?|litres?)\b(?! ?(?:/|per|a) ?min)", 1.0),
    (Measure.PRESSURE, r"mm ?/?hg\b", 1.0),
    (Measure.PROTEIN, r"(?:g|gm|gms|grams?)(?: of)? protein\b", 1.0),
    (Measure.LENGTH, r"(?:inch(?:es)?\b|\")", 1.0),
)
_ANY_UNIT: Final = "|".join(f"(?P<u{{0}}{n}>{pattern})" for n, (_, pattern, _) in enumerate(_UNITS))


def _amount(name: str, *, unit: str = "") -> str:
    """The pattern of a number called ``name``, with a unit behind it (``unit="?"``: or none)."""
    number = rf"(?<![\d.])(?P<{name}>\d+(?:\.\d+)?|\.\d+|(?:{'|'.join(_NUMBER_WORDS)})\b)"
    return rf"{number}[ -]?(?:{_ANY_UNIT.format(name)}){unit}"


_MORE: Final = r"(?:more than|greater than|over|above|exceeds|exceeding|>)"
_LEAST: Final = r"(?:at least|greater than or equal to|from|between|>=)"
_MOST: Final = r"(?:no more than|not more than|less than or equal to|up to and including|up to|at most|<=)"
_LESS: Final = r"(?:less than|under|below|<)"
# The ways to state a range, those with two ends first: "more than 16 sq. in. but less than or equal to 48 sq. in.",
# "301 to 450 pounds", "30-40 mmhg"; "up to and including 300 pounds", "16 sq. in. or less"; "601 pounds or more",
# "over 100 grams of protein", "exceeds 4 liters per minute"; last, a single amount: "one liter per day".
_RANGES: Final[tuple[re.Pattern[str], ...]] = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<above>{_MORE}) {_amount('low', unit='?')},? (?:but|and) "
        rf"(?:{_MOST}|(?P<below>{_LESS})) {_amount('high')}",
        rf"(?:{_LEAST} )?{_amount('low', unit='?')} ?(?:to|-|through|and) ?(?P<below>{_LESS} )?{_amount('high')}",
        rf"(?:{_MOST}|(?P<below>{_LESS})) ?{_amount('high')}",
        rf"{_amount('high')} (?:or|and) (?:less|under|smaller|below)\b",
        rf"(?:(?P<above>{_MORE})|{_LEAST}) ?{_amount('low')}",
        rf"{_amount('low')} ?(?:\+|(?:or|and) (?:more|greater|over|above|larger)\b)",
        _amount("single"),
    )
)
_DIGIT: Final = re.compile(r"\d")
_ROUGH: Final = re.compile(r"sq\b|square|pound|lbs?\b|kg|kilo|lpm|\d ?l\b|liter|litre|mm ?/?hg|protein|inch|\"")
"""What every text with one of the units has: most descriptions have none, and are not read further."""
# "4x4", "4 x 4 in", '4" x 4"', "10 by 10 cm": a size, in inches unless it is in centimeters.
_SIDES: Final = re.compile(
    r"(?<![\w.])(?P<width>\d{1,3}(?:\.\d+)?) ?(?P<unit>in(?:ch(?:es)?)?\b|\"|cm)? ?(?:x|by) ?"
    r"(?P<length>\d{1,3}(?:\.\d+)?) ?(?P<unit2>in(?:ch(?:es)?)?\b\.?|\"|cm\b)?(?![\w.])"
)


def ranges_in(description: str) -> tuple[AmountSpan, ...]:
    """The ranges that a record's long description states; single amounts count only as liters a day.

    Every other single amount is a dose or a size of a package. "One liter per day" is the smallest of its series.
    """
    text = description.lower()
    if not _ROUGH.search(text):
        return ()
    text = _without_sides(text)
    return tuple(_from_zero(span) for span in _read(text) if _is_range(span, text))


def _is_range(span: AmountSpan, text: str) -> bool:
    amounts = span.amounts
    if amounts.measure is Measure.WEIGHT and "weight" not in text[: span.start]:
        return False  # "load resistance of 1.25 to 1.34 foot pounds"
    return amounts.low != amounts.high or (amounts.measure is Measure.VOLUME and "per day" in text)


def _from_zero(span: AmountSpan) -> AmountSpan:
    single = span.amounts.low == span.amounts.high
    return span._replace(amounts=span.amounts._replace(low=0.0)) if single else span


def amounts_in(folded: str) -> tuple[AmountSpan, ...]:
    """The amounts and ranges of a folded query, in order: "350 lb", "300 to 450 lb", "4x4 in"."""
    if not _DIGIT.search(folded):
        return ()
    sides = [
        AmountSpan(AmountRange(Measure.AREA, area, area), match.start(), match.end())
        for match in _SIDES.finditer(folded)
        if (area := _area(match))
    ]
    if not _ROUGH.search(folded):
        return tuple(sides)
    return tuple(sorted([*sides, *_read(_without_sides(folded))], key=lambda span: span.start))


def _without_sides(text: str) -> str:
    """The text with sizes blanked: the "4 inches" of "4 x 4 inches" are not a length by themselves."""
    return _SIDES.sub(lambda match: " " * len(match[0]), text)


def _area(match: re.Match[str]) -> float:
    """The area of a size in square inches."""
    area = float(match["width"]) * float(match["length"])
    return area / _SQUARE_CM_PER_SQUARE_INCH if "cm" in (match["unit"], match["unit2"]) else area


def _read(text: str) -> list[AmountSpan]:
    """Every range and amount of a text, without overlaps; ways with two ends come before those with one."""
    read: list[AmountSpan] = []
    for pattern in _RANGES:
        # What was read is blanked, so that "more than 16 but less than 48" is not read again as "more than 16".
        text = pattern.sub(partial(_blank, read=read), text)
    return sorted(read, key=lambda span: span.start)


def _blank(match: re.Match[str], read: list[AmountSpan]) -> str:
    """Adds what a match states to ``read``, and gives blanks of its length."""
    stated = match.groupdict()
    single, low, high = (_value(stated, name) for name in ("single", "low", "high"))
    last = high or low or single
    if last is None:
        return match[0]
    measure, factor = last[1], last[2]
    if single is not None:
        bounds = (single[0] * factor, single[0] * factor)
    else:
        bounds = (low[0] * factor if low else 0.0, high[0] * factor if high else _UNBOUNDED)
    amounts = AmountRange(measure, *bounds, stated.get("above") is not None, stated.get("below") is not None)
    read.append(AmountSpan(amounts, match.start(), match.end()))
    return " " * len(match[0])


def _value(stated: dict[str, str | None], name: str) -> tuple[float, Measure, float] | None:
    """The number called ``name``, with the measure and factor of its unit; of the first measure if it has none."""
    written = stated.get(name)
    if written is None:
        return None
    number = float(_NUMBER_WORDS.get(written, 0) or written)
    measure, _, factor = next((unit for n, unit in enumerate(_UNITS) if stated.get(f"u{name}{n}")), _UNITS[0])
    return number, measure, factor

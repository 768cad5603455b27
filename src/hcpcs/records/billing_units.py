"""Billing units: how much one unit of a code is, read from its descriptor, and the arithmetic on an amount.

HCPCS drug descriptors end in the amount that one billing unit stands for ("..., 10 mg"), services in a time
("per 15 minutes"). A wrong unit is wrong money: only a descriptor that states one amount as the unit is counted
with. One that names several amounts, limits ("greater than 3 mg"), a strength ("10 mg/ml") or a thing ("per study
dose", "each") is said to do so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal
from typing import Final, NamedTuple

from hcpcs.records.units import WRITTEN, Dimension, Measure, measure_of

_UNIT: Final = rf"(?P<unit>{WRITTEN})(?![\w/%])"
_AMOUNT: Final = re.compile(
    rf"(?<![\w.,/^])(?P<amount>\d+(?:,\d{{3}})*(?:\.\d+)?|\.\d+)[\s-]*(?P<million>million\s+)?{_UNIT}", re.IGNORECASE
)
_ONE: Final = re.compile(rf"\bper\s+(?:factor\s+[ivx]+\s+)?(?!units?\b){_UNIT}", re.IGNORECASE)
_STRENGTH: Final = re.compile(rf"[\d.]*\d\s*{WRITTEN}\s*/\s*[\d.]*\s*{WRITTEN}(?!\w)", re.IGNORECASE)
_EQUATION: Final = re.compile(
    r"(?P<left>[^,;()]*)=\s*(?:1|one) unit\b|\b(?:1|one) unit\s*(?:=|equals\b)", re.IGNORECASE
)
_ASIDE: Final = re.compile(r"\(([^()]*)\)")
_CLAUSE: Final = re.compile(r";|(?<!\d),|,(?!\d{3}(?!\d))")
_THING: Final = re.compile(r"\s*(?P<thing>(?:per|each)\s+\S.*?|each)\s*(?:\bup\s+to\b.*)?", re.IGNORECASE)
_COUNTED: Final = re.compile(r"\b(?:per|each)\s*$", re.IGNORECASE)
_UP_TO: Final = re.compile(r"\bup\s+to\s*$", re.IGNORECASE)
_LIMIT_BEFORE: Final = re.compile(
    r"\b(?:than|over|under|within|exceeds?|exceed\s+a|to|through|first|initial|additional|approximately|typically"
    r"|every|least|of|for)\s*$|[<>=\u2264\u2265]\s*$",
    re.IGNORECASE,
)
_LIMIT_AFTER: Final = re.compile(
    r"\s*(?:(?:or|and)\s+(?:less|fewer|more|greater|longer|over)|size|per|to|beyond)\b|\s*[/-]\s*\d", re.IGNORECASE
)


class UnitSize(NamedTuple):
    """What one billing unit stands for. ``written`` is how the descriptor says it; ``up_to`` that it is a cap."""

    amount: Decimal
    unit: str
    measure: Measure
    written: str
    up_to: bool


class NoUnitSize(NamedTuple):
    """A descriptor that gives no amount to count with. ``why`` goes on from "its descriptor"."""

    why: str


class UnitCount(NamedTuple):
    """Units for an amount: exact quotient and the next whole number."""

    exact: Decimal
    whole: int


class _Stated(NamedTuple):
    """An amount as it stands: as a limit of something, counted ("per", "each"), or alone in its clause (or capped)."""

    size: UnitSize
    limit: bool
    counted: bool
    alone: bool


def unit_size(descriptor: str) -> UnitSize | NoUnitSize:
    """What one billing unit is, if the descriptor states one amount as the unit, else why it can't be counted with.

    Asides in parentheses don't count, but for an equation ("500 ml = 1 unit") and for an amount where none stands
    outside ("10mg/10mg (20mg)").
    """
    equation = _EQUATION.search(descriptor)
    if equation is not None:
        left = _amounts(equation["left"] or "")
        return left[0].size if len(left) == 1 else NoUnitSize("counts a unit in another measure")
    outside = _outside(descriptor)
    clauses = _CLAUSE.split(outside)
    stated = [amount for clause in clauses for amount in _amounts(clause)]
    thing = _thing(clauses)
    if thing is not None:
        return NoUnitSize(f'counts "{thing}", not by an amount')
    if stated:
        return _the_one_of(stated)
    total = _total(descriptor)
    if total is not None:
        return total
    strength = _STRENGTH.search(outside)
    if strength is not None:
        return NoUnitSize(f"states a strength or several amounts ({strength[0]}), and not how much one unit is")
    return NoUnitSize("states no amount that units could be counted in")


def count_units(size: UnitSize, amount: Decimal, unit: str) -> UnitCount | None:
    """How many billing units an amount is; ``None`` if it measures something else than the descriptor."""
    measure = measure_of(unit)
    if measure is None or measure.dimension is not size.measure.dimension:
        return None
    exact = amount * measure.factor / (size.amount * size.measure.factor)
    return UnitCount(exact, int(exact.to_integral_value(ROUND_CEILING)))


def _the_one_of(stated: Sequence[_Stated]) -> UnitSize | NoUnitSize:
    """The amount that is the unit: the only one, or the one that the others only cap or describe."""
    listed = ", ".join(one.size.written for one in stated)
    firm = [one for one in stated if not one.limit]
    if not firm or any(one.limit and one.size.measure.dimension is not Dimension.TIME for one in stated):
        return NoUnitSize(f"speaks of {listed}, but not as the amount of one unit")
    if len(firm) == 1:
        return _only_if_said(firm[0])
    counted = [one for one in firm if one.counted]
    if len(counted) == 1 and all(one.size.up_to for one in firm if one is not counted[0]):
        return counted[0].size
    last = firm[-1]
    if last.alone and all(one.size.measure.dimension is not last.size.measure.dimension for one in firm[:-1]):
        return last.size
    return NoUnitSize(f"names several amounts ({listed}), and not which of them is one unit")


def _only_if_said(stated: _Stated) -> UnitSize | NoUnitSize:
    """A time is the unit only where that is said: "typically 10 minutes are spent" doesn't."""
    if stated.size.measure.dimension is not Dimension.TIME or stated.counted or stated.alone:
        return stated.size
    return NoUnitSize(f"speaks of {stated.size.written}, but not as the amount of one unit")


def _amounts(clause: str) -> list[_Stated]:
    found = [*_AMOUNT.finditer(clause), *_ONE.finditer(clause)]
    return [stated for match in found if (stated := _amount(clause, match)) is not None]


def _amount(clause: str, match: re.Match[str]) -> _Stated | None:
    measure = measure_of(match["unit"])
    number = match.groupdict().get("amount")
    amount = Decimal(number.replace(",", "")) if number else Decimal(1)
    if match.groupdict().get("million"):
        amount *= 1_000_000
    if measure is None or not amount:
        return None
    before, after = clause[: match.start()], clause[match.end() :]
    up_to = _UP_TO.search(before) is not None
    limit = not up_to and (_LIMIT_BEFORE.search(before) or _LIMIT_AFTER.match(after)) is not None
    written = match[0] if number else f"1 {match['unit']}"
    return _Stated(
        size=UnitSize(amount, match["unit"].lower(), measure, written, up_to),
        limit=limit,
        counted=number is None or _COUNTED.search(before) is not None,
        alone=not after.strip() and (up_to or not before.strip()),
    )


def _thing(clauses: Sequence[str]) -> str | None:
    """What a descriptor counts by, where that is no measure: "per study dose", "each"."""
    for clause in clauses:
        match = _THING.fullmatch(clause)
        if match is not None and all(stated.size.up_to for stated in _amounts(clause)):
            return match["thing"]
    return None


def _outside(descriptor: str) -> str:
    """The descriptor without its asides in parentheses."""
    while (shorter := _ASIDE.sub(" ", descriptor)) != descriptor:
        descriptor = shorter
    return descriptor


def _total(descriptor: str) -> UnitSize | None:
    """The one amount that fills an aside: the sum of a combination, or the content of one application."""
    totals = [stated.size for aside in _ASIDE.findall(descriptor) for stated in _amounts(aside) if stated.alone]
    return totals[0] if len(totals) == 1 and totals[0].measure.dimension is not Dimension.TIME else None

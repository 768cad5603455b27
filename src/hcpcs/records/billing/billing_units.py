"""Billing units: the size of one unit of a code, read from its descriptor, and the arithmetic on an amount.

A HCPCS drug descriptor ends in the amount of one billing unit ("..., 10 mg"), a service's in a time ("per 15
minutes"). A wrong unit is wrong money, so only a descriptor that states one amount as the unit is calculated with.
One that states several amounts, a limit ("greater than 3 mg"), a strength ("10 mg/ml") or a thing ("per study dose",
"each") gives a reason instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal
from typing import Final, NamedTuple

from hcpcs.records.billing.counted_units import CountedSize, counted_size
from hcpcs.records.billing.units import DIVISIBLE, UNIT_BY_NAME, Dimension, UnitOfMeasure, converted, unit_of

_UNIT: Final = rf"(?P<unit>{DIVISIBLE})(?![\w/%])"

# "100,000 units", "0.1 mg", "3 million units"; not the 5 of "iodine-125" or of "1/5 ml".
_AMOUNT: Final = re.compile(
    rf"(?<![\w.,/^])(?P<amount>\d+(?:,\d{{3}})*(?:\.\d+)?|\.\d+)[\s-]*(?P<million>million\s+)?{_UNIT}", re.IGNORECASE
)

# One unit without a number: "per hour", "per gm", "per factor viii i.u."; "per unit" says nothing.
_ONE: Final = re.compile(rf"\bper\s+(?:factor\s+[ivx]+\s+)?(?!units?\b){_UNIT}", re.IGNORECASE)

# A strength or a combination: "10 mg/ml", "2mg/3mg".
_STRENGTH: Final = re.compile(rf"[\d.]*\d\s*{DIVISIBLE}\s*/\s*[\d.]*\s*{DIVISIBLE}(?!\w)", re.IGNORECASE)

# "(500 ml = 1 unit)", "1 unit equals 1 cubic foot".
_EQUATION: Final = re.compile(
    r"(?P<left>[^,;()]*)=\s*(?:1|one) unit\b|\b(?:1|one) unit\s*(?:=|equals\b)", re.IGNORECASE
)
# "1 month supply = 1 unit of service", "1 month's supply = 1 unit": the left side of an equation that counts a time.
_SUPPLY_OF: Final = re.compile(r"\b1 (?P<time>month|week|day)(?:'s)? supply\s*$", re.IGNORECASE)
_ASIDE: Final = re.compile(r"\(([^()]*)\)")

# The comma of "1,000 units" is part of a number and ends no clause; that of "specified,10 mg" does.
_CLAUSE: Final = re.compile(r";|(?<!\d),|,(?!\d{3}(?!\d))")
_THING: Final = re.compile(r"\s*(?P<thing>(?:per|each)\s+\S.*?|each)\s*(?:\bup\s+to\b.*)?", re.IGNORECASE)
# "Non-emergency transportation; encounter/trip": the last clause is what one unit is, without "per".
_TRIP: Final = re.compile(r"\s*encounter/trip\s*", re.IGNORECASE)
_PER: Final = re.compile(r"per\s+(?P<what>[a-z][a-z ]*?)[ .]*", re.IGNORECASE)
_COUNTED: Final = re.compile(r"\b(?:per|each)\s*$", re.IGNORECASE)
_UP_TO: Final = re.compile(r"\bup\s+to\s*$", re.IGNORECASE)

# Words that make an amount a limit or a description: "over 10 cc", "first 25 sq cm", "25 sq cm or less",
# "typically 10 minutes are spent", "<=5 mg", "10 to 51 grams".
_LIMIT_BEFORE: Final = re.compile(
    r"\b(?:than|over|under|within|exceeds?|exceed\s+a|to|through|first|initial|additional|approximately|typically"
    r"|every|least|of|for)\s*$|[<>=\u2264\u2265]\s*$",
    re.IGNORECASE,
)
# What follows such an amount: "25 sq cm or less", "10 to 51 grams", "5 mg/ml".
_LIMIT_AFTER: Final = re.compile(
    r"\s*(?:(?:or|and)\s+(?:less|fewer|more|greater|longer|over)|size|per|to|beyond)\b|\s*[/-]\s*\d", re.IGNORECASE
)

# "Ambulance waiting time (als or bls), one half (1/2) hour increments".
_HALF_HOUR: Final = re.compile(r"\bone half \(1/2\) hour\b", re.IGNORECASE)
_MINUTE: Final = UNIT_BY_NAME["min"]


class UnitSize(NamedTuple):
    """The size of one billing unit: ``amount`` of ``unit``.

    ``written`` is the descriptor's own wording of both, ``spelling`` that of the unit in lower case; ``up_to`` says
    that the amount is a cap ("up to 250 mg").
    """

    amount: Decimal
    spelling: str
    unit: UnitOfMeasure
    written: str
    up_to: bool


class NoUnitSize(NamedTuple):
    """The reason why a descriptor gives no unit to calculate with; ``why`` continues "its descriptor".

    ``per`` is what the descriptor bills by instead of an amount where it says so: ``per day``, ``per visit``;
    ``counted`` is what can be counted of it, ``thing`` the words for it in the descriptor ("each unit").
    """

    why: str
    per: str | None = None
    counted: CountedSize | None = None
    thing: str = ""


class UnitCount(NamedTuple):
    """Billing units of an amount: the exact quotient, and that rounded up to a whole number."""

    exact: Decimal
    whole: int


class _Stated(NamedTuple):
    """An amount in a descriptor, with three marks: whether it is a limit, follows "per" or "each", fills its clause."""

    size: UnitSize
    limit: bool
    counted: bool
    alone: bool


def unit_size(descriptor: str) -> UnitSize | NoUnitSize:
    """The size of one billing unit if the descriptor states exactly one, else the reason why not.

    Text in parentheses is ignored, except for an equation ("500 ml = 1 unit") and for an amount where there is none
    outside them ("10mg/10mg (20mg)").
    """
    equation = _EQUATION.search(descriptor)
    if equation is not None:
        supply = _SUPPLY_OF.search(equation["left"] or "")
        if supply is not None:
            time = supply["time"].lower()
            return NoUnitSize(f"counts a {time}'s supply", f"per {time}", CountedSize(Decimal(1), time))
        left = _amounts(equation["left"] or "")
        return left[0].size if len(left) == 1 else NoUnitSize("gives its unit in another measure")
    half_hour = _HALF_HOUR.search(descriptor)
    if half_hour is not None:
        return UnitSize(Decimal(30), "minutes", _MINUTE, half_hour[0], up_to=False)
    outside = _without_parentheses(descriptor)
    clauses = _CLAUSE.split(outside)
    stated = [amount for clause in clauses for amount in _amounts(clause)]
    thing = _thing(clauses)
    if thing is not None:
        return NoUnitSize(f'counts "{thing}", not by an amount', _billed_per(thing), counted_size(thing), thing)
    if stated:
        return _unit_among(stated)
    total = _total(descriptor)
    if total is not None:
        return total
    if _TRIP.fullmatch(clauses[-1]):
        return NoUnitSize(
            'counts "encounter/trip"', "per encounter or trip", CountedSize(Decimal(1), "trip", also="encounter")
        )
    aside = _thing(_ASIDE.findall(descriptor)[-1:])
    if aside is not None and (counted := counted_size(aside)) is not None:  # "Bls mileage (per mile)"
        return NoUnitSize(f'counts "{aside}", not by an amount', _billed_per(aside), counted, aside)
    strength = _STRENGTH.search(outside)
    if strength is not None:
        return NoUnitSize(f"gives a strength or several amounts ({strength[0]}), not the size of one unit")
    return NoUnitSize("gives no amount per unit")


def count_units(size: UnitSize, amount: Decimal, unit: str) -> UnitCount | None:
    """The billing units of an amount; ``None`` if its unit is unknown or of another dimension than the descriptor's.

    A part of a unit counts as a whole one, as Medicare rounds drug units: 102 mg of a 10 mg code are 11 units
    (Medicare Claims Processing Manual, chapter 17, section 10).
    """
    measured = converted(amount, unit, size.unit)
    if measured is None:
        return None
    exact = measured / size.amount
    return UnitCount(exact, int(exact.to_integral_value(ROUND_CEILING)))


def _unit_among(stated: Sequence[_Stated]) -> UnitSize | NoUnitSize:
    """The amount of one unit: the only one stated, or the one that the others only cap or describe."""
    listed = ", ".join(one.size.written for one in stated)
    firm = [one for one in stated if not one.limit]
    if not firm or any(one.limit and one.size.unit.dimension is not Dimension.TIME for one in stated):
        return NoUnitSize(f"mentions {listed}, but not as the size of one unit")
    if len(firm) == 1:
        return _unless_duration(firm[0])
    counted = [one for one in firm if one.counted]
    if len(counted) == 1 and all(one.size.up_to for one in firm if one is not counted[0]):
        return counted[0].size
    last = firm[-1]
    if last.alone and all(one.size.unit.dimension is not last.size.unit.dimension for one in firm[:-1]):
        return last.size
    if both := _of_both(firm):
        return both
    return NoUnitSize(f"gives several amounts ({listed}) without saying which is one unit")


def _of_both(firm: Sequence[_Stated]) -> UnitSize | None:
    """The sum of a drug's two equal parts: "betamethasone acetate 3 mg and betamethasone sodium phosphate 3 mg".

    A dose is of both together: the label of Celestone Soluspan (FDA, section 2) gives it in milligrams of
    betamethasone. Of unequal parts a dose may name one only ("44 mg" of daunorubicin and cytarabine).
    """
    if len(firm) != len(("one", "other")) or firm[0].size[:3] != firm[1].size[:3]:
        return None
    size = firm[0].size
    total = size.amount * len(firm)
    written = f"{total.normalize():f} {size.unit.display} ({' + '.join(one.size.written for one in firm)})"
    return size._replace(amount=total, written=written)


def _unless_duration(stated: _Stated) -> UnitSize | NoUnitSize:
    """The size stated; a time is the unit only after "per" or alone, not in "10 minutes are spent with the patient"."""
    if stated.size.unit.dimension is not Dimension.TIME or stated.counted or stated.alone:
        return stated.size
    return NoUnitSize(f"mentions {stated.size.written}, but not as the size of one unit")


def _amounts(clause: str) -> list[_Stated]:
    matches = [*_AMOUNT.finditer(clause), *_ONE.finditer(clause)]
    return [stated for match in matches if (stated := _amount(clause, match)) is not None]


def _amount(clause: str, match: re.Match[str]) -> _Stated | None:
    unit = unit_of(match["unit"])
    number = match.groupdict().get("amount")
    amount = Decimal(number.replace(",", "")) if number else Decimal(1)
    if match.groupdict().get("million"):
        amount *= 1_000_000
    if unit is None or not amount:
        return None
    before, after = clause[: match.start()], clause[match.end() :]
    up_to = _UP_TO.search(before) is not None
    limit = not up_to and (_LIMIT_BEFORE.search(before) or _LIMIT_AFTER.match(after)) is not None
    written = match[0] if number else f"1 {match['unit']}"
    return _Stated(
        size=UnitSize(amount, match["unit"].lower(), unit, written, up_to),
        limit=limit,
        counted=number is None or _COUNTED.search(before) is not None,
        alone=not after.strip() and (up_to or not before.strip()),
    )


def _billed_per(thing: str) -> str | None:
    """``per day`` of a descriptor that counts "per diem"; ``None`` for "each" and for a number ("per 50")."""
    match = _PER.fullmatch(thing)
    if match is None:
        return None
    return "per day" if match["what"].lower() == "diem" else f"per {match['what'].lower()}"


def _thing(clauses: Sequence[str]) -> str | None:
    """The thing that a descriptor counts by instead of a measure ("per study dose", "each"), or ``None``."""
    for clause in clauses:
        match = _THING.fullmatch(clause)
        if match is not None and all(stated.size.up_to for stated in _amounts(clause)):
            return match["thing"]
    return None


def _without_parentheses(descriptor: str) -> str:
    """The descriptor without the text in parentheses, nested ones included."""
    while (shorter := _ASIDE.sub(" ", descriptor)) != descriptor:
        descriptor = shorter
    return descriptor


def _total(descriptor: str) -> UnitSize | None:
    """The only amount that is alone in parentheses: the sum of a combination, or the content of one application."""
    totals = [stated.size for aside in _ASIDE.findall(descriptor) for stated in _amounts(aside) if stated.alone]
    return totals[0] if len(totals) == 1 and totals[0].unit.dimension is not Dimension.TIME else None

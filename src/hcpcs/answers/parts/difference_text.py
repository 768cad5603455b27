"""What differs between two editions of a companion file, in words: old and new value with unit and percent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from hcpcs.answers.facts.fact_answer import money
from hcpcs.companions.edition import EditionKind
from hcpcs.companions.storage.edition_differences import DifferenceKind, EditionDifference
from hcpcs.records.billing.areas import areas
from hcpcs.records.fields import long_date
from hcpcs.releases.record_layout import parse_date

_NAMES: Final = {
    "limit": "payment limit",
    "payment_rate": "OPPS payment rate",
    "value": "MUE",
    "adjudication": "MUE adjudication indicator",
    "status_indicator": "status indicator",
    "apc": "APC",
}
"""Names of columns that people don't know by their own."""
_RURAL: Final = " rural"
_NOT_AREAS: Final = frozenset({"", "category"})
"""What of a fee schedule of former bidding areas is not the amount of an area."""
VALUES_SHOWN: Final = 3
"""Maximum differences of one row that are listed; more of them are summed up."""
_DIRECTIONS: Final = {
    DifferenceKind.UP: "up in",
    DifferenceKind.DOWN: "down in",
    DifferenceKind.ADDED: "new in",
    DifferenceKind.GONE: "gone in",
    DifferenceKind.CHANGED: "changed in",
}


def row_name(difference: EditionDifference) -> str:
    """The code of a row with what identifies it: ``E0601-RR``, ``K0856 (from July 17, 2017)``."""
    modifiers = [part for part in difference.qualifiers if len(part) == 2]
    days = [part for part in difference.qualifiers if len(part) != 2]
    dated = f" (from {_long(days[0])})" if days else ""
    return "-".join((difference.code, *modifiers)) + dated


def row_text(differences: Sequence[EditionDifference]) -> str:
    """What differs in one row: ``payment limit $29.856 -> $31.415 per 10 MG (+5.22 percent)``.

    More than ``VALUES_SHOWN`` amounts are summed up: ``up in 34 states and territories by 2.0 to 2.1 percent``.
    """
    first = differences[0]
    if not first.what:
        return "added" if first.difference is DifferenceKind.ADDED else "no longer listed"
    if len(differences) <= VALUES_SHOWN:
        return "; ".join(map(_value_text, differences))
    by_area = [one for one in differences if _is_area(one)]
    others = [_value_text(one) for one in differences if not _is_area(one)]
    return "; ".join((*_area_texts(by_area), *others))


def _value_text(one: EditionDifference) -> str:
    percent = f" ({one.percent:+} percent)" if one.percent is not None else ""
    before, after = _value(one.before, one.unit), _value(one.after, one.unit)
    per = one.unit.partition(" ")[2]
    name = f"in {one.what.removesuffix(_RURAL)}" if _is_area(one) else _NAMES.get(one.what, one.what.replace("_", " "))
    rural = ", rural," if one.what.endswith(_RURAL) else ""
    return f"{name}{rural} {before} -> {after}{f' {per}' if one.unit.startswith('USD') and per else ''}{percent}"


def _value(text: str, unit: str) -> str:
    if text in ("", "0") and unit != "units of service":
        return "none"
    if unit.startswith("USD") and text[:1] in "0123456789.":
        return money(Decimal(text))
    return f"{text}{'%' if unit == '%' else ''}"


def _is_area(one: EditionDifference) -> bool:
    if one.edition_kind is EditionKind.FORMER_CBA:
        return one.what not in _NOT_AREAS
    return one.what.removesuffix(_RURAL) in areas()


def _area_texts(differences: Sequence[EditionDifference]) -> Iterator[str]:
    """A sum of the amounts of areas for each direction, those without and those with the rural adjustment."""
    for rural in (False, True):
        for kind, words in _DIRECTIONS.items():
            of_kind = [one for one in differences if one.difference is kind and one.what.endswith(_RURAL) is rural]
            if of_kind:
                noun = "state or territory" if len(of_kind) == 1 else "states and territories"
                if of_kind[0].edition_kind is EditionKind.FORMER_CBA:
                    noun = "former bidding area" if len(of_kind) == 1 else "former bidding areas"
                percents = [abs(one.percent) for one in of_kind if one.percent is not None]
                yield f"{'rural ' if rural else ''}{words} {len(of_kind)} {noun}{_by(percents)}"


def _by(percents: Sequence[Decimal]) -> str:
    if not percents:
        return ""
    least, most = min(percents), max(percents)
    return f" by {least} percent" if least == most else f" by {least} to {most} percent"


def _long(day: str) -> str:
    try:
        parsed = parse_date(day)
    except ValueError:
        return day
    return day if parsed is None else long_date(parsed)

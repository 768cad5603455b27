"""What differs between two editions of a kind: what was added, what is gone, and which values changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final, NamedTuple

from hcpcs.companions.edition import EditionGroup, EditionKind
from hcpcs.companions.edition_kinds import kinds_of
from hcpcs.companions.forms.fees.fee_schedule import unit_of
from hcpcs.companions.storage.packed_rows import EditionRow, PackedEdition
from hcpcs.records.record import Frozen


class DifferenceKind(StrEnum):
    """How a later edition differs from an earlier one."""

    ADDED = "added"
    GONE = "gone"
    UP = "up"
    DOWN = "down"
    CHANGED = "changed"
    """A value that is not a number changed."""


class EditionDifference(Frozen):
    """One value that two editions state differently.

    ``qualifiers`` are the cells that identify the row beside its code (modifiers, the day of a phase). ``what`` is the
    column (``limit``, ``TX``, ``TX rural``), blank for a row that only one of them has. ``percent`` is the change of a
    number, rounded to two decimals; ``unit`` that of an amount (``USD per month``) or a count, as the later edition has
    it.
    """

    edition_kind: EditionKind
    code: str
    qualifiers: tuple[str, ...] = ()
    what: str = ""
    difference: DifferenceKind
    before: str = ""
    after: str = ""
    percent: Decimal | None = None
    unit: str = ""


class _Compared(NamedTuple):
    """What identifies a row beside its key, and the columns that are compared; ``None`` for all after the identity."""

    identity: tuple[str, ...] = ()
    columns: tuple[str, ...] | None = None


_UNITS: Final = _Compared(columns=("value", "adjudication"))
_FEES: Final = frozenset({EditionKind.DMEPOS, EditionKind.PEN, EditionKind.FORMER_CBA})
"""The kinds that are fee schedules: their columns are areas, and 0 stands for no amount."""
COMPARED: Final[Mapping[EditionKind, _Compared]] = {
    EditionKind.DMEPOS: _Compared(identity=("modifier_1", "modifier_2")),
    EditionKind.PEN: _Compared(identity=("modifier_1", "modifier_2")),
    EditionKind.FORMER_CBA: _Compared(identity=("modifier_1", "modifier_2", "modifier_3")),
    EditionKind.ASP: _Compared(columns=("dosage", "limit", "coinsurance")),
    EditionKind.MUE_PRACTITIONER: _UNITS,
    EditionKind.MUE_OUTPATIENT_HOSPITAL: _UNITS,
    EditionKind.MUE_DME: _UNITS,
    EditionKind.OPPS: _Compared(columns=("status_indicator", "apc", "payment_rate")),
    EditionKind.PRIOR_AUTHORIZATION: _Compared(identity=("effective",), columns=("states",)),
    EditionKind.FACE_TO_FACE: _Compared(identity=("effective",), columns=("ended",)),
}
"""The kinds whose editions can be compared."""


def compared_kinds(group: EditionGroup) -> tuple[EditionKind, ...]:
    """The kinds of a group whose editions can be compared."""
    return tuple(kind for kind in kinds_of(group) if kind in COMPARED)


_CODED: Final = frozenset({"adjudication", "apc", "dosage", "status_indicator", "states", "category", "jurisdiction"})
"""Columns whose values are not quantities, even where they are digits."""
_AREA: Final = re.compile(r"^([A-Z]{2})(NR|R)$")
"""A column of amounts of a fee schedule: ``TXNR`` is named ``TX``, ``TXR`` ``TX rural``."""
_BLANK: Final = frozenset({"", "0"})
"""What stands for no amount in a fee schedule."""


def compare_editions(
    before: PackedEdition, after: PackedEdition, wanted: Callable[[str], bool] | None = None
) -> Iterator[EditionDifference]:
    """The differences of two editions of one kind, by code; rows that only one has come as a whole.

    Only codes that are ``wanted`` are compared, all of them by default.
    """
    kind = after.edition.kind
    compared = COMPARED[kind]
    earlier, later = (_rows(packed, compared, wanted) for packed in (before, after))
    for name in sorted(earlier.keys() | later.keys()):
        code, *rest = name
        qualifiers = tuple(cell for cell in rest if cell)
        if name not in later or name not in earlier:
            difference = DifferenceKind.GONE if name in earlier else DifferenceKind.ADDED
            yield EditionDifference(edition_kind=kind, code=code, qualifiers=qualifiers, difference=difference)
            continue
        if earlier[name] == later[name]:
            continue
        # A column that only one edition has is of an area that the other lacks.
        for column in dict.fromkeys((*later[name], *earlier[name])):
            values = earlier[name].get(column, ""), later[name].get(column, "")
            if not _same(column, *values):
                difference, percent = _difference(column, *values, zero_is_blank=kind in _FEES)
                yield EditionDifference(
                    edition_kind=kind,
                    code=code,
                    qualifiers=qualifiers,
                    what=_AREA.sub(lambda match: match[1] + (" rural" if match[2] == "R" else ""), column),
                    difference=difference,
                    before=values[0],
                    after=values[1],
                    percent=percent,
                    unit=_unit(kind, code, qualifiers, column, later[name]),
                )


def _unit(kind: EditionKind, code: str, qualifiers: tuple[str, ...], column: str, cells: Mapping[str, str]) -> str:
    """The unit of a column; blank for one that isn't a quantity."""
    if kind in _FEES:
        return "" if column in _CODED else unit_of(code, qualifiers)
    if column == "limit":
        return f"USD per {cells.get('dosage', '')}".removesuffix(" per ")
    return {"coinsurance": "%", "payment_rate": "USD", "value": "units of service"}.get(column, "")


def _rows(
    packed: PackedEdition, compared: _Compared, codes: Callable[[str], bool] | None
) -> dict[tuple[str, ...], dict[str, str]]:
    """The compared cells of each row by column, by the code and the cells that identify the row."""
    columns = packed.edition.columns
    wanted = compared.columns or tuple(sorted(set(columns) - set(compared.identity)))
    places = {column: columns.index(column) for column in wanted if column in columns}
    identity = [columns.index(column) for column in compared.identity]

    def name(row: EditionRow) -> tuple[str, ...]:
        return (row.key, *(row.cells[place] for place in identity))

    rows = (row for row in packed.walk() if codes is None or codes(row.key))
    return {name(row): {column: row.cells[place] for column, place in places.items()} for row in rows}


def _same(column: str, before: str, after: str) -> bool:
    """Whether two cells state the same: ``50.9`` and ``50.90``, or ``0`` and nothing."""
    if before == after or _BLANK.issuperset((before, after)):
        return True
    try:
        return column not in _CODED and Decimal(before) == Decimal(after)
    except InvalidOperation:
        return False


def _difference(column: str, before: str, after: str, *, zero_is_blank: bool) -> tuple[DifferenceKind, Decimal | None]:
    blank = _BLANK if zero_is_blank else frozenset({""})
    if before in blank:
        return DifferenceKind.ADDED, None
    if after in blank:
        return DifferenceKind.GONE, None
    try:
        first, second = Decimal(before), Decimal(after)
    except InvalidOperation:
        return DifferenceKind.CHANGED, None
    if column in _CODED:
        return DifferenceKind.CHANGED, None
    percent = round((second - first) / first * 100, 2) if first else None
    return (DifferenceKind.UP if second > first else DifferenceKind.DOWN), percent

"""The fee schedule of former competitive bidding areas (CBA): an amount per code and area.

Items that were bid are paid by it in the ZIP codes of these areas, and by the schedule of the state everywhere else.
CMS names an area ``Dallas, TX`` here, and ``Dallas  TX CBA`` in the list of ZIP codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from hcpcs.companions.coded_meanings import meaning_of
from hcpcs.companions.companion_form import CompanionForm, EditionBuilder, FormTable, fact_of_row
from hcpcs.companions.edition import Edition, EditionKind, Fact, FactSubject, Selection
from hcpcs.companions.forms.fees.fee_schedule import unit_of
from hcpcs.companions.qualifiers import Qualifiers
from hcpcs.companions.storage.packed_rows import EditionRow, PackedEdition

_COLUMNS: Final = ("HCPCS", "MOD", "MOD2", "CATG", "DESCRIPTION")
_MODIFIERS: Final = ("MOD", "MOD2", "MOD3")
_FIXED: Final = ("modifier_1", "modifier_2", "modifier_3", "category")
_NOT_AREAS: Final = frozenset({"HCPCS", *_MODIFIERS, "JURIS", "CATG", "CEILING", "FLOOR", "DESCRIPTION"})
_MAIL_ORDER: Final = "MAILORDER"
_SUFFIX: Final = re.compile(r"\s+CBA$")
_PUNCTUATION: Final = re.compile(r"[^A-Z]")
_STATE: Final = 2
"""Letters of the state at the end of an area's plain name."""


def is_former_area(location: str) -> bool:
    """Whether a location of the list of ZIP codes is a former bidding area: ``Dallas TX CBA``."""
    return _SUFFIX.search(location) is not None


def area_location(name: str) -> str:
    """The location of an area that is written in any form: ``Dallas TX CBA`` of ``Dallas, TX``."""
    return f"{' '.join(area_title(name).replace(',', ' ').split())} CBA"


def area_title(location: str) -> str:
    """An area as a sentence names it: ``Dallas TX`` of ``Dallas TX CBA``."""
    return _SUFFIX.sub("", location)


def has_area(edition: Edition, location: str) -> bool:
    """Whether a schedule has a column for a former bidding area."""
    plain = _plain(location)
    return not {plain, plain[:-_STATE]}.isdisjoint(edition.columns[len(_FIXED) :])


def _plain(area: str) -> str:
    return _PUNCTUATION.sub("", area_title(area).upper())


def _read(table: FormTable) -> Iterator[PackedEdition]:
    columns = [name for name in table.header.columns if name not in _NOT_AREAS]
    if any(_MAIL_ORDER in name for name in columns):
        # The national amounts of diabetic testing supplies by mail are a table of their own in the same archive.
        return
    if not columns:
        raise table.error("has no column of a former bidding area", table.header.row)
    builder = EditionBuilder(table, EditionKind.FORMER_CBA, (*_FIXED, *columns), identity=3)
    for number, cells in table.rows():
        code = table.cell(cells, "HCPCS").upper()
        if builder.admits(code, number):
            modifiers = [table.cell(cells, name).upper() for name in _MODIFIERS]
            amounts = table.amounts(cells, columns, number)
            builder.add(code, number, (*modifiers, table.cell(cells, "CATG"), *amounts))
    yield builder.finish()


FORM: Final = CompanionForm("a fee schedule of former competitive bidding areas", _COLUMNS, _read)


def former_area_facts(edition: Edition, row: EditionRow, selection: Selection) -> Iterator[Fact]:
    """The amounts of a row in each former area, or in the area that the selection names by its location."""
    *modifiers, category = row.cells[: len(_FIXED)]
    named = tuple(modifier for modifier in modifiers if modifier)
    if selection.modifiers is not None and sorted(selection.modifiers) != sorted(named):
        return
    wanted = None if selection.area is None else _plain(selection.area)
    for column, text in zip(edition.columns[len(_FIXED) :], row.cells[len(_FIXED) :], strict=True):
        if text in ("", "0") or (wanted is not None and column not in (wanted, wanted[:-_STATE])):
            continue
        qualifiers = Qualifiers(
            modifiers=named,
            category=category,
            category_meaning=meaning_of("fee_category", category),
            location=column if selection.area is None else area_title(selection.area),
        )
        yield fact_of_row(edition, row, FactSubject.AMOUNT, Decimal(text), qualifiers, unit_of(row.key, named))

"""Rural ZIP codes of the DMEPOS fee schedule, and those of former competitive bidding areas.

CMS publishes them as two files; a file that has both says which a ZIP code is in a column of locations. Workbooks lose
leading zeros: ``1223`` is 01223. A ZIP code that is not in the file has the amounts that are not rural.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hcpcs.companions.companion_form import CompanionForm, EditionBuilder, FormTable, fact_of_row
from hcpcs.companions.edition import Edition, EditionKind, Fact, FactSubject, Selection
from hcpcs.companions.edition_days import quarter_days
from hcpcs.companions.forms.fees.former_areas import area_location
from hcpcs.companions.qualifiers import Qualifiers
from hcpcs.companions.storage.packed_rows import EditionRow, PackedEdition

_COLUMNS: Final = ("STATE", "YEAR/QTR", "LOCATION")
_COLUMNS_OF_RURAL: Final = ("STATE", "YEAR/QTR")
_COLUMNS_OF_AREAS: Final = ("CBA STATE", "CBA ZIP CODE", "CBA NAME", "YEAR/QTR")
_ZIP_COLUMN: Final = "ZIPCODE"
"""How the name of the column of ZIP codes ends: ``ZIP CODE`` in 2025, ``DMEPOS RURAL ZIP CODE`` in 2026."""
LOCATION: Final = "location"
"""The column of an edition that also has the ZIP codes of former bidding areas."""
_QUARTER: Final = re.compile(r"(20\d\d)0?([1-4])")
_RURAL: Final = "RURAL"


def _read(table: FormTable) -> Iterator[PackedEdition]:
    both = table.header.find("LOCATION") is not None
    yield _read_as(table, EditionKind.RURAL_ZIP, ("STATE", "LOCATION") if both else ("STATE",))


def _read_areas(table: FormTable) -> Iterator[PackedEdition]:
    yield _read_as(table, EditionKind.CBA_ZIP, ("CBA STATE", "CBA NAME"))


def _read_as(table: FormTable, kind: EditionKind, columns: tuple[str, ...]) -> PackedEdition:
    column = next((name for name in table.header.columns if name.endswith(_ZIP_COLUMN)), None)
    if column is None:
        raise table.error("lacks the column of ZIP codes", table.header.row)
    builder = EditionBuilder(table, kind, ("state", LOCATION)[: len(columns)], identity=0)
    quarters: set[str] = set()
    for number, cells in table.rows():
        code = table.cell(cells, column)
        if not (code.isascii() and code.isdigit() and len(code) <= 5):
            raise table.error(f"{code[:20]!r} is not a ZIP code", number)
        quarters.add(table.cell(cells, "YEAR/QTR"))
        builder.add(code.zfill(5), number, [table.cell(cells, name) for name in columns])
    if len(quarters) > 1:
        raise table.error("has rows of several quarters; load one quarter per file")
    match = _QUARTER.fullmatch(quarters.pop()) if quarters else None
    return builder.finish(quarter_days(int(match[1]), int(match[2])) if match else None)


FORM: Final = CompanionForm("a list of DMEPOS rural ZIP codes", _COLUMNS, _read)
FORM_OF_RURAL: Final = CompanionForm("a list of DMEPOS rural ZIP codes", _COLUMNS_OF_RURAL, _read)
FORM_OF_AREAS: Final = CompanionForm("a list of ZIP codes of former bidding areas", _COLUMNS_OF_AREAS, _read_areas)


def zip_facts(edition: Edition, row: EditionRow, _: Selection) -> Iterator[Fact]:
    """Whether a ZIP code is rural, with its state and location; ``code`` is the ZIP code."""
    state, location = (*row.cells, _RURAL)[:2]
    if edition.kind is EditionKind.CBA_ZIP:
        location = area_location(location)
    value = "yes" if location == _RURAL else "no"
    yield fact_of_row(edition, row, FactSubject.RURAL, value, Qualifiers(state=state, location=location))

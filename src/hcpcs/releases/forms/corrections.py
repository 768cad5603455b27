"""Reads a CMS corrections file: what was corrected in a release after it had been published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from hcpcs.releases.content import Correction, Corrections
from hcpcs.releases.data_table import DataTable, Header, find_header, rows_below
from hcpcs.releases.open_file import OpenFile
from hcpcs.releases.period import period_of_names
from hcpcs.releases.record_layout import is_licensed, kind_of, parse_date

_TELLING: Final = ("CODE", "ACTION", "EFF DATE")
_ONE: Final = {
    "SHORT DESC": "short_description",
    "LONG DESC": "long_description",
    "BETOS": "betos",
    "COV": "coverage",
}
_SEVERAL: Final = {"TOS": "types_of_service", "PRICE": "pricing_indicators"}
"""Columns that hold several values with commas between them (``9,F``)."""


def is_corrections(opened: OpenFile) -> bool:
    """Whether a file is a corrections file."""
    return any(find_header(table, _TELLING) for table in opened.tables)


def read_corrections(opened: OpenFile) -> Corrections:
    """Reads the corrections, in the file's order. Raises ``ReleaseError`` that names the row."""
    source = opened.source
    tables = ((table, header) for table in opened.tables if (header := find_header(table, _TELLING)))
    found = [correction for table, header in tables for correction in _of_table(table, header)]
    if not found:
        raise source.error("corrects no code")
    period = period_of_names((*opened.names, opened.title))
    return Corrections(file=source.name, release_id=period and period.id, corrections=tuple(found))


def _of_table(table: DataTable, header: Header) -> Iterator[Correction]:
    for number, cells in rows_below(table, header):
        code, action, day = (header.cell(cells, name) for name in _TELLING)
        if kind_of(code) is None:
            raise table.source.error(f"{code[:20]!r} is not a HCPCS code", number)
        if is_licensed(code):
            continue
        try:
            effective = parse_date(day)
        except ValueError as error:
            raise table.source.error(f"{code}, EFF DATE: {error}", number) from error
        yield Correction(code=code, action=" ".join(action.split()), effective=effective, values=_values(header, cells))


def _values(header: Header, cells: Sequence[str]) -> dict[str, str | tuple[str, ...]]:
    values: dict[str, str | tuple[str, ...]] = {}
    for column, field in _ONE.items():
        if text := " ".join(header.cell(cells, column).split()):
            values[field] = text
    for column, field in _SEVERAL.items():
        if parts := tuple(part.strip() for part in header.cell(cells, column).split(",") if part.strip()):
            values[field] = parts
    return values

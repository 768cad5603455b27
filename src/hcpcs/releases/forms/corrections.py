"""Corrections files: what CMS corrected in a release after publishing it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from hcpcs.releases.content import Correction, Corrections
from hcpcs.releases.data_table import DataTable, Header, find_header, rows_below
from hcpcs.releases.open_file import OpenFile
from hcpcs.releases.period import period_of_names
from hcpcs.releases.record_layout import is_licensed, kind_of, parse_date

_COLUMNS: Final = ("CODE", "ACTION", "EFF DATE")
_SINGLE: Final = {
    "SHORT DESC": "short_description",
    "LONG DESC": "long_description",
    "BETOS": "betos",
    "COV": "coverage",
}
"""Columns with one value, and their fields in ``CodeRecord``."""
_SEVERAL: Final = {"TOS": "types_of_service", "PRICE": "pricing_indicators"}
"""Columns with several values, separated by commas (``9,F``)."""


def is_corrections(file: OpenFile) -> bool:
    """Whether a file is a corrections file."""
    return any(find_header(table, _COLUMNS) for table in file.tables)


def read_corrections(file: OpenFile) -> Corrections:
    """Reads the corrections in the file's order. Raises ``ReleaseError`` with the row."""
    tables = ((table, header) for table in file.tables if (header := find_header(table, _COLUMNS)))
    corrections = [correction for table, header in tables for correction in _rows(table, header)]
    if not corrections:
        raise file.source.error("contains no correction")
    period = period_of_names((*file.names, file.title))
    return Corrections(file=file.source.name, release_id=period and period.id, corrections=tuple(corrections))


def _rows(table: DataTable, header: Header) -> Iterator[Correction]:
    for number, cells in rows_below(table, header):
        code, action, day = (header.cell(cells, name) for name in _COLUMNS)
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
    for column, field in _SINGLE.items():
        if text := " ".join(header.cell(cells, column).split()):
            values[field] = text
    for column, field in _SEVERAL.items():
        if parts := tuple(part.strip() for part in header.cell(cells, column).split(",") if part.strip()):
            values[field] = parts
    return values

"""Corrections files: what CMS corrected in a release after publishing it.

The rows are typed by people: a day may be misspelled, as in the file of January 2019 ("01/0/12019"). Such a row is kept
without its day, and one without a code is skipped, each with a warning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from typing import Final

from hcpcs.releases.content import Correction, Corrections
from hcpcs.releases.data_table import DataTable, Header, find_header, rows_below
from hcpcs.releases.open_file import OpenFile
from hcpcs.releases.period import period_of_names
from hcpcs.releases.record_layout import FIELD_POSITIONS, is_licensed, kind_of, parse_date

_CODE: Final = ("CODE", "HCPCS/MOD CODE", "HCPCS/MOD", "HCPCS CODE", "HCPCS", "HCPC")
_ACTION: Final = "ACTION"
_DAY: Final = ("EFF DATE", "EFFECTIVE DATE", "EFF DT")
_SINGLE: Final = {
    "SHORT DESC": "short_description",
    "SHORT DESCRIPTION": "short_description",
    "LONG DESC": "long_description",
    "LONG DESCRIPTION": "long_description",
    "BETOS": "betos",
    "COV": "coverage",
    "COVERAGE": "coverage",
}
"""Columns with one value, and their fields in ``CodeRecord``: the names up to 2019, and those of 2024 on."""
_SEVERAL: Final = {"TOS": "types_of_service", "PRICE": "pricing_indicators", "PRICING": "pricing_indicators"}
"""Columns with several values, separated by commas (``9,F``)."""
_PADDED: Final = {position.field: position.width for position in FIELD_POSITIONS if position.padded}


def is_corrections(file: OpenFile) -> bool:
    """Whether a file is a corrections file."""
    return any(_header(table) for table in file.tables)


def read_corrections(file: OpenFile) -> Corrections:
    """Reads the corrections in the file's order. Raises ``ReleaseError`` if there is none."""
    warnings: list[str] = []
    tables = ((table, columns) for table in file.tables if (columns := _header(table)))
    corrections = [correction for table, columns in tables for correction in _rows(table, *columns, warnings)]
    if not corrections:
        raise file.source.error("contains no correction")
    period = period_of_names((*file.names, file.title))
    return Corrections(
        file=file.source.name,
        release_id=period and period.id,
        corrections=tuple(corrections),
        warnings=tuple(warnings),
    )


def _header(table: DataTable) -> tuple[Header, str, str] | None:
    """The header, and the names of its columns of codes and days."""
    headers = ((find_header(table, (code, _ACTION, day)), code, day) for code, day in product(_CODE, _DAY))
    return next(((header, code, day) for header, code, day in headers if header), None)


def _rows(table: DataTable, header: Header, code_name: str, day_name: str, warnings: list[str]) -> Iterator[Correction]:
    for number, cells in rows_below(table, header):
        code, action, day = (header.cell(cells, name) for name in (code_name, _ACTION, day_name))
        code = code.upper()
        if kind_of(code) is None:
            warnings.append(f"Row {number}: {code[:20]!r} is not a HCPCS code; the row was skipped.")
            continue
        if is_licensed(code):
            continue
        effective: date | None = None
        try:
            effective = parse_date(day)
        except ValueError:
            warnings.append(f"Row {number}: {code} has {day[:20]!r} for a day; the day was not taken.")
        yield Correction(code=code, action=" ".join(action.split()), effective=effective, values=_values(header, cells))


def _values(header: Header, cells: Sequence[str]) -> dict[str, str | tuple[str, ...]]:
    values: dict[str, str | tuple[str, ...]] = {}
    for column, field in _SINGLE.items():
        if text := " ".join(header.cell(cells, column).split()):
            values[field] = text
    for column, field in _SEVERAL.items():
        parts = [part.strip() for part in header.cell(cells, column).split(",") if part.strip()]
        if parts:
            width = _PADDED.get(field, 0)
            values[field] = tuple(part.zfill(width) if part.isdigit() else part for part in parts)
    return values

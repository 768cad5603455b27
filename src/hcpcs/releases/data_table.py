"""Tables as rows of strings, whether they come from a workbook (.xlsx, .xls) or from delimited text (.csv, .tsv).

Cells lose what a spreadsheet did to them: ``20201001.0`` is ``20201001``, a date cell is ``YYYYMMDD``. A column
is found by its name in the header row, wherever that stands; names are compared without case, spaces and signs.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from hcpcs.errors import ReleaseError
from hcpcs.releases.archive import is_zip, member_names, members
from hcpcs.releases.source_file import SourceFile

Row = tuple[int, Sequence[str]]
"""A row's number (1-based, as a spreadsheet or editor shows it) and its cells."""

MAX_CELLS: Final = 4_000_000
"""Ten times the largest release. A sheet is held as a full grid, so that one far cell could fill the memory."""

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD_ROWS: Final = 60
"""How far a header row is looked for; CMS writes up to 10 rows above it."""
_SIGNS: Final = re.compile(r"[^A-Z0-9]+")
_ROW_NUMBER: Final = re.compile(rb"""<(?:\w+:)?row\b[^<>]{0,500}?\br=["'](\d{1,9})""")
_COLUMN: Final = re.compile(rb"""\br=["']([A-Z]{1,3})\d""")
_BLANKS: Final = " \t\r\n\xa0\x1a"
"""What makes a cell blank; the workbook of NOC codes of 2019 ends with a control-Z."""
_DAMAGED: Final = "is a damaged workbook; download it again, or save it once more as .xlsx"


class DataTable(NamedTuple):
    """One sheet or one delimited text: ``rows`` may be walked more than once; ``height`` is for progress."""

    source: SourceFile
    name: str
    height: int
    rows: Callable[[], Iterator[Row]]
    ragged: bool
    """Whether a row may be shorter than the header because it was cut off (text), and not for blanks (sheets)."""


class Header(NamedTuple):
    """A header row found in a table: its number, and the position of each column by its plain name."""

    row: int
    columns: Mapping[str, int]

    def find(self, name: str) -> int | None:
        """The position of a column, or ``None``."""
        return self.columns.get(plain(name))

    def cell(self, cells: Sequence[str], name: str) -> str:
        """The trimmed cell of a column; blank where the table has no such column."""
        at = self.find(name)
        return cells[at].strip() if at is not None and at < len(cells) else ""


def plain(name: str) -> str:
    """A column name as it is compared: ``ADD DT``, ``add_dt`` and ``Add Dt`` are one."""
    return _SIGNS.sub("", name.upper())


def find_header(table: DataTable, names: Iterable[str]) -> Header | None:
    """The first row near the top that has every one of ``names`` among its cells.

    ``None`` too for a text whose head is no table after all.
    """
    wanted = {plain(name) for name in names}
    try:
        for number, cells in islice(table.rows(), _HEAD_ROWS):
            columns = {plain(cell): at for at, cell in reversed(list(enumerate(cells))) if cell.strip()}
            if wanted <= columns.keys():
                return Header(number, columns)
    except ReleaseError:
        return None
    return None


def rows_below(table: DataTable, header: Header) -> Iterator[Row]:
    """The rows under a header that are not blank. Raises ``ReleaseError`` for a row of text that is cut off."""
    width = max(header.columns.values()) + 1
    for number, cells in table.rows():
        if number <= header.row or not any(cell.strip(_BLANKS) for cell in cells if cell):
            continue
        if table.ragged and len(cells) < width:
            reason = f"has {len(cells)} cells where the header has {width}; the file is cut off"
            raise table.source.error(reason, number)
        yield number, cells


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a workbook of the old (.xls) or the new form (.xlsx)."""
    return data.startswith(_OLE) or "xl/workbook.xml" in member_names(data)


def tables_of_workbook(source: SourceFile) -> list[DataTable]:
    """The sheets of a workbook that hold anything.

    Raises ``ReleaseError`` for a workbook that is damaged, encrypted or far larger than any release.
    """
    if is_zip(source.data):
        for member in members(source):
            if b"sheetData" in member.data:
                _check_extent(source, member.data)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(source.data))
        sheets = [workbook.get_sheet_by_index(at) for at in range(len(workbook.sheet_names))]
    except PasswordError as error:
        raise source.error("is encrypted; save it without a password") from error
    except (CalamineError, OSError, ValueError, TypeError) as error:
        raise source.error(_DAMAGED) from error
    except BaseException as error:
        # The Rust reader's panics are no Exception; everything else goes on its way.
        if type(error).__name__ != "PanicException":
            raise
        raise source.error(_DAMAGED) from error
    return [_table_of_sheet(source, sheet) for sheet in sheets if sheet.total_height]


def _check_extent(source: SourceFile, sheet: bytes) -> None:
    """Refuses a sheet that would fill the memory as a grid, before it becomes one."""
    parts = re.split(rb"<(?:\w+:)?row\b", sheet)
    rows = max((int(number) for number in _ROW_NUMBER.findall(sheet)), default=0)
    letters = max(set(_COLUMN.findall(sheet)), key=lambda found: (len(found), found), default=b"A")
    columns = 0
    for letter in letters:
        columns = columns * 26 + letter - 64
    columns = max(columns, max(len(re.findall(rb"<(?:\w+:)?c\b", part)) for part in parts))
    if max(rows, len(parts)) * columns > MAX_CELLS:
        raise source.error(f"has a sheet of {max(rows, len(parts))} rows by {columns} columns; no release does")


def _table_of_sheet(source: SourceFile, sheet: CalamineSheet) -> DataTable:
    first = sheet.start[0] if sheet.start else 0

    def rows() -> Iterator[Row]:
        for number, cells in enumerate(sheet.iter_rows(), start=first + 1):
            yield number, [cell if isinstance(cell, str) else cell_text(cell) for cell in cells]

    return DataTable(source, sheet.name, sheet.total_height, rows, ragged=False)


def cell_text(cell: object) -> str:
    """A cell as CMS would write it: whole numbers without a point, days as ``YYYYMMDD``."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.date):
        return f"{cell.year:04}{cell.month:02}{cell.day:02}"
    return str(cell)


def tables_of_text(source: SourceFile, lines: Sequence[str]) -> list[DataTable]:
    """A text as a table delimited by tabs, and as one delimited by commas, where its head has such.

    Which of them it is shows by its header row.
    """
    head = lines[:_HEAD_ROWS]
    return [_table_of_text(source, lines, sign) for sign in "\t," if any(sign in line for line in head)]


def _table_of_text(source: SourceFile, lines: Sequence[str], delimiter: str) -> DataTable:
    def rows() -> Iterator[Row]:
        reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter)
        started = 0
        try:
            for cells in reader:
                yield started + 1, cells
                started = reader.line_num
        except csv.Error as error:
            raise source.error(f"is no table of text: {error}", started + 1) from error

    return DataTable(source, source.name, len(lines), rows, ragged=True)

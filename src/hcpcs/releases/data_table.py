"""Data tables: rows of strings from a workbook (.xlsx, .xls) or from text delimited by tabs, commas or semicolons.

Cells are restored to what CMS wrote before a spreadsheet changed them: ``20201001.0`` to ``20201001``, a date cell to
``YYYYMMDD``. A column is found by its name in the header row, whatever its position; case, spaces and punctuation of
the name don't matter.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from hcpcs.errors import ReleaseError
from hcpcs.releases.archive import is_zip, member_names, members
from hcpcs.releases.source_file import MAX_FILE_BYTES, SourceFile, printable_text

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

Row = tuple[int, Sequence[str]]
"""A row's number (1-based, as a spreadsheet or editor shows it) and its cells."""

MAX_CELLS: Final = 4_000_000
"""Maximum cells per sheet, ten times the largest release. A single far cell makes a sheet a large grid in memory."""

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEAD_ROWS: Final = 60
"""Rows or lines from the top in which a header or title is looked for. CMS writes up to 10 rows above it."""
_PUNCTUATION: Final = re.compile(r"[^A-Z0-9]+")
# The position of a row or cell in the XML of a sheet, in any spelling: <row r="12">, <c r = 'ab12'>; but not the
# namespace xmlns:r="http://..." above them.
_POSITION: Final = re.compile(rb"""[\s"']r\s*=\s*["']\s*([A-Za-z]{0,9})(\d{0,40})\s*["']""")
# A position with a character reference: <c r="&#88;FD1048576">.
_ESCAPED_POSITION: Final = re.compile(rb"""[\s"']r\s*=\s*["'][^"'<>&]{0,40}&""")
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
"""How the XML of a sheet begins in UTF-16, which no spreadsheet program writes."""
NOTE_CHARACTERS: Final = 10
"""Maximum length of the first cell of a record: a code has five characters, with modifiers ten."""
_BLANKS: Final = " \t\r\n\xa0\x1a"
"""The characters of a blank cell; the workbook of NOC codes of 2019 ends with a control-Z."""
_DAMAGED: Final = "is a damaged workbook; download it again, or save it again as .xlsx"


class DataTable(NamedTuple):
    """One sheet or one delimited text.

    ``rows`` starts a new pass over the rows each time; ``height`` is their number, for progress. ``ragged`` says that
    a row shorter than the header was cut off (a text), and doesn't just end in blanks (a sheet).
    """

    source: SourceFile
    name: str
    height: int
    rows: Callable[[], Iterator[Row]]
    ragged: bool


class Header(NamedTuple):
    """A header row: its number, and the position of each column by its plain name."""

    row: int
    columns: Mapping[str, int]

    def find(self, name: str) -> int | None:
        """The position of a column, or ``None``."""
        return self.columns.get(plain(name))

    def cell(self, cells: Sequence[str], name: str) -> str:
        """The trimmed cell of a column; blank where the table has no such column."""
        position = self.find(name)
        return cells[position].strip() if position is not None and position < len(cells) else ""


def plain(name: str) -> str:
    """A column name in the form in which names are compared: ``ADD DT``, ``add_dt`` and ``Add Dt`` are equal."""
    return _PUNCTUATION.sub("", name.upper())


def find_header(table: DataTable, names: Iterable[str]) -> Header | None:
    """The first row near the top that has all of ``names`` among its cells.

    ``None`` if there is none, or if the text is not a table.
    """
    wanted = {plain(name) for name in names}
    try:
        for number, cells in islice(table.rows(), HEAD_ROWS):
            # Reversed, so that the first of two columns of the same name counts.
            columns = {plain(cell): position for position, cell in reversed(list(enumerate(cells))) if cell.strip()}
            if wanted <= columns.keys():
                return Header(number, columns)
    except ReleaseError:
        return None
    return None


def rows_below(table: DataTable, header: Header, *, notes: bool = False) -> Iterator[Row]:
    """The rows below a header that are not blank; with ``notes``, a sentence below them is a row of one cell.

    Raises ``ReleaseError`` for a row of text that is cut off.
    """
    width = max(header.columns.values()) + 1
    for number, cells in table.rows():
        if number <= header.row:
            continue
        # The first cell of almost every row has a text, which is quicker to see than a look at all of them.
        if not (cells and cells[0].strip(_BLANKS)) and not any(cell.strip(_BLANKS) for cell in cells if cell):
            continue
        if table.ragged and len(cells) < width:
            if not (notes and _is_note(cells)):
                reason = f"has {len(cells)} cells, but the header has {width}; the file is cut off"
                raise table.source.error(reason, number)
            cells = [",".join(cells)]
        yield number, cells


def _is_note(cells: Sequence[str]) -> bool:
    """Whether a row of text is a sentence below the records, and not a record that is cut off."""
    return len(cells[0].strip(_BLANKS)) > NOTE_CHARACTERS


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are an .xls or .xlsx workbook."""
    return data.startswith(_OLE) or "xl/workbook.xml" in member_names(data)


def tables_of_workbook(source: SourceFile) -> list[DataTable]:
    """The sheets of a workbook that are not empty. Raises ``ReleaseError`` as ``open_sheets`` does."""
    return [_table_of_sheet(source, sheet) for sheet in open_sheets(source) if sheet.total_height]


def open_sheets(source: SourceFile, first: int | None = None, maximum: int = MAX_FILE_BYTES) -> list[CalamineSheet]:
    """The sheets of a workbook, or the first ``first`` of them. A part may unpack to ``maximum`` bytes.

    Raises ``ReleaseError`` for a workbook that is damaged, encrypted or too large.
    """
    # What only answers does without the reader of workbooks.
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    if is_zip(source.data):
        for member in members(source, maximum=maximum):
            if b"sheetData" in member.data or member.data.startswith(_UTF16):
                _check_extent(source, member.data)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(source.data))
        return [workbook.get_sheet_by_index(index) for index in range(len(workbook.sheet_names))[:first]]
    except PasswordError as error:
        raise source.error("is encrypted; save it without a password") from error
    except (CalamineError, OSError, ValueError, TypeError) as error:
        raise source.error(_DAMAGED) from error
    except BaseException as error:
        # A panic of the Rust reader is not an Exception; anything else is not ours to handle.
        if type(error).__name__ != "PanicException":
            raise
        raise source.error(_DAMAGED) from error


def _check_extent(source: SourceFile, sheet: bytes) -> None:
    """Raises ``ReleaseError`` for a sheet whose grid would fill the memory, before the grid is made."""
    if sheet.startswith(_UTF16) or _ESCAPED_POSITION.search(sheet):
        raise source.error(_DAMAGED)
    parts = re.split(rb"<(?:\w+:)?row\b", sheet)
    columns = max(len(re.findall(rb"<(?:\w+:)?c\b", part)) for part in parts)
    rows = len(parts)
    for letters, digits in set(_POSITION.findall(sheet)):
        column = 0
        for letter in letters.upper():
            column = column * 26 + letter - 64
        columns = max(columns, column)
        rows = max(rows, int(digits or 0))
    if rows * columns > MAX_CELLS:
        raise source.error(
            f"has a sheet of {rows:,} rows by {columns:,} columns; delete the cells far from the table, "
            "or save the table as .csv"
        )


def _table_of_sheet(source: SourceFile, sheet: CalamineSheet) -> DataTable:
    first = sheet.start[0] if sheet.start else 0

    def rows() -> Iterator[Row]:
        for number, cells in enumerate(sheet.iter_rows(), start=first + 1):
            yield number, [printable_text(cell) if isinstance(cell, str) else cell_text(cell) for cell in cells]

    return DataTable(source, sheet.name, sheet.total_height, rows, ragged=False)


def cell_text(cell: object) -> str:
    """The text of a cell as CMS writes it: whole numbers without a decimal point, dates as ``YYYYMMDD``."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.time) and cell == datetime.time.min:
        # A cell of 0 in a column of dates.
        return "0"
    if isinstance(cell, datetime.date):
        return f"{cell.year:04}{cell.month:02}{cell.day:02}"
    return str(cell)


def tables_of_text(source: SourceFile, lines: Sequence[str]) -> list[DataTable]:
    """A text as a table delimited by tabs, by commas and by semicolons, if its first lines have such delimiters.

    The header row shows later which of them it is.
    """
    head = lines[:HEAD_ROWS]
    return [_table_of_text(source, lines, delimiter) for delimiter in "\t,;" if any(delimiter in line for line in head)]


def _table_of_text(source: SourceFile, lines: Sequence[str], delimiter: str) -> DataTable:
    def rows() -> Iterator[Row]:
        reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter)
        rows_end = 0
        try:
            for cells in reader:
                yield rows_end + 1, cells
                rows_end = reader.line_num
        except csv.Error as error:
            raise source.error(f"is not a readable table: {error}", rows_end + 1) from error

    return DataTable(source, source.name, len(lines), rows, ragged=True)

"""A table of claims, row by row: its header, which columns are read, and each row with the added cells."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple

from hcpcs.answers.rendering.csv_cells import safe_cell
from hcpcs.claims.annotation import COLUMNS
from hcpcs.claims.annotator import Annotator
from hcpcs.claims.service_line import UNREADABLE, ServiceLine
from hcpcs.errors import ClaimTableError

DELIMITERS: Final = ",\t;|"
"""The marks that may be between the cells of a row, the likeliest first."""
LONGEST_LINE: Final = 1_000_000
"""Maximum characters of a line; a longer one is read in pieces, so that memory stays constant."""


class ClaimColumns(NamedTuple):
    """The names of the columns to read, ``None`` for those that the table doesn't have."""

    code: str
    day: str | None = None
    units: str | None = None
    state: str | None = None


class _Positions(NamedTuple):
    code: int
    day: int | None
    units: int | None
    state: int | None

    def line(self, cells: Sequence[str]) -> ServiceLine:
        """The service line of a row. A cell that the row is too short for is blank."""
        count = len(cells)
        code, day, units, state = self
        return ServiceLine(
            cells[code] if code < count else "",
            None if day is None else cells[day] if day < count else "",
            "" if units is None or units >= count else cells[units],
            None if state is None else cells[state] if state < count else "",
        )


Cells = Sequence[str] | None
"""The cells of a row; ``None`` for one that can't be read."""


def csv_rows(lines: Iterable[str]) -> Iterator[Cells]:
    """The rows of delimited text; the delimiter is the one that its first line has most."""
    walk = iter(lines)
    first = next(walk, "").removeprefix("\ufeff")
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(chain([first], walk), delimiter=delimiter)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield None
            continue
        if row:
            yield row


def annotate_table(rows: Iterator[Cells], columns: ClaimColumns, annotator: Annotator) -> Iterator[Sequence[str]]:
    """The header with the added columns, then every row with its cells: safe for a spreadsheet.

    The header is read before the first row is asked for. Raises ``ClaimTableError`` if it lacks a column.
    """
    header = next(rows, None)
    if header is None:
        raise ClaimTableError("the table of claims is empty; its first row must name the columns")
    positions = _find(header, columns)
    return _annotate_rows(header, rows, positions, annotator)


def _annotate_rows(
    header: Sequence[str], rows: Iterator[Cells], positions: _Positions, annotator: Annotator
) -> Iterator[Sequence[str]]:
    width = len(header)
    yield (*map(safe_cell, header), *COLUMNS)
    for cells in rows:
        if cells is None:
            yield (*[""] * width, *annotator.fail(UNREADABLE))
            continue
        # A row with more cells than the header would move the added ones; what is too much is kept in the last.
        kept = [*cells[: width - 1], " ".join(cells[width - 1 :])] if len(cells) > width else list(cells)
        kept += [""] * (width - len(kept))
        yield (*map(safe_cell, kept), *annotator.cells(positions.line(cells)))


def _find(header: Sequence[str], columns: ClaimColumns) -> _Positions:
    plain = [name.strip().lower() for name in header]

    def position(option: str, name: str | None) -> int | None:
        if name is None:
            return None
        if name.strip().lower() in plain:
            return plain.index(name.strip().lower())
        raise ClaimTableError(f"the table of claims has no column of the name given for {option}; see its first row")

    code = position("code", columns.code)
    assert code is not None
    return _Positions(
        code, position("day", columns.day), position("units", columns.units), position("state", columns.state)
    )

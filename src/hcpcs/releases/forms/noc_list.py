"""Lists of 'not otherwise classified' codes: a workbook, a delimited text, or a printed table (.prn).

Printed tables cut off descriptions. Some rows wrap: the next row repeats the code, has no date, and continues in lower
case. (A repeated code that starts a new sentence is an error in the list of 2018, and is skipped.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from hcpcs.releases.content import NocCode, NocList
from hcpcs.releases.data_table import HEAD_ROWS, DataTable, Header, find_header, plain, rows_below
from hcpcs.releases.open_file import OpenFile
from hcpcs.releases.period import period_of_names
from hcpcs.releases.record_layout import is_licensed, join_description, kind_of, parse_date
from hcpcs.releases.source_file import SourceFile

_COLUMNS: Final = ("HCPCS", "LONG DESCRIPTION", "ADD DATE", "TERM DATE")
_PRINTED_TITLE: Final = re.compile(r"\s*HCPCS\s+LONG DESCRIPTION\s+ADD DATE\s+TERM DATE\s*")
# "  A0999   Unlisted ambulance service          19870101", with a termination date after it on some rows.
_PRINTED_ROW: Final = re.compile(
    r"\s*(?P<code>[A-Z0-9]{5})\s+(?P<text>\S.*?)(?:\s+(?P<added>[0-9]{8})(?:\s+(?P<ended>[0-9]{8}))?)?\s*"
)
_MAX_PRINTED_LINE: Final = 1000
"""Maximum characters of a printed row: the pattern of a row takes long over lines that are much longer."""


class _Row(NamedTuple):
    number: int
    code: str
    text: str
    added: str
    ended: str


def is_noc_list(file: OpenFile) -> bool:
    """Whether a file is a list of 'not otherwise classified' codes."""
    return _printed_title(file.lines) is not None or any(_header(table) for table in file.tables)


def read_noc_list(file: OpenFile) -> NocList:
    """Reads a list. Raises ``ReleaseError`` with the row."""
    source = file.source
    codes: dict[str, NocCode] = {}
    former: _Row | None = None
    for row in _rows(file):
        if former is not None and row.code == former.code and not row.added:
            more = row.text if row.text[:1].islower() else ""
            former = former._replace(text=join_description((former.text, more)))
        else:
            former = row
        if not is_licensed(row.code):
            codes[row.code] = _entry(source, former)
    if not codes:
        raise source.error("lists no code")
    period = period_of_names((*file.names, file.title))
    return NocList(file=source.name, release_id=period and period.id, codes=tuple(codes.values()))


def _rows(file: OpenFile) -> Iterator[_Row]:
    if (title := _printed_title(file.lines)) is not None:
        yield from _printed_rows(file.source, file.lines, title)
        return
    for table in file.tables:
        if header := _header(table):
            for number, cells in rows_below(table, header):
                yield _Row(number, *(header.cell(cells, name) for name in _COLUMNS))


def _header(table: DataTable) -> Header | None:
    """The header of a NOC list, which has these columns and no other; a release has many more."""
    header = find_header(table, _COLUMNS)
    return header if header and set(header.columns) == {plain(name) for name in _COLUMNS} else None


def _printed_title(lines: Sequence[str]) -> int | None:
    head = enumerate(lines[:HEAD_ROWS])
    return next((index for index, line in head if _PRINTED_TITLE.fullmatch(line)), None)


def _printed_rows(source: SourceFile, lines: Sequence[str], title: int) -> Iterator[_Row]:
    for number, line in enumerate(lines[title + 1 :], start=title + 2):
        if not line.strip():
            continue
        match = _PRINTED_ROW.fullmatch(line.strip()) if len(line) < _MAX_PRINTED_LINE else None
        if match is None:
            raise source.error("is not a row of a NOC list (code, description, dates)", number)
        yield _Row(number, match["code"], match["text"], match["added"] or "", match["ended"] or "")


def _entry(source: SourceFile, row: _Row) -> NocCode:
    if kind_of(row.code) is None:
        raise source.error(f"{row.code[:20]!r} is not a HCPCS code", row.number)
    try:
        added, ended = parse_date(row.added), parse_date(row.ended)
    except ValueError as error:
        raise source.error(f"{row.code}: {error}", row.number) from error
    description = join_description((row.text,))
    return NocCode(code=row.code, description=description, added_date=added, termination_date=ended)

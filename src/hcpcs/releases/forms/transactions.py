"""Transaction reports: what CMS says it did to each code in a release (.xlsx, or printed as .prn).

They are not releases. Their words for an action differ by year and are cut off in print ("Long Description Chan"), so
they are recognized by their beginnings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from hcpcs.releases.content import Transactions
from hcpcs.releases.data_table import HEAD_ROWS, DataTable, Header, find_header, rows_below
from hcpcs.releases.open_file import OpenFile
from hcpcs.releases.period import period_of_names
from hcpcs.releases.record_layout import is_licensed
from hcpcs.releases.source_file import SourceFile

ACTIONS: Final = (
    ("coverage & long", "B"),
    ("coverage and long", "B"),
    ("coverage change", "F"),
    ("long description", "C"),
    ("short description", "S"),
    ("payment change", "P"),
    ("misc", "T"),
    ("re-activated", "R"),
    ("discontinued", "D"),
    ("no change", "N"),
    ("add", "A"),
)
"""The beginnings of the words for an action, lower case, each with the action code of the record."""

_HEADERS: Final = (
    ("HCPCS/MODIFIER CODE", "TYPE OF CHANGE"),
    ("HCPCS/MOD", "TYPE OF CHANGE"),
    ("HCPC/MOD", "ACTION CD"),
    # From July 2020 on. A release has these columns, too, and is recognized before a report.
    ("HCPC", "ACTION CD"),
    ("HCPC", "TYPE OF CHANGE"),
)
# "HCPCS/MOD   TYPE OF CHANGE", "HCPCS/MODIFIER CODE   TYPE OF CHANGE" or "HCPC/MOD   ACTION CD".
_PRINTED_TITLE: Final = re.compile(r"\s*HCPCS?/MOD(?:IFIER CODE)?\s*(?:TYPE OF CHANGE|ACTION CD)\b.*", re.IGNORECASE)
# A code, at least two spaces, and the action: "G0008     N", "AA  A". CPT codes are in the reports, too.
_PRINTED_ROW: Final = re.compile(r"\s*(?P<code>[A-Z][0-9]{4}|[A-Z0-9]{2}|[0-9]{4}[0-9A-Z])\s{2,}(?P<action>\S.*)")


def is_transactions(file: OpenFile) -> bool:
    """Whether a file is a transaction report."""
    return _printed_title(file.lines) is not None or any(_header(table) for table in file.tables)


def read_transactions(file: OpenFile) -> Transactions:
    """Reads a report, whose sheets list the same codes in different orders.

    Raises ``UnrecognizedFileError`` with the row: a report is never loaded, so that nothing is lost.
    """
    source = file.source
    actions: dict[str, str] = {}
    for number, code, words in _rows(file):
        action = next((letter for start, letter in ACTIONS if words.lower().startswith(start)), None)
        if action is None:
            reason = f"is a transaction report with the unknown action {words[:30]!r} of {code[:20]!r}"
            raise source.unrecognized(reason, number)
        if actions.setdefault(code, action) != action:
            raise source.unrecognized(f"is a transaction report with two different actions of {code}", number)
    if not actions:
        raise source.unrecognized("is a transaction report that lists no code")
    period = period_of_names(file.names)
    stated = {code: action for code, action in actions.items() if not is_licensed(code)}
    return Transactions(file=source.name, release_id=period and period.id, actions=stated)


def _rows(file: OpenFile) -> Iterator[tuple[int, str, str]]:
    """The row number, code and words for the action of each row."""
    if (title := _printed_title(file.lines)) is not None:
        yield from _printed_rows(file.source, file.lines, title)
        return
    for table in file.tables:
        if columns := _header(table):
            header, code, action = columns
            for number, cells in rows_below(table, header):
                yield number, header.cell(cells, code), header.cell(cells, action)


def _header(table: DataTable) -> tuple[Header, str, str] | None:
    """The header of a report, and the names of its columns of codes and actions."""
    headers = ((find_header(table, names), *names) for names in _HEADERS)
    return next(((header, code, action) for header, code, action in headers if header), None)


def _printed_title(lines: Sequence[str]) -> int | None:
    head = enumerate(lines[:HEAD_ROWS])
    return next((index for index, line in head if _PRINTED_TITLE.fullmatch(line)), None)


def _printed_rows(source: SourceFile, lines: Sequence[str], title: int) -> Iterator[tuple[int, str, str]]:
    for number, line in enumerate(lines[title + 1 :], start=title + 2):
        if not line.strip():
            continue
        match = _PRINTED_ROW.fullmatch(line)
        if match is None:
            raise source.unrecognized("is not a row of a transaction report (code, action)", number)
        yield number, match["code"], match["action"].strip()

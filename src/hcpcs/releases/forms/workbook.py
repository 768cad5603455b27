"""Releases as tables with CMS's column names: .xlsx, .xls or .csv.

One row per code. A row with record id 4 or 8 continues a description, as for G0503 in several releases: it is merged
into the row above, without its blanks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from hcpcs.releases.content import Progress
from hcpcs.releases.data_table import DataTable, Header, Row, find_header, rows_below
from hcpcs.releases.record_collector import RecordCollector, RecordDraft
from hcpcs.releases.record_layout import (
    CODE,
    FIELD_POSITIONS,
    FIRST_LINES,
    KIND_OF_RECORD_ID,
    LONG_DESCRIPTION,
    RECORD_ID,
    kind_of,
)

_CODE: Final = CODE.columns[0]
_TEXT: Final = LONG_DESCRIPTION.columns[0]
_RECORD_ID: Final = RECORD_ID.columns[0]
_HEADER: Final = (_CODE, _TEXT, "SHORT DESCRIPTION")
_ACTION: Final = "ACTION CD"
_DETAILS: Final = tuple(
    name
    for position in FIELD_POSITIONS
    for name in position.columns
    if position.field not in ("short_description", "action_code")
)
"""The columns of a release that a transaction report lacks."""
_REPORT_EVERY: Final = 500
"""Rows between two calls of ``progress``."""

Columns = Sequence[tuple[str, Sequence[int]]]
"""The fields of a record, each with the positions of its columns."""


def is_release_table(table: DataTable) -> bool:
    """Whether a table has the header of a release: a transaction report has codes, actions and descriptions only."""
    header = find_header(table, _HEADER)
    if header is None:
        return False
    return header.find(_ACTION) is None or any(header.find(name) is not None for name in _DETAILS)


def read_table(table: DataTable, progress: Progress) -> RecordCollector:
    """Reads the records of a table. Raises ``ReleaseError`` with the row."""
    source = table.source
    header = find_header(table, _HEADER)
    if header is None:
        raise source.error(f"has no header row with {', '.join(_HEADER)}")
    columns = _columns(table, header)
    collector = RecordCollector(source)
    draft: RecordDraft | None = None
    for row in rows_below(table, header):
        if row[0] % _REPORT_EVERY == 0:
            progress(row[0], table.height)
        new = _draft(table, header, columns, row)
        if header.cell(row[1], _RECORD_ID) in ("", *FIRST_LINES):
            if draft is not None:
                collector.add(draft)
            draft = new
        elif draft is None or new.code != draft.code:
            raise source.error(f"continues {new.code}, but its first row is missing", row[0])
        else:
            draft.pieces.extend(new.pieces)
            draft.raw = _merged(draft.raw, new.raw)
    if draft is not None:
        collector.add(draft)
    progress(table.height, table.height)
    return collector


def _columns(table: DataTable, header: Header) -> Columns:
    missing = [name for position in FIELD_POSITIONS for name in position.columns if header.find(name) is None]
    if missing:
        named = ", ".join(missing[:5]) + (" ..." if len(missing) > 5 else "")
        raise table.source.error(f"lacks the columns {named} of a CMS release", header.row)
    return [
        (position.field, [index for name in position.columns if (index := header.find(name)) is not None])
        for position in FIELD_POSITIONS
    ]


def _draft(table: DataTable, header: Header, columns: Columns, row: Row) -> RecordDraft:
    number, cells = row
    code = header.cell(cells, _CODE)
    record_id = header.cell(cells, _RECORD_ID)
    kind = KIND_OF_RECORD_ID.get(record_id) if record_id else kind_of(code)
    if kind is None:
        reason = f"has the unknown record id {record_id[:20]!r}" if record_id else f"{code[:20]!r} is not a HCPCS code"
        raise table.source.error(reason, number)
    raw = {field: [cells[index] for index in indexes] for field, indexes in columns}
    return RecordDraft(code, kind, number, [header.cell(cells, _TEXT)], raw)


def _merged(former: Mapping[str, Sequence[str]], more: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """The raw fields of a row, with its blanks filled from the row that continues it."""
    return {
        field: [value if value.strip() else other for value, other in zip(values, more[field], strict=True)]
        for field, values in former.items()
    }

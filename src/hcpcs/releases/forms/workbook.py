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
_OTHER_CODE: Final = "HCPCS"
"""The name of the column of codes in tables that others saved."""
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
    header = _header(table)
    if header is None:
        return False
    return header.find(_ACTION) is None or _has_details(header)


def read_table(table: DataTable, progress: Progress) -> RecordCollector:
    """Reads the records of a table. Raises ``ReleaseError`` with the row."""
    source = table.source
    header = _header(table)
    if header is None:
        raise source.error(f"has no header row with {', '.join(_HEADER)}")
    columns = _columns(table, header)
    collector = RecordCollector(source)
    draft: RecordDraft | None = None
    for row in rows_below(table, header, notes=True):
        if _is_note(header, row[1]):
            collector.skip_note()
            continue
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


def _header(table: DataTable) -> Header | None:
    """The header of a release, its column of codes named as CMS does."""
    if header := find_header(table, _HEADER):
        return header
    # Other files have these columns, too, but not the details of a release.
    header = find_header(table, (_OTHER_CODE, *_HEADER[1:]))
    if header is None or not _has_details(header):
        return None
    return Header(header.row, {**header.columns, _CODE: header.columns[_OTHER_CODE]})


def _has_details(header: Header) -> bool:
    return any(header.find(name) is not None for name in _DETAILS)


def _is_note(header: Header, cells: Sequence[str]) -> bool:
    """Whether a row has one cell only, and no code in it: a note of CMS, or of who saved the file."""
    return kind_of(header.cell(cells, _CODE).upper()) is None and sum(bool(cell.strip()) for cell in cells) == 1


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
    code = header.cell(cells, _CODE).upper()
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

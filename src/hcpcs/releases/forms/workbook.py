"""Reads a release from a table with the CMS column names, be it .xlsx, .xls or .csv.

One row a code. A row with record id 4 or 8 carries the rest of a description (G0503 stands so in several
releases): it is merged into the row above, its blanks overwrite nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from hcpcs.releases.content import Progress
from hcpcs.releases.data_table import DataTable, Header, Row, find_header, rows_below
from hcpcs.releases.record_collector import RecordCollector, RecordDraft
from hcpcs.releases.record_layout import (
    CODE,
    FIRST_LINES,
    KIND_OF_RECORD_ID,
    LONG_DESCRIPTION,
    PLACES,
    RECORD_ID,
    kind_of,
)

_CODE: Final = CODE.columns[0]
_TEXT: Final = LONG_DESCRIPTION.columns[0]
_RECORD_ID: Final = RECORD_ID.columns[0]
_TELLING: Final = (_CODE, _TEXT, "SHORT DESCRIPTION")
_REPORT_EVERY: Final = 500

Columns = Sequence[tuple[str, Sequence[int]]]


def is_release_table(table: DataTable) -> bool:
    """Whether the table's header is that of a release."""
    return find_header(table, _TELLING) is not None


def read_table(table: DataTable, progress: Progress) -> RecordCollector:
    """Reads the records of a table. Raises ``ReleaseError`` that names the row."""
    source = table.source
    header = find_header(table, _TELLING)
    if header is None:
        raise source.error(f"has no header row with {', '.join(_TELLING)}")
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
            raise source.error(f"more text of {new.code}, whose first row is missing", row[0])
        else:
            draft.pieces.extend(new.pieces)
            draft.raw = _merged(draft.raw, new.raw)
    if draft is not None:
        collector.add(draft)
    progress(table.height, table.height)
    return collector


def _columns(table: DataTable, header: Header) -> Columns:
    missing = [name for place in PLACES for name in place.columns if header.find(name) is None]
    if missing:
        named = ", ".join(missing[:5]) + (" ..." if len(missing) > 5 else "")
        raise table.source.error(f"lacks the columns {named} of a CMS release", header.row)
    return [(place.field, [at for name in place.columns if (at := header.find(name)) is not None]) for place in PLACES]


def _draft(table: DataTable, header: Header, columns: Columns, row: Row) -> RecordDraft:
    number, cells = row
    code = header.cell(cells, _CODE)
    record_id = header.cell(cells, _RECORD_ID)
    kind = KIND_OF_RECORD_ID.get(record_id) if record_id else kind_of(code)
    if kind is None:
        named = f"record id {record_id[:20]!r}" if record_id else f"{code[:20]!r}"
        raise table.source.error(f"{named} is of no HCPCS record", number)
    raw = {field: [cells[at] for at in places] for field, places in columns}
    return RecordDraft(code, kind, number, [header.cell(cells, _TEXT)], raw)


def _merged(former: Mapping[str, Sequence[str]], more: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    return {
        field: [value if value.strip() else other for value, other in zip(values, more[field], strict=True)]
        for field, values in former.items()
    }

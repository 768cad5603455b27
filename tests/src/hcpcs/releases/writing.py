"""Writes records in the forms that CMS publishes, so that tests can read them back."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from hcpcs.records.fields import cms_date
from hcpcs.records.record import CodeRecord, RecordKind
from hcpcs.releases.record_layout import (
    CODE,
    FIELD_POSITIONS,
    LONG_DESCRIPTION,
    RECORD_ID,
    FieldPosition,
)

SEQUENCE = FieldPosition("sequence", 6, 5, ("SEQNUM",))
RECORD_WIDTH = 320
COLUMNS = [
    name for position in (CODE, SEQUENCE, RECORD_ID, LONG_DESCRIPTION, *FIELD_POSITIONS) for name in position.columns
]


def a_record(code: str = "E0601", **changes: object) -> CodeRecord:
    """A record with something in every kind of field."""
    values: dict[str, object] = {
        "kind": RecordKind.PROCEDURE if len(code) == 5 else RecordKind.MODIFIER,
        "long_description": "Continuous positive airway pressure (cpap) device",
        "short_description": "Cont airway pressure device",
        "pricing_indicators": ("36",),
        "multiple_pricing_indicator": "A",
        "coverage": "D",
        "betos": "D1E",
        "types_of_service": ("A", "P", "R"),
        "anesthesia_base_units": 0,
        "added_date": date(1987, 1, 1),
        "action_effective_date": date(1996, 1, 1),
        "action_code": "N",
        **changes,
    }
    return CodeRecord.model_validate({"code": code, **values})


def strings(position: FieldPosition, record: CodeRecord) -> list[str]:
    """A field's raw strings, as many as it has columns."""
    value = getattr(record, position.field)
    if isinstance(value, tuple):
        return [*value, *[""] * (len(position.columns) - len(value))]
    if isinstance(value, int):
        return [f"{value:>3}"]
    return [cms_date(value) if isinstance(value, date) else value or ""]


def pieces(text: str, width: int = 80) -> list[str]:
    """A description broken at spaces into pieces of at most ``width`` characters, as CMS does."""
    lines = [""]
    for word in text.split(" "):
        if len(lines[-1]) + len(word) + 1 > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def fixed_lines(record: CodeRecord, *, width: int = RECORD_WIDTH, more_width: int = 91) -> list[str]:
    """The lines of a record in the fixed-width form."""
    first, more = ("3", "4") if record.kind is RecordKind.PROCEDURE else ("7", "8")
    lines = []
    for at, piece in enumerate(pieces(record.long_description), start=1):
        line = [" "] * RECORD_WIDTH
        line[:11] = f"{record.code:>5}{at * 100:05}{first if at == 1 else more}"
        line[11:91] = f"{piece:80}"
        for position in FIELD_POSITIONS if at == 1 else ():
            for part, text in zip(position.slices, strings(position, record), strict=True):
                line[part] = f"{text:{position.width}}"
        lines.append("".join(line)[: width if at == 1 else more_width])
    return lines


def fixed_text(*records: CodeRecord, head: Sequence[str] = (), **widths: int) -> bytes:
    """A release in the fixed-width form."""
    lines = [*head, *(line for record in records for line in fixed_lines(record, **widths))]
    return "".join(f"{line}\r\n" for line in lines).encode("cp1252")


def row(record: CodeRecord) -> list[str]:
    """A record as a row of a workbook."""
    first = "3" if record.kind is RecordKind.PROCEDURE else "7"
    cells = [f"{record.code:>5}", "0010", first, record.long_description]
    return cells + [text for position in FIELD_POSITIONS for text in strings(position, record)]


def csv_text(*rows: Sequence[str], header: Sequence[str] = COLUMNS) -> bytes:
    """A release as a delimited text."""
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue().encode()


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """A zip of files by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def put(folder: Path, name: str, data: bytes) -> Path:
    """A file with these bytes."""
    path = folder / name
    path.write_bytes(data)
    return path

"""CMS's fixed-width text: disclaimers, then one line per record and one for each further piece of its description.

A record's first line (record id 3 or 7) has 320 characters, in some files 293; lines that continue the description
(4 or 8) have 91 to 320. Sequence numbers count the lines of a code in hundreds; a gap is an error, since a piece of the
description is missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from hcpcs.releases.content import Progress
from hcpcs.releases.record_collector import RecordCollector, RecordDraft
from hcpcs.releases.record_layout import (
    DETAIL_WIDTH,
    FIELD_POSITIONS,
    FIRST_LINES,
    KIND_OF_RECORD_ID,
    LONG_DESCRIPTION,
)
from hcpcs.releases.source_file import SourceFile

# "E06010010031" is code E0601, sequence 00100, record id 3; "   RR001007" a modifier; CPT codes are recognized, too.
_RECORD: Final = re.compile(
    r"(?P<code>[A-Z][0-9]{4}| {3}[A-Z0-9]{2}|[0-9]{4}[0-9A-Z])(?P<sequence>[0-9]{5})(?P<id>[3478])"
)
_DISCLAIMER_LINES: Final = 200
"""Lines from the top in which the first record is looked for. CMS writes up to 11 lines above it."""
_SLICES: Final = tuple((position.field, position.slices) for position in FIELD_POSITIONS)
_TEXT: Final = LONG_DESCRIPTION.slices[0]
_STEP: Final = 100
"""Difference of the sequence numbers of neighboring lines."""
_REPORT_EVERY: Final = 500
"""Lines between two calls of ``progress``."""


def is_fixed_width(lines: Sequence[str]) -> bool:
    """Whether a text has this form: it starts with a record line, or has one below its disclaimer."""
    return _first_record(lines) is not None


def _first_record(lines: Sequence[str]) -> int | None:
    head = enumerate(lines[:_DISCLAIMER_LINES])
    return next((index for index, line in head if _RECORD.match(line)), None)


def read_fixed_width(source: SourceFile, lines: Sequence[str], progress: Progress) -> RecordCollector:
    """Reads the records of a fixed-width text. Raises ``ReleaseError`` with the line."""
    first = _first_record(lines)
    if first is None:
        raise source.error("contains no record in CMS's fixed-width form")
    collector = RecordCollector(source)
    draft: RecordDraft | None = None
    sequence = 0
    for number, line in enumerate(lines[first:], start=first + 1):
        if number % _REPORT_EVERY == 0:
            progress(number, len(lines))
        if not line.strip():
            continue
        match = _RECORD.match(line)
        if match is None:
            raise source.error("is not a record line (code, sequence number, record id)", number)
        code = match["code"].strip()
        if match["id"] in FIRST_LINES:
            if draft is not None:
                collector.add(draft)
            draft = _start(source, line, number, code, match["id"])
            sequence = 0
        elif draft is None or code != draft.code:
            raise source.error(f"continues {code}, but its first line is missing", number)
        else:
            draft.pieces.append(line[_TEXT])
        sequence += _STEP
        if int(match["sequence"]) != sequence:
            raise source.error(f"{code} has line {match['sequence']} where {sequence:05} is expected", number)
    if draft is not None:
        _check_end(source, lines)
        collector.add(draft)
    progress(len(lines), len(lines))
    return collector


def _start(source: SourceFile, line: str, number: int, code: str, record_id: str) -> RecordDraft:
    width = len(line)
    if width < DETAIL_WIDTH:
        raise source.error(
            f"has {width} characters, but a CMS record has at least {DETAIL_WIDTH}; the file is cut off or not CMS's",
            number,
        )
    if line[DETAIL_WIDTH:].strip():
        raise source.error(f"has text after position {DETAIL_WIDTH}, where a CMS record has none", number)
    raw = {field: [line[part] for part in parts] for field, parts in _SLICES}
    return RecordDraft(code, KIND_OF_RECORD_ID[record_id], number, [line[_TEXT]], raw)


def _check_end(source: SourceFile, lines: Sequence[str]) -> None:
    """Raises ``ReleaseError`` if the last line is too short: the text was cut off and lost words of a description."""
    last = lines[-1]
    if last.strip() and len(last) < _TEXT.stop:
        raise source.error("ends in the middle of a line; download it again", len(lines))

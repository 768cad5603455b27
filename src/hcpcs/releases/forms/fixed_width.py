"""Reads the CMS fixed-width text: disclaimers, then one line a record and a line for each further piece of text.

A record's first line (record id 3 or 7) is 320 characters long, in some files 293; lines with more of the
description (4 or 8) are of any length from 91 to 320. Sequence numbers count a code's lines by hundreds: a gap
means that a piece of the description is missing, and is an error.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from hcpcs.releases.content import Progress
from hcpcs.releases.record_collector import RecordCollector, RecordDraft
from hcpcs.releases.record_layout import (
    DETAIL_WIDTH,
    FIRST_LINES,
    KIND_OF_RECORD_ID,
    LONG_DESCRIPTION,
    PLACES,
)
from hcpcs.releases.source_file import SourceFile

_RECORD: Final = re.compile(
    r"(?P<code>[A-Z][0-9]{4}| {3}[A-Z0-9]{2}|[0-9]{4}[0-9A-Z])(?P<sequence>[0-9]{5})(?P<id>[3478])"
)
_DISCLAIMER_LINES: Final = 200
"""How far the first record is looked for; CMS writes up to 11 lines above it."""
_SLICES: Final = tuple((place.field, place.slices) for place in PLACES)
_TEXT: Final = LONG_DESCRIPTION.slices[0]
_STEP: Final = 100
_REPORT_EVERY: Final = 500


def is_fixed_width(lines: Sequence[str]) -> bool:
    """Whether a text is of this form: a record line stands at its head, below at most a disclaimer."""
    return _first_record(lines) is not None


def _first_record(lines: Sequence[str]) -> int | None:
    return next((at for at, line in enumerate(lines[:_DISCLAIMER_LINES]) if _RECORD.match(line)), None)


def read_fixed_width(source: SourceFile, lines: Sequence[str], progress: Progress) -> RecordCollector:
    """Reads the records of a fixed-width text. Raises ``ReleaseError`` that names the line."""
    first = _first_record(lines)
    if first is None:
        raise source.error("holds no record of the CMS fixed-width form")
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
            raise source.error(f"more text of {code}, whose first line is missing", number)
        else:
            draft.pieces.append(line[_TEXT])
        sequence += _STEP
        if int(match["sequence"]) != sequence:
            raise source.error(f"{code} has line {match['sequence']} where {sequence:05} should stand", number)
    if draft is not None:
        _check_end(source, lines)
        collector.add(draft)
    progress(len(lines), len(lines))
    return collector


def _start(source: SourceFile, line: str, number: int, code: str, record_id: str) -> RecordDraft:
    width = len(line)
    if width < DETAIL_WIDTH:
        reason = f"is {width} characters wide, a record at least {DETAIL_WIDTH}; the file is cut off or no CMS record"
        raise source.error(reason, number)
    if line[DETAIL_WIDTH:].strip():
        raise source.error(f"has text behind position {DETAIL_WIDTH}, where a CMS record has none", number)
    raw = {field: [line[part] for part in parts] for field, parts in _SLICES}
    return RecordDraft(code, KIND_OF_RECORD_ID[record_id], number, [line[_TEXT]], raw)


def _check_end(source: SourceFile, lines: Sequence[str]) -> None:
    """A text that breaks off within a line of description lost words: its last line has no end and no width."""
    last = lines[-1]
    if last.strip() and len(last) < _TEXT.stop:
        raise source.error("breaks off within a line; download it again", len(lines))

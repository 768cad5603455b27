"""Reads a file of processing notes (``proc_notes_*.txt``): number to text, joined to whole sentences.

A note starts with its number and two hyphens; its further lines are indented, and every line may end in a
column of asterisks. Words stay as CMS wrote them, in capitals.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from hcpcs.releases.source_file import SourceFile

_START: Final = re.compile(r"\s*(?P<number>[0-9]{4})--(?P<text>.*)")
_LINE_END: Final = " \t\xa0*"
_HEAD_LINES: Final = 60


def is_processing_notes(lines: Sequence[str]) -> bool:
    """Whether a text is of this form: titled so, and with a note near its head."""
    head = lines[:_HEAD_LINES]
    return any("PROCESSING NOTES" in line.upper() for line in head) and any(_START.match(line) for line in head)


def read_processing_notes(source: SourceFile, lines: Sequence[str]) -> Mapping[str, str]:
    """Note numbers (four digits) and their texts. Raises ``ReleaseError`` for a number that stands twice."""
    notes: dict[str, list[str]] = {}
    words: list[str] = []
    for number, line in enumerate(lines, start=1):
        text = line.rstrip(_LINE_END)
        if match := _START.match(text):
            if match["number"] in notes:
                raise source.error(f"processing note {match['number']} stands twice", number)
            words = notes[match["number"]] = []
            text = match["text"]
        words.extend(text.split())
    return {number: " ".join(text) for number, text in notes.items() if text}

"""Files of processing notes (``proc_notes_*.txt``): texts by number, their lines joined.

A note starts with its number and two hyphens; its other lines are indented, and every line may end with a column of
asterisks. The words stay in capitals, as CMS writes them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from hcpcs.releases.data_table import HEAD_ROWS
from hcpcs.releases.source_file import SourceFile

_START: Final = re.compile(r"\s*(?P<number>[0-9]{4})--(?P<text>.*)")
_LINE_END: Final = " \t\xa0*"


def is_processing_notes(lines: Sequence[str]) -> bool:
    """Whether a text has this form: its first lines have the title and a note."""
    head = lines[:HEAD_ROWS]
    return any("PROCESSING NOTES" in line.upper() for line in head) and any(_START.match(line) for line in head)


def read_processing_notes(source: SourceFile, lines: Sequence[str]) -> Mapping[str, str]:
    """The texts by note number (four digits). Raises ``ReleaseError`` for a number that appears twice."""
    notes: dict[str, list[str]] = {}
    words: list[str] = []
    for number, line in enumerate(lines, start=1):
        text = line.rstrip(_LINE_END)
        if match := _START.match(text):
            if match["number"] in notes:
                raise source.error(f"processing note {match['number']} appears twice", number)
            words = notes[match["number"]] = []
            text = match["text"]
        words.extend(text.split())
    return {number: " ".join(text) for number, text in notes.items() if text}

"""The notes of teams as CSV. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from hcpcs_bot.team.note_store import TeamNoteOf

COLUMNS: Final = ("team", "number", "codes", "note", "author", "day")
_OPENS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What makes a spreadsheet take a cell for a formula (OWASP, "CSV Injection")."""


def csv_rows(notes: Iterable[TeamNoteOf]) -> Iterator[str]:
    """The head and a row for each note, each with its line end."""
    yield _row(COLUMNS)
    for team, note in notes:
        cells = (team, str(note.number), note.target.phrase, note.text, note.author, note.day.isoformat())
        yield _row([safe_cell(cell) for cell in cells])


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before what would open one, spaces or not."""
    return f"'{text}" if text.lstrip(" \u00a0\u3000").startswith(_OPENS_FORMULA) else text


def _row(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()

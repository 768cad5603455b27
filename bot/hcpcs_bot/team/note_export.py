"""The notes of teams as CSV. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from hcpcs.answers.rendering.csv_cells import csv_table
from hcpcs_bot.team.note_store import TeamNoteOf

COLUMNS: Final = ("team", "number", "codes", "note", "author", "day")


def csv_rows(notes: Iterable[TeamNoteOf]) -> Iterator[str]:
    """The head and a row for each note, each with its line end."""
    yield csv_table([COLUMNS])
    for team, note in notes:
        yield csv_table([(team, note.number, note.target.phrase, note.text, note.author, note.day.isoformat())])

"""The commands ``hcpcs notes``: what teams note on codes in Slack."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from hcpcs_bot.commands.options import HomeOption, state_at

notes = typer.Typer(name="notes", help="The notes that teams keep on codes in Slack.", no_args_is_help=True)


@notes.command()
def export(
    team: Annotated[
        str | None, typer.Option("--team", metavar="ID", help="Only the notes of this workspace (Slack's team ID).")
    ] = None,
    home: HomeOption = None,
) -> None:
    """Print every note as CSV: team, number, codes, note, author and day."""
    with state_at(home) as database:
        from hcpcs_bot.team.note_export import csv_rows
        from hcpcs_bot.team.note_store import NoteStore

        for row in csv_rows(NoteStore(database).every(team)):
            sys.stdout.buffer.write(row.encode())
        sys.stdout.buffer.flush()

"""``hcpcs notes export``: the notes of teams as CSV."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from typer.testing import CliRunner

from hcpcs_bot.cli import app
from hcpcs_bot.state.database import STATE_FILE, open_database
from hcpcs_bot.team.note import NoteScope, NoteTarget
from hcpcs_bot.team.note_store import NoteAuthor, NoteStore

TARGET = NoteTarget(scope=NoteScope.CODE, pattern="S9353")


def test_every_note_is_a_row(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    for team in ("T1", "T2"):
        NoteStore(database).add(team, TARGET, f"of {team}", NoteAuthor("h", "@robin"), date(2026, 11, 26))
    database.close()
    everything = CliRunner().invoke(app, ["notes", "export", "--home", str(tmp_path)])
    assert everything.stdout.splitlines()[1:] == [
        "T1,1,S9353,of T1,'@robin,2026-11-26",
        "T2,1,S9353,of T2,'@robin,2026-11-26",
    ]
    one = CliRunner().invoke(app, ["notes", "export", "--team", "T2", "--home", str(tmp_path)])
    assert [line[:2] for line in one.stdout.splitlines()] == ["te", "T2"]


def test_a_database_that_can_not_be_read_is_one_line(tmp_path: Path) -> None:
    (tmp_path / STATE_FILE).write_bytes(b"not a database, but long enough to be read as one" * 100)
    result = CliRunner().invoke(app, ["notes", "export", "--home", str(tmp_path)])
    assert result.exit_code == 1
    assert result.stderr.startswith("hcpcs: the database can't be migrated")

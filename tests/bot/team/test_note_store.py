"""Notes and the state of teams in the database: numbers, limits, and teams apart."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from tests.bot.busy_state import until_free

from hcpcs.answers.rendering.csv_cells import safe_cell
from hcpcs_bot.state.database import Database, open_database
from hcpcs_bot.team import note_store
from hcpcs_bot.team.note import NoteScope, NoteTarget
from hcpcs_bot.team.note_export import csv_rows
from hcpcs_bot.team.note_parser import NoteError
from hcpcs_bot.team.note_store import NOTES_PER_TARGET, NoteAuthor, NoteStore

S9353 = NoteTarget(scope=NoteScope.CODE, pattern="S9353")
J_CODES = NoteTarget(scope=NoteScope.PREFIX, pattern="J")
ROBIN, MARTA = NoteAuthor("hash1", "@robin"), NoteAuthor("hash2", "@marta")
DAY, LATER = date(2026, 11, 26), date(2026, 12, 1)


def test_a_note_is_kept_edited_and_deleted(database: Database) -> None:
    store = NoteStore(database)
    note = store.add("T1", S9353, "pays with auth", ROBIN, DAY)
    assert (note.number, note.author, note.day) == (1, "@robin", DAY)
    edited = store.edit("T1", 1, "no auth since December", MARTA, LATER)
    assert edited is not None
    assert (edited.text, edited.author, edited.created_by, edited.day) == (
        "no auth since December",
        "@marta",
        "hash1",
        LATER,
    )
    assert store.find("T1", 1) == edited
    assert store.delete("T1", 1) == edited
    assert store.find("T1", 1) is None
    assert store.edit("T1", 1, "x", ROBIN, DAY) is None
    assert store.delete("T1", 1) is None


def test_a_number_is_never_given_twice(database: Database) -> None:
    store = NoteStore(database)
    store.add("T1", S9353, "one", ROBIN, DAY)
    store.delete("T1", 1)
    assert store.add("T1", S9353, "two", ROBIN, DAY).number == 2


def test_teams_are_apart(database: Database) -> None:
    store = NoteStore(database)
    store.add("T1", S9353, "of one", ROBIN, DAY)
    store.set_area("T1", "TX")
    assert store.read("T2") == ((), None)
    assert store.add("T2", S9353, "of two", MARTA, DAY).number == 1
    assert store.delete("T2", 1) is not None
    notes, area = store.read("T1")
    assert ([note.text for note in notes], area) == (["of one"], "TX")
    store.set_area("T1", None)
    assert store.read("T1")[1] is None


def test_a_code_has_a_limit_and_so_has_a_team(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    store = NoteStore(database)
    for number in range(NOTES_PER_TARGET):
        store.add("T1", S9353, str(number), ROBIN, DAY)
    with pytest.raises(NoteError, match="There are 20 notes on S9353 already"):
        store.add("T1", S9353, "one more", ROBIN, DAY)
    monkeypatch.setattr(note_store, "NOTES_PER_TEAM", NOTES_PER_TARGET + 1)
    store.add("T1", J_CODES, "another", ROBIN, DAY)
    with pytest.raises(NoteError, match="Your team has 21 notes already"):
        store.add("T1", J_CODES, "one more", ROBIN, DAY)


def test_replicas_that_add_at_once_get_different_numbers(tmp_path: Path) -> None:
    databases = [open_database(tmp_path) for _ in range(4)]
    stores = [NoteStore(database) for database in databases]

    def add(place: int) -> int:
        return until_free(partial(stores[place % 4].add, "T1", S9353, str(place), ROBIN, DAY)).number

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(add, range(NOTES_PER_TARGET))) == list(range(1, NOTES_PER_TARGET + 1))
    for database in databases:
        database.close()


def test_the_export_has_every_note_and_no_formula(database: Database) -> None:
    store = NoteStore(database)
    store.add("T2", J_CODES, 'say "JZ", always', MARTA, DAY)
    store.add("T1", S9353, '=HYPERLINK("http://x","y")', NoteAuthor("h", "@robin"), DAY)
    assert list(csv_rows(store.every())) == [
        "team,number,codes,note,author,day\n",
        'T1,1,S9353,"\'=HYPERLINK(""http://x"",""y"")",\'@robin,2026-11-26\n',
        'T2,1,J codes,"say ""JZ"", always",\'@marta,2026-11-26\n',
    ]
    assert len(list(csv_rows(store.every("T2")))) == 2


@pytest.mark.parametrize("cell", ["=1", "+1+x", "-1+x", "@x", " =1", "\t=1", "\u00a0=1", "\r1"])
def test_a_cell_that_opens_a_formula_is_text(cell: str) -> None:
    assert safe_cell(cell) == f"'{cell}"


def test_another_cell_stays(database: Database) -> None:
    for cell in ("BCBS: 50% = half", "-5.22", "+1"):
        assert safe_cell(cell) == cell

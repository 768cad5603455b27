"""The stored editions: which one is in force on a day, what is absent, and files that can't be opened."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from tests.src.hcpcs.companions.companion_files import facts_on, read_bytes, small_store, store_of, table_text

from hcpcs.companions.edition import Absence, EditionKind
from hcpcs.companions.storage.companion_store import (
    BLOCKS_KEPT,
    COMPANIONS_FILE,
    NO_COMPANIONS,
    open_companions,
    write_companions,
)
from hcpcs.errors import CatalogError

DMEPOS = EditionKind.DMEPOS
SCHEDULE = table_text("DMEPOS26_JAN.csv")


def test_the_edition_in_force_on_the_day_answers(tmp_path: Path) -> None:
    names = ("DMEPOS25_APR.csv", "DMEPOS26_JAN.csv")
    store = store_of(tmp_path, *(one for name in names for one in read_bytes(tmp_path, name, SCHEDULE)))
    in_force = {
        day: edition.label if (edition := store.in_force(DMEPOS, date.fromisoformat(day))) else None
        for day in ("2025-03-31", "2025-04-01", "2025-12-31", "2026-01-01", "2026-11-26")
    }
    assert in_force == {
        "2025-03-31": None,
        "2025-04-01": "DMEPOS fee schedule April 2025",
        "2025-12-31": "DMEPOS fee schedule April 2025",
        "2026-01-01": "DMEPOS fee schedule January 2026",
        "2026-11-26": "DMEPOS fee schedule January 2026",
    }
    newest = store.editions[-1]
    assert not newest.is_outdated(date(2026, 3, 31))
    assert newest.is_outdated(date(2026, 4, 1))


def test_an_absence_says_why(tmp_path: Path) -> None:
    store = small_store(tmp_path, "DMEPOS26_JAN.csv")
    absences = {
        Absence.NOT_LISTED: facts_on(store, DMEPOS, "E9999"),
        Absence.NOT_IN_FORCE: facts_on(store, DMEPOS, "E0601", date(2020, 1, 1)),
        Absence.NOT_LOADED: facts_on(store, EditionKind.ASP, "J1745"),
    }
    assert {look_up.absence for look_up in absences.values()} == set(absences)
    assert all(look_up.absence is absence and not look_up.facts for absence, look_up in absences.items())
    listed = absences[Absence.NOT_LISTED]
    assert listed.edition is not None
    assert listed.edition.label == "DMEPOS fee schedule January 2026"


def test_without_any_edition_everything_is_not_loaded(tmp_path: Path) -> None:
    write_companions(tmp_path, ())
    assert not (tmp_path / COMPANIONS_FILE).exists()
    for store in (open_companions(tmp_path), NO_COMPANIONS):
        assert (store.editions, store.fingerprint) == ((), "")
        look_up = store.look_up(DMEPOS, "E0601", date(2026, 1, 1))
        assert (look_up.absence, look_up.edition) == (Absence.NOT_LOADED, None)


def test_what_is_read_back_can_be_written_again(tmp_path: Path) -> None:
    store = small_store(tmp_path)
    again = tmp_path / "again"
    again.mkdir()
    write_companions(again, store.packed())
    copy = open_companions(again)
    assert copy.fingerprint == store.fingerprint
    assert (again / COMPANIONS_FILE).read_bytes() == (tmp_path / COMPANIONS_FILE).read_bytes()
    assert facts_on(copy, EditionKind.NDC, "57894-0030-01") == facts_on(store, EditionKind.NDC, "57894-0030-01")


def test_the_fingerprint_changes_with_the_editions(tmp_path: Path) -> None:
    prints = set()
    for name in ("DMEPOS25_APR.csv", "DMEPOS26_JAN.csv"):
        folder = tmp_path / name[:-4]
        folder.mkdir()
        prints.add(store_of(folder, *read_bytes(folder, name, SCHEDULE)).fingerprint)
    assert len(prints) == 2


def test_threads_share_a_store(tmp_path: Path) -> None:
    store = small_store(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        values = set(
            pool.map(lambda _: facts_on(store, DMEPOS, "E0601", area="TX", rural=True).facts[0].value, range(400))
        )
    assert len(values) == 1


def test_text_of_any_kind_is_only_not_listed(tmp_path: Path) -> None:
    store = small_store(tmp_path)
    for text in ("", " ", "\x1f\x1e", "' OR 1=1 --", "E0601\x1fRR", "é" * 5000, "E0601%"):
        for kind in EditionKind:
            assert not facts_on(store, kind, text).facts


def test_a_file_of_another_kind_or_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / COMPANIONS_FILE
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(CatalogError, match="is damaged; load the files again"):
        open_companions(tmp_path)
    path.unlink()
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 99")
    database.execute("CREATE TABLE edition (number INTEGER, stated TEXT)")
    database.close()
    with pytest.raises(CatalogError, match="is of another version of the program"):
        open_companions(tmp_path)


def test_a_file_that_cant_be_written_is_an_error_of_the_folder(tmp_path: Path) -> None:
    packed = read_bytes(tmp_path, "DMEPOS26_JAN.csv", SCHEDULE)
    with pytest.raises(OSError, match="companions: unable to open database file"):
        write_companions(tmp_path / "missing", packed)


def test_a_block_is_read_once_and_only_so_many_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = small_store(tmp_path)
    reads: list[str] = []
    read = store._read_block

    def counted(number: int, what: str, start: str) -> bytes | None:
        reads.append(start)
        return read(number, what, start)

    monkeypatch.setattr(store, "_read_block", counted)
    first = facts_on(store, DMEPOS, "E0601", area="TX").facts
    count = len(reads)
    assert count == 1  # a fee schedule has no references, and isn't asked for them
    assert facts_on(store, DMEPOS, "E0601", area="TX").facts == first
    assert len(reads) == count
    for number in range(10_000, 10_000 + BLOCKS_KEPT):
        facts_on(store, DMEPOS, f"E{number}")
    assert len(store._blocks) <= BLOCKS_KEPT
    assert facts_on(store, DMEPOS, "E0601", area="TX").facts == first


def test_the_extremes_of_a_row_are_its_lowest_and_highest_amounts(tmp_path: Path) -> None:
    store = small_store(tmp_path)
    every = [fact for fact in facts_on(store, DMEPOS, "E0601").facts if fact.qualifiers.rural is False]
    lowest, highest = (pick(every, key=lambda fact: fact.decimal) for pick in (min, max))
    stated = facts_on(store, DMEPOS, "E0601", extremes=True).facts
    assert [fact for fact in stated if fact.qualifiers.rural is False] == [lowest, highest]
    assert len(stated) == 4

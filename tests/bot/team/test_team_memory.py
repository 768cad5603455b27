"""What a team keeps, in memory for a moment; and unavailable, soon, where the database does not answer."""

from __future__ import annotations

import threading
from datetime import date

from hcpcs_bot.state.database import Database, StateError
from hcpcs_bot.team.note import NoteScope, NoteTarget, TeamNote
from hcpcs_bot.team.note_store import NoteAuthor, NoteStore
from hcpcs_bot.team.team_memory import NOTHING_KNOWN, TEAM_LIMIT, UNAVAILABLE, NoTeamMemory, StoredTeamMemory

TARGET = NoteTarget(scope=NoteScope.CODE, pattern="S9353")
DAY = date(2026, 11, 26)


class CountingStore(NoteStore):
    """A store that counts how often it is read; it fails or waits when it is told to."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.reads = 0
        self.fails = False
        self.waits: threading.Event | None = None

    def read(self, team: str) -> tuple[tuple[TeamNote, ...], str | None]:
        self.reads += 1
        if self.waits is not None:
            self.waits.wait(10)
        if self.fails:
            raise StateError("the database can't be used")
        return super().read(team)


async def test_it_is_read_once_in_two_seconds_or_after_a_change(database: Database) -> None:
    store, now = CountingStore(database), [0.0]
    memory = StoredTeamMemory(store, clock=lambda: now[0])
    for _ in range(3):
        assert (await memory.recall("T1")).notes.notes == ()
    assert store.reads == 1
    store.add("T1", TARGET, "pays with auth", NoteAuthor("h", "@robin"), DAY)
    now[0] = 1.9
    assert (await memory.recall("T1")).notes.notes == ()
    memory.forget("T1")
    assert [note.text for note in (await memory.recall("T1")).notes.notes] == ["pays with auth"]
    store.delete("T1", 1)
    now[0] += 2.0
    assert (await memory.recall("T1")).notes.notes == ()
    assert store.reads == 3


async def test_where_the_database_fails_it_is_unavailable_until_it_works_again(database: Database) -> None:
    store, now = CountingStore(database), [0.0]
    memory = StoredTeamMemory(store, clock=lambda: now[0])
    store.fails = True
    assert [await memory.recall("T1") for _ in range(3)] == [UNAVAILABLE] * 3
    assert store.reads == 1
    store.fails, now[0] = False, 2.0
    assert (await memory.recall("T1")).available


async def test_nobody_waits_for_a_database_that_does_not_answer(database: Database) -> None:
    store = CountingStore(database)
    store.waits = threading.Event()
    assert await StoredTeamMemory(store).recall("T1") == UNAVAILABLE
    assert not store.waits.is_set()
    store.waits.set()


async def test_memory_is_bounded(database: Database) -> None:
    store = CountingStore(database)
    memory = StoredTeamMemory(store, clock=lambda: 0.0)
    for number in range(TEAM_LIMIT + 1):
        await memory.recall(f"T{number}")
    await memory.recall("T1")
    assert store.reads == TEAM_LIMIT + 1
    await memory.recall("T0")
    assert store.reads == TEAM_LIMIT + 2


async def test_without_a_database_nothing_is_kept() -> None:
    assert await NoTeamMemory().recall("T1") == NOTHING_KNOWN

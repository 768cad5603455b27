"""A database server that hangs: whoever uses it gets an error soon, nothing else waits, and it is used again after."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import text
from tests.postgresql import PostgresqlServer

from hcpcs_bot.slack.inbound.claims import Claims
from hcpcs_bot.state import database as module
from hcpcs_bot.state.claim_store import ClaimContent, ClaimStore
from hcpcs_bot.state.connections import state_threads
from hcpcs_bot.state.connections.engines import STATEMENT_SECONDS, WAIT_SECONDS
from hcpcs_bot.state.connections.state_threads import THREADS
from hcpcs_bot.state.database import Database, StateError, StateSilentError, open_database
from hcpcs_bot.team.note_store import NoteStore
from hcpcs_bot.team.team_memory import StoredTeamMemory
from hcpcs_bot.team.usage_log import UsageLog
from hcpcs_bot.team.usage_store import UsageStore
from hcpcs_bot.watches.store import WatchedChannel, WatchStore

pytestmark = pytest.mark.slow

CONTENT = ClaimContent("mention", {"team": "T1", "channel": "C1", "user": "U1"}, "S9353")


@pytest.fixture
def database(tmp_path: Path, postgresql: PostgresqlServer) -> Iterator[Database]:
    opened = open_database(tmp_path, postgresql.new_database())
    yield opened
    opened.close()


def ping(database: Database) -> int:
    with database.reading() as session:
        return int(session.scalar(text("SELECT 1")) or 0)


async def test_more_calls_than_threads_all_end_while_the_server_hangs(
    database: Database, postgresql: PostgresqlServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await database.run(ping, database) == 1
    with postgresql.frozen():
        with monkeypatch.context() as patched:
            patched.setattr(module, "ANSWER_SECONDS", 0.2)
            calls = [database.run(ping, database) for _ in range(3 * THREADS)]
            ended = await asyncio.gather(*calls, return_exceptions=True)
        assert [type(one) for one in ended] == [StateSilentError] * len(calls)
        # The threads of everything else are free: following the shelf and loading run in them.
        assert await asyncio.to_thread(int, "1") == 1
    async with asyncio.timeout(60):
        while True:
            try:
                assert await database.run(ping, database) == 1
                break
            except StateError:
                await asyncio.sleep(0.1)


async def test_everything_that_a_server_stores_ends_while_the_server_hangs(
    database: Database, postgresql: PostgresqlServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes, usage = NoteStore(database), UsageLog(UsageStore(database), lambda: date(2026, 1, 15))
    watches = WatchStore(database)
    monkeypatch.setattr(module, "ANSWER_SECONDS", 0.2)
    with postgresql.frozen():
        assert not (await StoredTeamMemory(notes).recall("T1")).available
        with pytest.raises(StateSilentError):
            await watches.run(watches.of, WatchedChannel("T1", "C1"))
        with pytest.raises(StateSilentError):
            await usage.report("T1")
        claim = await Claims(ClaimStore(database)).claim("event 1", CONTENT)
        assert claim is not None
        assert not claim.durable


async def test_closing_ends_the_threads_that_wait_for_a_server_that_hangs(
    database: Database, postgresql: PostgresqlServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await database.run(ping, database) == 1
    monkeypatch.setattr(module, "ANSWER_SECONDS", 0.2)
    monkeypatch.setattr(state_threads, "CLOSE_SECONDS", 0.2)
    with postgresql.frozen():
        with pytest.raises(StateSilentError):
            await database.run(ping, database)
        closing = Thread(target=database.close, daemon=True)
        closing.start()
        await asyncio.to_thread(closing.join, 60)
        assert not closing.is_alive()


def test_a_connection_has_limits_of_its_own(database: Database) -> None:
    with database.reading() as session:
        shown = [session.scalar(text(f"SHOW {name}")) for name in ("statement_timeout", "lock_timeout")]
    assert shown == [f"{STATEMENT_SECONDS}s", f"{WAIT_SECONDS}s"]

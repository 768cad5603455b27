"""Closing a database leaves no thread and no connection behind."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from threading import Event, Timer

import pytest
from sqlalchemy import inspect, text
from tests.postgresql import PostgresqlServer

from hcpcs_bot.state.database import Database, open_database


def tables(database: Database) -> set[str]:
    with database.reading() as session:
        return set(inspect(session.connection()).get_table_names())


@pytest.mark.slow
def test_closing_leaves_no_connection_on_the_server(tmp_path: Path, postgresql: PostgresqlServer) -> None:
    url = postgresql.new_database()
    database = open_database(tmp_path, url)
    with database.transaction() as writing, database.reading() as reading:
        for session in (writing, reading):
            session.execute(text("SELECT 1"))
    database.close()
    sessions = text("SELECT count(*) FROM pg_stat_activity WHERE datname = :name")
    observer = open_database(tmp_path, postgresql.new_database())
    for _ in range(100):  # A session of the server ends a moment after its connection is closed.
        with observer.reading() as session:
            left = session.execute(sessions, {"name": database.address.database}).scalar_one()
        if not left:
            break
        time.sleep(0.05)
    observer.close()
    assert left == 0


async def test_closing_waits_for_what_a_thread_still_does(database: Database) -> None:
    started, released, ended = Event(), Event(), Event()

    def read_late() -> None:
        started.set()
        assert released.wait(60)
        assert "seen_keys" in tables(database)
        ended.set()

    running = asyncio.create_task(database.run(read_late))
    await asyncio.to_thread(started.wait, 60)
    Timer(0.1, released.set).start()
    database.close()
    assert ended.is_set()
    await running
    assert "seen_keys" in tables(database), "it may be used again"

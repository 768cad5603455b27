"""Keys claimed once for all replicas."""

from __future__ import annotations

import asyncio
from pathlib import Path

from sqlalchemy import func, select

from hcpcs_bot.state.database import Database, open_database
from hcpcs_bot.state.seen_keys import CLEANUP_INTERVAL, StoredSeenKeys
from hcpcs_bot.state.tables import SeenKeyRow


async def test_the_first_to_claim_has_it(database: Database) -> None:
    memory = StoredSeenKeys(database, "events")
    assert await memory.claim("Ev1")
    assert not await memory.claim("Ev1")
    assert await memory.claim("Ev2")


async def test_spaces_are_apart(database: Database) -> None:
    assert await StoredSeenKeys(database, "events").claim("Ev1")
    assert await StoredSeenKeys(database, "shares").claim("Ev1")


async def test_what_failed_may_be_claimed_again(database: Database) -> None:
    memory = StoredSeenKeys(database, "events")
    await memory.claim("Ev1")
    await memory.release("Ev1")
    assert await memory.claim("Ev1")


async def test_of_many_replicas_one_has_it(tmp_path: Path, database_url: str) -> None:
    databases = [open_database(tmp_path, database_url) for _ in range(4)]
    claims = [StoredSeenKeys(database, "events").claim("Ev1") for database in databases for _ in range(5)]
    assert sum(await asyncio.gather(*claims)) == 1
    for database in databases:
        database.close()


async def test_a_restart_forgets_nothing(tmp_path: Path, database_url: str) -> None:
    first = open_database(tmp_path, database_url)
    await StoredSeenKeys(first, "events").claim("Ev1")
    first.close()
    second = open_database(tmp_path, database_url)
    assert not await StoredSeenKeys(second, "events").claim("Ev1")
    second.close()


async def test_claims_expire_and_are_swept_away(database: Database) -> None:
    now = [1000.0]
    memory = StoredSeenKeys(database, "events", seconds=60, clock=lambda: now[0])
    await memory.claim("Ev1")
    now[0] = 1059.0
    assert not await memory.claim("Ev1")
    now[0] = 1060.0
    assert await memory.claim("Ev1")
    now[0] = 2000.0
    for number in range(CLEANUP_INTERVAL):
        await memory.claim(f"Ev{number % 3 + 10}")
    with database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(SeenKeyRow)) == 3


async def test_any_text_is_a_key_and_none_is_stored(database: Database) -> None:
    memory = StoredSeenKeys(database, "events")
    assert await memory.claim("\ud800 patient Jane Doe " * 1000)
    with database.transaction() as session:
        assert all(len(key) == 64 for key in session.scalars(select(SeenKeyRow.key)))

"""Claims: one replica answers, another goes on where it can't, and nothing is kept for longer than that needs."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.bot.slack.conftest import Clock

from hcpcs_bot.state.claim_store import (
    ANSWER_SECONDS,
    KEPT_SECONDS,
    LEASE_SECONDS,
    SWEEP_LIMIT,
    ClaimContent,
    ClaimStore,
)
from hcpcs_bot.state.database import Database, open_database
from hcpcs_bot.state.tables import ClaimRow

QUESTION = ClaimContent("mention", {"team": "T1", "channel": "C1"}, "is E0601 covered for Jane Roe?")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def stores(tmp_path: Path, database_url: str, clock: Clock) -> Iterator[tuple[ClaimStore, ClaimStore]]:
    """Two replicas."""
    databases = [open_database(tmp_path, database_url) for _ in range(2)]
    yield ClaimStore(databases[0], clock=clock), ClaimStore(databases[1], clock=clock)
    for database in databases:
        database.close()


Stores = tuple[ClaimStore, ClaimStore]


def row(database: Database) -> ClaimRow:
    with database.reading() as session:
        found = session.scalars(select(ClaimRow)).one()
        session.expunge(found)
        return found


async def test_one_replica_claims_and_one_only(stores: Stores) -> None:
    first, second = stores
    assert await first.claim("a", QUESTION)
    assert not await first.claim("a", QUESTION)
    assert not await second.claim("a", QUESTION)
    assert await second.claim("b", QUESTION)


async def test_of_many_claims_at_once_one_counts(stores: Stores) -> None:
    claims = [store.claim("a", QUESTION) for store in stores * 8]
    assert sum(await asyncio.gather(*claims)) == 1


async def test_what_a_dead_replica_left_is_taken_over_once_its_lease_ends(stores: Stores, clock: Clock) -> None:
    first, second = stores
    await first.claim("a", QUESTION)
    clock.now += LEASE_SECONDS - 1
    assert await second.sweep([]) == ()
    clock.now += 1
    (taken,) = await second.sweep([])
    assert (taken.key, taken.content, taken.attempt) == ("a", QUESTION, 2)
    assert (taken.started, taken.late) == (False, False)
    assert await first.sweep([]) == ()


async def test_a_replica_that_works_on_keeps_its_claim(stores: Stores, clock: Clock) -> None:
    first, second = stores
    await first.claim("a", QUESTION)
    for _ in range(5):
        clock.now += LEASE_SECONDS - 1
        assert await first.sweep(["a"]) == ()
        assert await second.sweep([]) == ()
    clock.now += LEASE_SECONDS - 1
    await first.renew(["a"])
    clock.now += LEASE_SECONDS - 1
    assert await second.sweep([]) == ()


async def test_of_replicas_that_sweep_at_once_one_takes_over(stores: Stores, clock: Clock) -> None:
    for number in range(SWEEP_LIMIT):
        await stores[0].claim(f"a{number}", QUESTION)
    clock.now += LEASE_SECONDS
    swept = await asyncio.gather(*(store.sweep([]) for store in stores * 4))
    taken = [claim.key for claims in swept for claim in claims]
    assert len(taken) == len(set(taken)) == SWEEP_LIMIT


async def test_what_is_done_is_not_taken_over_and_its_content_is_deleted(database: Database, clock: Clock) -> None:
    store = ClaimStore(database, clock=clock)
    await store.claim("a", QUESTION)
    assert row(database).text
    await store.finish(["a"])
    assert (row(database).text, row(database).place) == ("", "")
    clock.now += LEASE_SECONDS
    assert await store.sweep([]) == ()
    assert not await store.claim("a", QUESTION)
    clock.now += KEPT_SECONDS
    await store.sweep([])
    assert await store.claim("a", QUESTION)


async def test_what_was_answered_without_a_claim_is_known_as_done(stores: Stores) -> None:
    first, second = stores
    await first.finish(["a", "b"])
    assert not await second.claim("a", QUESTION)


async def test_what_slack_did_not_take_is_left_to_any_replica_for_later(stores: Stores, clock: Clock) -> None:
    first, second = stores
    await first.claim("a", QUESTION)
    assert await first.defer("a", 15)
    clock.now += 14
    assert await second.sweep([]) == ()
    clock.now += 1
    assert [claim.attempt for claim in await second.sweep([])] == [2]
    assert not await first.defer("a", 15)


async def test_a_replica_that_lost_its_lease_may_not_start(stores: Stores, clock: Clock) -> None:
    first, second = stores
    await first.claim("a", QUESTION)
    assert await first.start("a")
    clock.now += LEASE_SECONDS
    (taken,) = await second.sweep([])
    assert taken.started
    assert not await first.start("a")
    assert await second.start("a")


async def test_what_failed_may_be_claimed_again(stores: Stores) -> None:
    first, second = stores
    await first.claim("a", QUESTION)
    await first.release("a")
    assert await second.claim("a", QUESTION)


async def test_after_fifteen_minutes_the_text_is_gone_and_the_rest_is_there(database: Database, clock: Clock) -> None:
    store = ClaimStore(database, clock=clock)
    await store.claim("a", QUESTION)
    for _ in range(int(ANSWER_SECONDS // 10)):
        clock.now += 10
        await store.sweep(["a"])
    assert row(database).text == ""
    clock.now += LEASE_SECONDS
    (taken,) = await store.sweep([])
    assert taken.late
    assert (taken.content.text, taken.content.place) == ("", QUESTION.place)
    clock.now += KEPT_SECONDS
    await store.sweep(["a"])
    assert await store.claim("a", QUESTION)


@pytest.mark.parametrize("text", ["", "\x00", "\ud800", "é😀" * 20_000, "'; DROP TABLE claims; --"])
async def test_any_text_comes_back_as_it_was(stores: Stores, clock: Clock, text: str) -> None:
    content = QUESTION._replace(text=text)
    await stores[0].claim("a", content)
    clock.now += LEASE_SECONDS
    (taken,) = await stores[1].sweep([])
    assert taken.content == content
    assert not taken.late

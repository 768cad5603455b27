"""Claims while the state works, fails, or hangs: an event is answered in any case, and once in this process."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from pathlib import Path

import pytest
from tests.bot.slack.conftest import Clock

from hcpcs_bot.http.health import Condition
from hcpcs_bot.slack.inbound import claims as module
from hcpcs_bot.slack.inbound.claims import FAILURE_LIMIT, Claim, Claims
from hcpcs_bot.state.claim_store import LEASE_SECONDS, ClaimContent, ClaimStore, StoredClaim
from hcpcs_bot.state.database import Database, StateError, open_database

QUESTION = ClaimContent("mention", {}, "S9353")


class UnreliableStore(ClaimStore):
    """A state that fails, or never answers, while it is told to."""

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database, clock=clock)
        self.fails = False
        self.hangs = False
        self.asked = 0

    async def _trouble(self) -> None:
        self.asked += 1
        if self.hangs:
            await asyncio.sleep(60)
        if self.fails:
            raise StateError("the database can't be used")

    async def claim(self, key: str, content: ClaimContent) -> bool:
        await self._trouble()
        return await super().claim(key, content)

    async def finish(self, keys: Collection[str]) -> None:
        await self._trouble()
        await super().finish(keys)

    async def sweep(self, working: Collection[str]) -> tuple[StoredClaim, ...]:
        await self._trouble()
        return await super().sweep(working)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> UnreliableStore:
    monkeypatch.setattr(module, "PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(module, "STATE_SECONDS", 60.0)  # A busy machine is not a state that hangs.
    return UnreliableStore(database, clock)


async def claim(claims: Claims, name: str = "event T1 Ev1") -> Claim:
    made = await claims.claim(name, QUESTION)
    assert made is not None
    return made


async def test_without_a_state_an_event_is_claimed_once() -> None:
    claims = Claims()
    made = await claim(claims)
    assert not made.durable
    assert await claims.claim("event T1 Ev1", QUESTION) is None
    await claims.finish(made)
    assert await claims.sweep() == ()


async def test_a_share_that_failed_may_be_claimed_again(store: UnreliableStore) -> None:
    claims = Claims(store)
    await claims.release(await claim(claims))
    assert (await claim(claims)).durable


async def test_replicas_and_restarts_share_what_is_claimed(store: UnreliableStore) -> None:
    made = await claim(Claims(store))
    assert made.durable
    assert await Claims(store).claim("event T1 Ev1", QUESTION) is None


async def test_the_key_of_a_message_is_the_same_for_who_takes_over(
    tmp_path: Path, database_url: str, clock: Clock
) -> None:
    databases = [open_database(tmp_path, database_url) for _ in range(2)]
    first, second = (Claims(ClaimStore(database, clock=clock)) for database in databases)
    made = await claim(first)
    clock.now += LEASE_SECONDS
    ((taken, _),) = await second.sweep()
    assert (taken.message_key, taken.attempt) == (made.message_key, 2)
    assert await second.start(taken)
    assert not await first.start(made)  # Who lost its claim must not post any more.
    assert (await claim(second, "event T1 Ev2")).message_key != made.message_key
    for database in databases:
        database.close()


async def test_a_process_that_was_paused_asks_whether_its_work_is_still_its_own(
    tmp_path: Path, database_url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    databases = [open_database(tmp_path, database_url) for _ in range(2)]
    first, second = (Claims(ClaimStore(database, clock=clock)) for database in databases)
    made = await claim(first)
    clock.now += LEASE_SECONDS
    ((taken, _),) = await second.sweep()
    assert await first.keep(made), "who was not paused need not ask"
    monkeypatch.setattr(module, "LEASE_SECONDS", 0.0)
    assert not await first.keep(made)
    assert await second.keep(taken)
    for database in databases:
        database.close()


@pytest.mark.parametrize("way", ["fails", "hangs"])
async def test_while_the_state_is_down_events_are_claimed_in_this_process(
    store: UnreliableStore, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "STATE_SECONDS", 0.1)
    claims = Claims(store)
    setattr(store, way, True)
    made = await claim(claims)
    assert not made.durable
    assert await claims.claim("event T1 Ev1", QUESTION) is None
    assert await claims.start(made)
    assert not await claims.defer(made, 15)


async def test_what_was_answered_while_the_state_was_down_is_written_down_later(store: UnreliableStore) -> None:
    claims = Claims(store)
    known = await claim(claims)
    store.fails = True
    await claims.finish(known)
    await claims.finish(await claim(claims, "event T1 Ev2"))
    store.fails = False
    await claims.sweep()
    for name in ("event T1 Ev1", "event T1 Ev2"):
        assert await Claims(store).claim(name, QUESTION) is None
    assert await Claims(store).sweep() == ()


async def test_a_claim_that_is_not_known_as_done_yet_is_kept_from_others(store: UnreliableStore, clock: Clock) -> None:
    claims = Claims(store)
    made = await claim(claims)
    clock.now += LEASE_SECONDS - 1
    await claims.renew()
    clock.now += LEASE_SECONDS - 1
    assert await Claims(ClaimStore(store._database, clock=clock)).sweep() == ()
    await claims.finish(made)


async def test_a_state_that_fails_again_and_again_is_not_asked_for_a_while(
    store: UnreliableStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAUSE_SECONDS", 60.0)
    claims = Claims(store)
    store.fails = True
    for number in range(FAILURE_LIMIT + 5):
        await claim(claims, f"event T1 Ev{number}")
    assert store.asked == FAILURE_LIMIT


async def test_health_says_when_the_state_is_down_and_when_it_is_back(store: UnreliableStore) -> None:
    claims = Claims(store)
    assert claims.health().condition is Condition.OK
    store.fails = True
    await claims.sweep()
    assert claims.health().condition is Condition.DEGRADED
    store.fails = False
    await claims.sweep()
    assert claims.health().condition is Condition.OK


async def test_the_text_of_an_answered_question_is_in_no_file_after_the_next_sweep(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    claims = Claims(ClaimStore(database))
    claim = await claims.claim("a", QUESTION._replace(text="is E0601 covered for Jane Roe?"))
    assert claim is not None
    await claims.finish(claim)
    await claims.sweep()
    written = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    database.close()
    assert b"Jane Roe" not in written

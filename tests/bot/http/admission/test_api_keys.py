"""API keys: which are valid, when they are read, and what happens where they can't be."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest

from hcpcs.errors import HcpcsError
from hcpcs_bot.http.admission.api_keys import (
    CACHED_SECONDS,
    RENEWED_SECONDS,
    RETRY_SECONDS,
    KeyRing,
    KeysUnavailableError,
    make_key,
)
from hcpcs_bot.http.health import Condition

KEY, OTHER = make_key(), make_key()


class Reading:
    """The keys of a database that can fail, and how often they were read; the clock."""

    def __init__(self) -> None:
        self.digests = {KEY.id: KEY.digest}
        self.times = 0
        self.failing = False
        self.now = 0.0
        self.answering = asyncio.Event()
        self.answering.set()

    async def read(self) -> Mapping[str, str]:
        self.times += 1
        await self.answering.wait()
        if self.failing:
            raise HcpcsError("the database is away")
        return dict(self.digests)

    def ring(self) -> KeyRing:
        return KeyRing(self.read, clock=lambda: self.now)


async def test_a_key_is_valid_as_a_whole_and_nothing_else_is() -> None:
    ring = Reading().ring()
    assert await ring.id_of(KEY.text) == KEY.id
    # An id that is stored with the secret of another key, a stored digest, and texts of other forms.
    mixed = f"hcpcs_{KEY.id}_{OTHER.text.rpartition(KEY.id)[2][-43:]}"
    for text in (OTHER.text, mixed, KEY.digest, KEY.id, KEY.text + "x", KEY.text[:-1], "", "é" * 60):
        assert await ring.id_of(text) is None, text


async def test_a_key_is_random_and_stored_as_a_digest() -> None:
    assert KEY.text != OTHER.text
    assert KEY.text not in KEY.digest
    assert len(KEY.text) == len("hcpcs_") + 8 + 1 + 43


async def test_keys_are_read_once_in_a_while_however_many_requests_there_are() -> None:
    reading = Reading()
    ring = reading.ring()
    for _ in range(50):
        await ring.id_of(KEY.text)
        await ring.id_of(OTHER.text)
    assert reading.times == 1
    reading.digests = {OTHER.id: OTHER.digest}
    reading.now += CACHED_SECONDS - 1
    assert await ring.id_of(KEY.text) == KEY.id
    reading.now += 1
    assert (await ring.id_of(KEY.text), await ring.id_of(OTHER.text)) == (None, OTHER.id)
    assert reading.times == 2


async def test_known_keys_stay_valid_while_the_database_is_away() -> None:
    reading = Reading()
    ring = reading.ring()
    await ring.id_of(KEY.text)
    reading.failing = True
    reading.now += CACHED_SECONDS
    for _ in range(3):
        assert await ring.id_of(KEY.text) == KEY.id
    assert (reading.times, ring.health().condition) == (2, Condition.DEGRADED)
    reading.failing = False
    reading.now += RETRY_SECONDS
    assert await ring.id_of(KEY.text) == KEY.id
    await asyncio.sleep(0.01)  # A known key doesn't wait for the database.
    assert ring.health().condition is Condition.OK


async def test_known_keys_do_not_wait_while_the_database_hangs() -> None:
    reading = Reading()
    ring = reading.ring()
    await ring.id_of(KEY.text)
    reading.answering.clear()
    # The keys are renewed before they are too old, and nobody with a known key waits for it.
    reading.now += RENEWED_SECONDS
    for _ in range(3):
        assert await asyncio.wait_for(ring.id_of(KEY.text), 1) == KEY.id
    assert (reading.times, ring.health().condition) == (2, Condition.OK)
    # Now they are: one request waits for a moment, and no other one.
    reading.now += CACHED_SECONDS
    assert await asyncio.wait_for(ring.id_of(KEY.text), 60) == KEY.id
    for _ in range(3):
        known = asyncio.create_task(ring.id_of(KEY.text))
        await asyncio.sleep(0)
        assert known.done()
        assert await known == KEY.id
    assert ring.health().condition is Condition.DEGRADED
    # A key that is not known may be new, and waits.
    new = asyncio.create_task(ring.id_of(OTHER.text))
    await asyncio.sleep(0)
    assert not new.done()
    reading.digests = {OTHER.id: OTHER.digest}
    reading.answering.set()
    assert (await new, await ring.id_of(KEY.text)) == (OTHER.id, None)
    assert (reading.times, ring.health().condition) == (2, Condition.OK)


async def test_a_revoked_key_that_was_not_used_for_long_is_not_valid_once_more() -> None:
    reading = Reading()
    ring = reading.ring()
    await ring.id_of(KEY.text)
    reading.digests = {}
    reading.now += 3600
    assert await ring.id_of(KEY.text) is None


async def test_no_key_is_valid_before_the_keys_were_read() -> None:
    reading = Reading()
    reading.failing = True
    ring = reading.ring()
    for _ in range(3):
        with pytest.raises(KeysUnavailableError):
            await ring.id_of(KEY.text)
    assert reading.times == 1

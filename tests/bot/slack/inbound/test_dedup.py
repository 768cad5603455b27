"""A key is claimed once, for a while, and the keys in memory are bounded."""

from __future__ import annotations

from tests.bot.slack.conftest import Clock

from hcpcs_bot.slack.inbound.dedup import InMemorySeenKeys


async def test_a_key_is_claimed_once_for_fifteen_minutes() -> None:
    clock = Clock()
    seen = InMemorySeenKeys(clock=clock)
    assert await seen.claim("Ev1")
    clock.now += 899
    assert not await seen.claim("Ev1")
    clock.now += 2
    assert await seen.claim("Ev1")


async def test_a_released_key_may_be_claimed_again() -> None:
    seen = InMemorySeenKeys()
    assert await seen.claim("share")
    await seen.release("share")
    assert await seen.claim("share")


async def test_keys_are_bounded() -> None:
    seen = InMemorySeenKeys(limit=10)
    for number in range(1000):
        assert await seen.claim(str(number))
    assert len(seen._claimed) <= 11

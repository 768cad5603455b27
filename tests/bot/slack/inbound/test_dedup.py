"""A key is claimed once, for a while, and the keys in memory are bounded."""

from __future__ import annotations

from datetime import date

from slack_bolt.async_app import AsyncBoltContext
from tests.bot.slack.conftest import Clock

from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.slack.inbound.dedup import InMemorySeenKeys, is_first_delivery
from hcpcs_bot.slack.inbound.request import SlackRequest, Surface


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


async def test_events_of_two_workspaces_with_the_same_id_are_two() -> None:
    seen = InMemorySeenKeys()

    def event(team: str) -> SlackRequest:
        context = AsyncBoltContext({"team_id": team})
        return SlackRequest(Surface.MENTION, {"event_id": "Ev1"}, context, starter_desk(), date(2026, 11, 26))

    assert await is_first_delivery(seen, event("T1"))
    assert await is_first_delivery(seen, event("T2"))
    assert not await is_first_delivery(seen, event("T1"))

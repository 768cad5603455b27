"""The feed: each reader hears all that happened since it last heard."""

from __future__ import annotations

import asyncio

from slack_peer.feed import EVENTS_KEPT, Feed


async def test_readers_wait_and_hear_in_order() -> None:
    feed = Feed()
    waiting = asyncio.create_task(feed.after(0))
    await asyncio.sleep(0)
    feed.publish("message", "one", by_app=True)
    feed.publish("message", "two", by_app=False)

    assert [event.subject for event in await waiting] == ["one", "two"]
    assert [event.subject for event in await feed.after(1)] == ["two"]


def test_only_so_much_is_kept_and_the_gap_shows() -> None:
    feed = Feed()
    for number in range(EVENTS_KEPT + 5):
        feed.publish("request", number, by_app=False)

    assert feed.since(0)[0].number == 6
    assert feed.since(feed.number) == []

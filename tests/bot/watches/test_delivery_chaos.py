"""Replicas that are killed at any point of a delivery: no digest is lost, and none is posted twice."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from tests.bot.watches.kill_replicas import CHANNELS, numbered
from tests.killed_processes import run_chaos
from tests.slack_app import APP

from slack_peer.peer import SlackPeer
from slack_peer.workspace import BOT_USER, Channel

KILLS = 25
"""Replicas killed of each of the four kinds: a hundred in all."""


@asynccontextmanager
async def watched_channels(*, knows_keys: bool, shows: bool) -> AsyncIterator[SlackPeer]:
    """A workspace with the channels that watch.

    ``knows_keys``: it posts nothing twice under one ``client_msg_id``. ``shows``: the app may read its channels.
    """
    app = replace(APP, scopes=APP.scopes | {"channels:history"}) if shows else APP
    peer = SlackPeer(app, burst=float("inf"), deduplicates=knows_keys)
    peer.routes.delay = 0.01
    for one in CHANNELS:
        peer.workspace.add_channel(Channel(one.channel, one.channel.lower(), "channel", frozenset({BOT_USER})))
    await peer.start()
    yield peer
    await peer.stop()


def digests(peer: SlackPeer) -> Counter[tuple[str, str]]:
    """How often each channel got the digest of each release: by channel and the release's name."""
    return Counter((one.channel, one.text.partition(":")[0]) for one in peer.workspace.messages.values())


def sent_again(peer: SlackPeer) -> int:
    """How many messages were sent under a key under which one was sent before."""
    keys = [call.arguments["client_msg_id"] for call in peer.calls("chat.postMessage")]
    return len(keys) - len(set(keys))


async def kill_replicas(peer: SlackPeer, home: Path, kills: int, database_url: str = "") -> list[int]:
    """Kills replicas that post digests. Returns how many releases there were, and how many replicas were killed."""
    script = "bot.watches.kill_replicas"
    return await asyncio.to_thread(run_chaos, script, home, kills, peer.api_url, peer.bot_token, database_url)


@pytest.mark.chaos
@pytest.mark.parametrize(("knows_keys", "shows"), [(True, False), (False, True)])
async def test_killed_replicas_tell_every_channel_of_every_release_once(
    tmp_path: Path, database_url: str, knows_keys: bool, shows: bool
) -> None:
    async with watched_channels(knows_keys=knows_keys, shows=shows) as slack:
        releases, died = await kill_replicas(slack, tmp_path, KILLS, database_url)
    assert died >= KILLS
    expected = {
        (one.channel, numbered(number).release.label): 1 for one in CHANNELS for number in range(1, releases + 1)
    }
    assert digests(slack) == expected
    assert knows_keys or not sent_again(slack), "no key is needed where the channel can be read"


@pytest.mark.chaos
async def test_where_slack_neither_knows_keys_nor_shows_channels_nothing_is_lost(tmp_path: Path) -> None:
    """What remains possible then is a digest twice: once per replica killed between Slack's taking it and our note."""
    async with watched_channels(knows_keys=False, shows=False) as slack:
        releases, died = await kill_replicas(slack, tmp_path, 20)
    posted = digests(slack)
    assert len(posted) == len(CHANNELS) * releases
    assert sum(posted.values()) - len(posted) == sent_again(slack) <= died

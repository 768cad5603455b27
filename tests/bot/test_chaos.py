"""kill -9 at random points of updates and of digests: never half a catalogue, never a digest lost or doubled."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web
from tests.bot.updates.update_again_and_again import numbered as loaded_release
from tests.bot.updates.update_again_and_again import quarter
from tests.bot.watches.tell_again_and_again import CHANNELS
from tests.bot.watches.tell_again_and_again import numbered as told_release
from tests.cms_server import CmsServer, Served, serving
from tests.slack_app import APP
from tests.src.hcpcs.releases.writing import fixed_text, zip_of

from slack_peer.peer import SlackPeer
from slack_peer.workspace import BOT_USER, Channel

ROOT = Path(__file__).resolve().parents[2]
DIGEST_KILLS = 100
UPDATE_KILLS = 200


def run(script: str, *words: str) -> list[int]:
    """The last line that a script prints, as numbers; its own random seed is named where it fails."""
    seed = str(int.from_bytes(os.urandom(4)))
    home, kills, *rest = words
    done = subprocess.run(
        [sys.executable, "-m", f"tests.bot.{script}", home, kills, seed, *rest],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, f"seed {seed}: {done.stderr}"
    return [int(number) for number in done.stdout.splitlines()[-1].split()]


@asynccontextmanager
async def watched_channels(*, knows_keys: bool, shows: bool) -> AsyncIterator[SlackPeer]:
    """A workspace with the channels that watch.

    ``knows_keys``: it posts nothing twice under one ``client_msg_id``. ``shows``: the app may read its channels.
    """
    app = replace(APP, scopes=APP.scopes | {"channels:history"}) if shows else APP
    peer = SlackPeer(app, burst=float("inf"), deduplicates=knows_keys)
    peer.routes.delay = 0.01
    for place in CHANNELS:
        peer.workspace.add_channel(Channel(place.channel, place.channel.lower(), "channel", frozenset({BOT_USER})))
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


async def kill_replicas(peer: SlackPeer, home: Path, kills: int) -> list[int]:
    """Kills replicas that post digests. Returns how many releases there were, and how many replicas died."""
    script = "watches.tell_again_and_again"
    return await asyncio.to_thread(run, script, str(home), str(kills), peer.api_url, peer.bot_token)


@pytest.mark.chaos
@pytest.mark.parametrize(("knows_keys", "shows"), [(True, False), (False, True)])
async def test_a_hundred_killed_replicas_tell_every_channel_of_every_release_once(
    tmp_path: Path, knows_keys: bool, shows: bool
) -> None:
    async with watched_channels(knows_keys=knows_keys, shows=shows) as slack:
        releases, died = await kill_replicas(slack, tmp_path, DIGEST_KILLS)
    assert died >= DIGEST_KILLS
    expected = {
        (place.channel, told_release(number).release.label): 1
        for place in CHANNELS
        for number in range(1, releases + 1)
    }
    assert digests(slack) == expected
    assert (sent_again(slack) > 0) is knows_keys, "a key is needed just where the channel can't be read"


@pytest.mark.chaos
async def test_where_slack_neither_knows_keys_nor_shows_channels_nothing_is_lost(tmp_path: Path) -> None:
    """What remains possible then is a digest twice: once for each replica that died between Slack's and our note."""
    async with watched_channels(knows_keys=False, shows=False) as slack:
        releases, died = await kill_replicas(slack, tmp_path, 20)
    told = digests(slack)
    assert len(told) == len(CHANNELS) * releases
    assert sum(told.values()) - len(told) == sent_again(slack) <= died


class ReleasesWithoutEnd(CmsServer):
    """``/page/N`` links to the Nth release, which is slow to come."""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        number = int(request.path.rsplit("/", 1)[1].partition("-")[0].removesuffix(".zip"))
        if request.path.startswith("/page/"):
            page = f'<a href="/zip/{number}-file.zip">{quarter(number):%B %Y} Alpha-Numeric HCPCS File (ZIP)</a>'
            self.things[request.path] = Served(page.encode(), content_type="text/html", etag="")
        else:
            text = fixed_text(*loaded_release(number).records)
            body = zip_of({f"HCPC{quarter(number):%Y_%b}_ANWEB.txt": text})
            self.things[request.path] = Served(body, etag=f'"{number}"', chunk=200, pause=0.01)
        return await super().answer(request)


@pytest.mark.chaos
def test_two_hundred_killed_updates_never_leave_half_a_catalogue(tmp_path: Path) -> None:
    with serving(ReleasesWithoutEnd()) as cms:
        (loaded,) = run("updates.update_again_and_again", str(tmp_path), str(UPDATE_KILLS), cms.address)
    assert loaded > 0, "no release ever came through: the lives are too short to prove anything"
    assert any(asked for _, asked in cms.asked), "no update resumed what a killed one had begun"

"""``/hcpcs watch``, ``unwatch`` and ``watching`` as a channel's people meet them."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.bot.slack.conftest import CHANNEL, USER, SlackPeer
from tests.bot.some_releases import JULY, OCTOBER, SmallDesk, desk_of

from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.listeners.watches import WatchRoom
from hcpcs_bot.slack.ports import Asking
from hcpcs_bot.state.database import STATE_FILE, open_database
from hcpcs_bot.watches.store import WATCH_LIMIT, WatchStore

DESK = desk_of(JULY, OCTOBER)
HERE = Asking("T1", "C1", "U1")


def room(home: Path, desk: SmallDesk = DESK) -> WatchRoom:
    return WatchRoom(WatchStore(open_database(home)), lambda: desk, b"key", clock=lambda: 1.0)


@pytest.fixture
async def slack(tmp_path: Path) -> AsyncIterator[SlackPeer]:
    from hcpcs.answers.desk import Desk

    peer = SlackPeer()
    desk = Desk(DESK.catalog, DESK.index)
    subcommands = WatchRoom(WatchStore(open_database(tmp_path)), lambda: desk, b"key").subcommands()
    await peer.open(lambda config: SlackContext(config, lambda: desk, subcommands=subcommands))
    yield peer
    await peer.close()


async def test_a_channel_watches_and_is_told_what(slack: SlackPeer) -> None:
    reply = await slack.command("watch S93*")
    assert reply.body["response_type"] == "ephemeral"
    assert reply.said.startswith("Now watched here: S93* (2 codes in HCPCS October 2025).")
    assert "posted here, once" in reply.said
    assert "1 of 50 watches" in reply.said
    assert (await slack.command("watching")).said.splitlines()[:2] == ["Watched here (1 of 50):", "• S93*"]
    assert (await slack.command("unwatch S93*")).said == "No longer watched here: S93*. Nothing is watched here now."
    assert (await slack.command("watching")).said.startswith("Nothing is watched here.")


async def test_another_channel_and_team_are_apart(tmp_path: Path) -> None:
    here = room(tmp_path)
    await here.watch(HERE, "S93*")
    for there in (Asking("T1", "C2", "U1"), Asking("T2", "C1", "U1")):
        assert (await here.watching(there, "")).startswith("Nothing is watched here.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("S9353", "Now watched here: S9353.\n"),
        ("S9999", "Now watched here: S9999. HCPCS October 2025 holds no such code: you hear if one comes.\n"),
        ("insulin pumps", "Now watched here: insulin pumps (2 codes in HCPCS October 2025).\n"),
        ("left-handed unicorns", "has no description that says all of it: you hear if one comes.\n"),
        ("coverage changes", "Now watched here: coverage changes.\n"),
        ("all", "Now watched here: all.\n"),
        ("E0601-E0788", "Now watched here: E0601-E0788 (3 codes in HCPCS October 2025).\n"),
        ("99213", "99213 looks like a CPT code"),
        ("", "Say what to watch"),
    ],
)
async def test_each_watch_says_what_it_covers(tmp_path: Path, text: str, said: str) -> None:
    assert said in await room(tmp_path).watch(HERE, text)


async def test_a_list_of_codes_is_that_many_watches(tmp_path: Path) -> None:
    here = room(tmp_path)
    assert "2 of 50" in await here.watch(HERE, "S9353, E0601")
    assert await here.unwatch(HERE, "E0601") == ("No longer watched here: E0601. 1 watch is left: /hcpcs watching")


async def test_a_duplicate_is_said_politely(tmp_path: Path) -> None:
    here = room(tmp_path)
    await here.watch(HERE, "insulin pump")
    assert await here.watch(HERE, "pumps, insulin") == "insulin pump is watched here already."


async def test_a_full_channel_is_told_what_to_do(tmp_path: Path) -> None:
    here = room(tmp_path)
    for number in range(WATCH_LIMIT):
        await here.watch(HERE, f"A{number:04}")
    said = await here.watch(HERE, "S9353")
    assert said.startswith("Not added: S9353. A channel has at most 50 watches")


async def test_what_is_not_watched_can_not_be_ended(tmp_path: Path) -> None:
    here = room(tmp_path)
    await here.watch(HERE, "S93*")
    said = await here.unwatch(HERE, "E06*")
    assert said.startswith("E06* is not watched here.\nWatched here (1 of 50):")
    assert (await here.unwatch(HERE, "99213")).startswith("That is not watched here.")
    assert (await here.unwatch(HERE, "")).startswith("Say what to watch no more, or all.")


async def test_all_can_be_ended_at_once(tmp_path: Path) -> None:
    here = room(tmp_path)
    await here.watch(HERE, "S93*")
    await here.watch(HERE, "insulin pump")
    assert await here.unwatch(HERE, "all") == (
        "No longer watched here: S93*, insulin pump. Nothing is watched here now."
    )


async def test_before_any_release_one_may_watch_too(tmp_path: Path) -> None:
    from hcpcs.catalog.starter import starter_release

    said = await room(tmp_path, desk_of(starter_release())).watch(HERE, "S93*")
    assert said.startswith("Now watched here: S93*.\n")


async def test_no_mention_in_a_watch_reaches_anybody(slack: SlackPeer) -> None:
    reply = await slack.command("watch pumps <!channel> <@U123|x> &lt;!here&gt;")
    assert "<!" not in reply.said
    assert "<@" not in reply.said


async def test_people_stand_in_the_state_as_hashes(slack: SlackPeer, tmp_path: Path) -> None:
    await slack.command("watch S93*")
    with closing(sqlite3.connect(tmp_path / STATE_FILE)) as state:
        ((team, channel, by),) = state.execute("SELECT team, channel, created_by FROM watches")
        assert channel == CHANNEL
        assert by not in (USER, "")
    assert USER.encode() not in (tmp_path / STATE_FILE).read_bytes()
    assert team

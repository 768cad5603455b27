"""``/hcpcs watch``, ``unwatch`` and ``watching`` as a channel's people meet them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.bot.some_releases import JULY, OCTOBER, SmallDesk, desk_of
from tests.slack_app import as_message, config_for

from hcpcs.answers.desk import Desk
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.listeners.watches import WatchRoom
from hcpcs_bot.slack.ports import Asking
from hcpcs_bot.state.database import STATE_FILE, open_database
from hcpcs_bot.watches.store import WATCH_LIMIT, WatchStore
from slack_peer.peer import SlackPeer
from slack_peer.workspace import BILLING, YOU

DESK = desk_of(JULY, OCTOBER)
HERE = Asking("T1", "C1", "U1")


def room(home: Path, desk: SmallDesk = DESK) -> WatchRoom:
    return WatchRoom(WatchStore(open_database(home)), lambda: desk, b"key", clock=lambda: 1.0)


@pytest.fixture
def context(workspace: SlackPeer, tmp_path: Path) -> SlackContext:
    """The Slack interface with watches kept under ``tmp_path``."""
    desk = Desk(DESK.catalog, DESK.index)
    subcommands = WatchRoom(WatchStore(open_database(tmp_path)), lambda: desk, b"key").subcommands()
    return SlackContext(config_for(workspace), lambda: desk, subcommands=subcommands)


async def test_a_channel_watches_and_is_told_what(slack: SlackPeer) -> None:
    watched = as_message(await slack.slash("/hcpcs watch S93*"))
    assert watched.visible_to == YOU
    assert watched.text.startswith("Now watched here: S93* (2 codes in HCPCS October 2025).")
    assert "posted here, once" in watched.text
    assert "1 of 50 watches" in watched.text
    watching = (await slack.slash("/hcpcs watching")).text
    assert watching.splitlines()[:2] == ["Watched here (1 of 50):", "• S93*"]
    ended = (await slack.slash("/hcpcs unwatch S93*")).text
    assert ended == "No longer watched here: S93*. Nothing is watched here now."
    assert (await slack.slash("/hcpcs watching")).text.startswith("Nothing is watched here.")


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
    shown = as_message(await slack.slash("/hcpcs watch pumps <!channel> <@U123|x> &lt;!here&gt;"))
    for opening in ("<!", "<@"):
        assert opening not in shown.text + str(shown.blocks)


async def test_people_are_hashes_in_the_state(slack: SlackPeer, tmp_path: Path) -> None:
    await slack.slash("/hcpcs watch S93*")
    with closing(sqlite3.connect(tmp_path / STATE_FILE)) as state:
        ((team, channel, by),) = state.execute("SELECT team, channel, created_by FROM watches")
        assert channel == BILLING
        assert by not in (YOU, "")
    assert YOU.encode() not in (tmp_path / STATE_FILE).read_bytes()
    assert team

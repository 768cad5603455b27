"""``/hcpcs watch``, ``unwatch`` and ``watching`` as a channel's people meet them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.bot.some_releases import JULY, OCTOBER, SmallDesk, desk_of
from tests.bot.watches.small_editions import january_store
from tests.slack_app import as_message, config_for

from hcpcs.answers.desk import Desk
from hcpcs.catalog.starter import starter_release
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.listeners.team.watches import WatchCommands
from hcpcs_bot.slack.ports import Asker
from hcpcs_bot.state.database import STATE_FILE, open_database
from hcpcs_bot.watches.store import WATCH_LIMIT, WatchStore
from slack_peer.peer import SlackPeer
from slack_peer.workspace import BILLING, YOU

DESK = desk_of(JULY, OCTOBER)
HERE = Asker("T1", "C1", "U1")


def commands(home: Path, desk: SmallDesk = DESK) -> WatchCommands:
    return WatchCommands(WatchStore(open_database(home)), lambda: desk, b"key", clock=lambda: 1.0)


@pytest.fixture
def context(workspace: SlackPeer, tmp_path: Path) -> SlackContext:
    """The Slack interface with watches kept under ``tmp_path``."""
    desk = Desk(DESK.catalog, DESK.index)
    subcommands = WatchCommands(WatchStore(open_database(tmp_path)), lambda: desk, b"key").subcommands()
    return SlackContext(config_for(workspace), lambda: desk, subcommands=subcommands)


async def test_a_channel_watches_lists_and_stops(slack: SlackPeer) -> None:
    added = as_message(await slack.slash("/hcpcs watch S93*"))
    assert added.visible_to == YOU
    assert added.text.startswith("This channel now watches S93* (2 codes in HCPCS October 2025).")
    assert "I post one summary here" in added.text
    assert "/invite @hcpcs" in added.text
    assert "1 of 50 watches" in added.text
    watching = (await slack.slash("/hcpcs watching")).text
    assert watching.splitlines()[:2] == ["This channel watches (1 of 50):", "• S93*"]
    removed = (await slack.slash("/hcpcs unwatch S93*")).text
    assert removed == "This channel no longer watches S93*. It watches nothing now."
    assert (await slack.slash("/hcpcs watching")).text.startswith("This channel watches nothing yet.")


async def test_another_channel_and_team_are_separate(tmp_path: Path) -> None:
    here = commands(tmp_path)
    await here.watch(HERE, "S93*")
    for there in (Asker("T1", "C2", "U1"), Asker("T2", "C1", "U1")):
        assert (await here.watching(there, "")).startswith("This channel watches nothing yet.")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("S9353", "This channel now watches S9353.\n"),
        ("S9999", "now watches S9999. HCPCS October 2025 has no such code; I'll post when one is added.\n"),
        ("insulin pumps", "This channel now watches insulin pumps (2 codes in HCPCS October 2025).\n"),
        (
            "left-handed unicorns",
            "No description in HCPCS October 2025 has all of these words; I'll post when one does.",
        ),
        ("coverage changes", "This channel now watches coverage changes.\n"),
        ("all", "This channel now watches all.\n"),
        ("E0601-E0788", "This channel now watches E0601-E0788 (3 codes in HCPCS October 2025).\n"),
        ("99213", "99213 looks like a CPT code"),
        ("", "Add what to watch: a code (S9353)"),
    ],
)
async def test_each_watch_says_what_it_covers(tmp_path: Path, text: str, answer: str) -> None:
    assert answer in await commands(tmp_path).watch(HERE, text)


async def test_a_list_of_codes_is_that_many_watches(tmp_path: Path) -> None:
    here = commands(tmp_path)
    assert "2 of 50" in await here.watch(HERE, "S9353, E0601")
    removed = await here.unwatch(HERE, "E0601")
    assert removed == "This channel no longer watches E0601. 1 watch left. See all of them: /hcpcs watching"


async def test_a_duplicate_is_said_politely(tmp_path: Path) -> None:
    here = commands(tmp_path)
    await here.watch(HERE, "insulin pump")
    assert await here.watch(HERE, "pumps, insulin") == "This channel already watches insulin pump."


async def test_at_the_limit_the_answer_says_what_to_do(tmp_path: Path) -> None:
    here = commands(tmp_path)
    for number in range(WATCH_LIMIT):
        await here.watch(HERE, f"A{number:04}")
    answer = await here.watch(HERE, "S9353")
    assert answer.startswith("Not added: S9353. A channel can have at most 50 watches: remove one first")


async def test_what_is_not_watched_can_not_be_removed(tmp_path: Path) -> None:
    here = commands(tmp_path)
    await here.watch(HERE, "S93*")
    answer = await here.unwatch(HERE, "E06*")
    assert answer.startswith("This channel doesn't watch E06*.\nThis channel watches (1 of 50):")
    assert (await here.unwatch(HERE, "99213")).startswith("This channel doesn't watch that.")
    assert (await here.unwatch(HERE, "")).startswith("Add what to stop watching, or all.")


async def test_all_can_be_removed_at_once(tmp_path: Path) -> None:
    here = commands(tmp_path)
    await here.watch(HERE, "S93*")
    await here.watch(HERE, "insulin pump")
    removed = await here.unwatch(HERE, "all")
    assert removed == "This channel no longer watches S93*, insulin pump. It watches nothing now."


async def test_before_any_release_one_may_watch_too(tmp_path: Path) -> None:
    answer = await commands(tmp_path, desk_of(starter_release())).watch(HERE, "S93*")
    assert answer.startswith("This channel now watches S93*.\n")


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


async def test_watching_is_answered_while_another_process_writes(slack: SlackPeer, tmp_path: Path) -> None:
    await slack.slash("/hcpcs watch S93*")
    with closing(sqlite3.connect(tmp_path / STATE_FILE, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert "• S93*" in (await slack.slash("/hcpcs watching")).text


async def test_companion_files_are_watched_with_what_they_are_compared_with(tmp_path: Path) -> None:
    here = commands(tmp_path, SmallDesk(DESK.catalog, DESK.index, january_store(tmp_path / "companions")))
    added = await here.watch(HERE, "amount of E0601 in TX")
    assert added.startswith(
        "This channel now watches amount changes E0601 in TX. Compared with DMEPOS fee schedule October 2025 and "
        "Medicare Part B payment limits January 2026.\n"
    )
    added = await here.watch(HERE, "prior authorization list")
    assert "now watches prior authorization changes. Not loaded yet: Required Prior Authorization List.\n" in added
    assert await here.watch(HERE, "E0601 amount in Texas") == "This channel already watches amount changes E0601 in TX."
    assert "• amount changes E0601 in TX" in await here.watching(HERE, "")
    assert (await here.unwatch(HERE, "amount of E0601 in TX")).startswith("This channel no longer watches amount")
    assert (await here.unwatch(HERE, "prior authorization")).endswith("It watches nothing now.")


async def test_with_the_database_down_the_answer_is_for_a_person(slack: SlackPeer, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / STATE_FILE)) as connection:
        connection.execute("DROP TABLE watches")
    answer = as_message(await slack.slash("/hcpcs watch S9353"))
    assert answer.text.startswith(
        "My database can't be used at the moment, so I can't do that, and nothing was changed."
    )
    assert "HCPCS_DATABASE_URL" not in answer.text

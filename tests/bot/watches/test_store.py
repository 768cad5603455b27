"""The watches of channels as they are kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial

from sqlalchemy import select
from tests.bot.busy_state import until_free

from hcpcs_bot.state.database import Database
from hcpcs_bot.state.tables import ChannelRow, DeliveryRow, WatchRow
from hcpcs_bot.watches.store import WATCH_LIMIT, AddedWatches, WatchedChannel, WatchStore
from hcpcs_bot.watches.watch import Watch
from hcpcs_bot.watches.watch_parser import parse_watches

HERE, THERE = WatchedChannel("T1", "C1"), WatchedChannel("T1", "C2")


def add(watches: WatchStore, channel: WatchedChannel, text: str, last_release: str = "2025-10") -> AddedWatches:
    return watches.add(channel, parse_watches(text), last_release=last_release, created_by="abc", now=1000.0)


def phrases(watches: tuple[Watch, ...]) -> list[str]:
    return [watch.phrase for watch in watches]


def test_what_is_added_is_there_in_order(database: Database) -> None:
    watches = WatchStore(database)
    assert phrases(add(watches, HERE, "insulin pump").added) == ["insulin pump"]
    add(watches, HERE, "coverage changes S93*")
    add(watches, HERE, "S9353, E0601")
    assert phrases(watches.of(HERE)) == ["E0601", "S9353", "coverage changes S93*", "insulin pump"]
    assert watches.of(THERE) == ()


def test_a_watch_is_kept_as_it_was(database: Database) -> None:
    watches = WatchStore(database)
    for text in ("all", "S9325-S9328", "coverage and pricing changes for insulin pumps", "RR", "new codes"):
        (one,) = parse_watches(text)
        add(watches, HERE, text)
        assert one in watches.of(HERE)


def test_a_duplicate_is_said_and_not_added(database: Database) -> None:
    watches = WatchStore(database)
    add(watches, HERE, "insulin pump")
    again = add(watches, HERE, "pumps insulin")
    assert (again.added, phrases(again.existing), again.total) == ((), ["insulin pump"], 1)


def test_a_channel_has_its_most(database: Database) -> None:
    watches = WatchStore(database)
    for number in range(WATCH_LIMIT - 1):
        add(watches, HERE, f"A{number:04}")
    last = add(watches, HERE, "S9353, S9328")
    assert (phrases(last.added), phrases(last.over_limit), last.total) == (["S9353"], ["S9328"], WATCH_LIMIT)
    assert len(watches.of(HERE)) == WATCH_LIMIT
    assert phrases(add(watches, THERE, "S9328").added) == ["S9328"]


def test_many_who_add_at_once_do_not_pass_the_most(database: Database) -> None:
    watches = WatchStore(database)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: until_free(partial(add, watches, HERE, f"A{number:04}")), range(WATCH_LIMIT + 10)))
    assert len(watches.of(HERE)) == WATCH_LIMIT


def test_what_is_removed_is_gone_and_said(database: Database) -> None:
    watches = WatchStore(database)
    add(watches, HERE, "S9353, E0601")
    assert phrases(watches.remove(HERE, parse_watches("E0601, J1745"))) == ["E0601"]
    assert phrases(watches.of(HERE)) == ["S9353"]


def test_a_channel_without_watches_is_forgotten(database: Database) -> None:
    watches = WatchStore(database)
    for remove in (lambda: watches.remove(HERE, parse_watches("S9353")), lambda: watches.remove_all(HERE)):
        add(watches, HERE, "S9353")
        with database.transaction() as session:
            session.add(
                DeliveryRow(key="k", team="T1", channel="C1", before="2025-07", after="2025-10", started_at=1.0)
            )
        assert phrases(remove()) == ["S9353"]
        with database.transaction() as session:
            for table in (ChannelRow, WatchRow, DeliveryRow):
                assert session.scalars(select(table)).all() == []


def test_the_release_of_which_it_was_told_stays_as_it_was_at_first(database: Database) -> None:
    watches = WatchStore(database)
    add(watches, HERE, "S9353", last_release="2025-07")
    add(watches, HERE, "E0601", last_release="2025-10")
    with database.transaction() as session:
        assert session.scalars(select(ChannelRow.last_release)).all() == ["2025-07"]


def test_people_stand_as_given_hashes_only(database: Database) -> None:
    add(WatchStore(database), HERE, "S9353")
    with database.transaction() as session:
        assert session.scalars(select(WatchRow.created_by)).all() == ["abc"]


def test_the_watches_of_files_in_a_team_are_listed_with_their_channels(database: Database) -> None:
    watches = WatchStore(database)
    add(watches, THERE, "amount of J1745")
    add(watches, HERE, "prior authorization list")
    add(watches, HERE, "insulin pump")
    add(watches, WatchedChannel("T2", "C1"), "amount of E0601")
    listed = [(channel, watch.phrase) for channel, watch in watches.of_files("T1")]
    assert listed == [("C1", "prior authorization changes"), ("C2", "amount changes J1745")]

"""Each channel is told once of new editions of what it watches, together with a release if there is one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from tests.bot.some_releases import JULY, OCTOBER, SmallDesk, desk_of
from tests.bot.watches.small_editions import april_store, january_store
from tests.bot.watches.test_delivery import Clock, DiedError, FakeSlack

from hcpcs.companions.storage.companion_store import NO_COMPANIONS
from hcpcs_bot.state.database import Database, open_database
from hcpcs_bot.watches.delivery import DigestDispatcher, MaybePostedError, NotPostedError
from hcpcs_bot.watches.delivery_store import LEASE_SECONDS, DeliveryStore
from hcpcs_bot.watches.editions_digest import newest_days
from hcpcs_bot.watches.store import WatchedChannel, WatchStore
from hcpcs_bot.watches.watch_parser import parse_watches

HERE = WatchedChannel("T1", "C1")


class Desks:
    """Desks of a release with the companion files of January, and of April."""

    def __init__(self, folder: Path) -> None:
        july, october = desk_of(JULY), desk_of(JULY, OCTOBER)
        first, later = january_store(folder / "first"), april_store(folder / "later")
        self.before = SmallDesk(july.catalog, july.index, first)
        self.editions = SmallDesk(july.catalog, july.index, later)
        self.both = SmallDesk(october.catalog, october.index, later)
        self.release = SmallDesk(october.catalog, october.index, first)


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    return Desks(tmp_path)


@pytest.fixture
def database(tmp_path: Path, database_url: str) -> Iterator[Database]:
    opened = open_database(tmp_path, database_url)
    yield opened
    opened.close()


def watch(database: Database, desk: SmallDesk, *texts: str, channel: WatchedChannel = HERE) -> None:
    WatchStore(database).add(
        channel,
        [one for text in texts for one in parse_watches(text)],
        last_release="2025-07",
        created_by="abc",
        now=0.0,
        last_editions=newest_days(desk.companions),
    )


def dispatcher(database: Database, slack: FakeSlack, clock: Clock) -> DigestDispatcher:
    async def area_of(team: str) -> str | None:
        return "TX" if team == "T2" else None

    return DigestDispatcher(DeliveryStore(database), slack, clock=clock, pause=0.0, area_of=area_of)


def told(slack: FakeSlack) -> list[tuple[list[str], list[str]]]:
    """The codes of each digest: those of the release, and those of companion files."""
    return [
        (
            [one.change.code for one in digest.matched],
            [row.differences[0].code for row in digest.editions.rows] if digest.editions else [],
        )
        for _, _, digest in slack.posted
    ]


async def test_a_new_edition_is_told_once(database: Database, desks: Desks) -> None:
    slack, clock = FakeSlack(), Clock()
    watch(database, desks.before, "amount of J1745")
    one = dispatcher(database, slack, clock)
    assert await one.dispatch(desks.before) is None
    assert slack.posted == []
    assert await one.dispatch(desks.editions) is None
    assert await one.dispatch(desks.editions) is None
    assert await one.dispatch(desks.release) is None, "a replica that lags behind tells nothing"
    assert told(slack) == [([], ["J1745"])]


async def test_release_and_editions_that_arrive_together_are_one_digest(database: Database, desks: Desks) -> None:
    slack, clock = FakeSlack(), Clock()
    watch(database, desks.before, "S93*", "amount of J1745")
    await dispatcher(database, slack, clock).dispatch(desks.both)
    assert told(slack) == [(["S9328", "S9353"], ["J1745"])]
    await dispatcher(database, slack, clock).dispatch(desks.both)
    assert len(slack.posted) == 1


async def test_each_that_arrives_alone_is_told_alone(database: Database, desks: Desks) -> None:
    slack, clock = FakeSlack(), Clock()
    watch(database, desks.before, "S93*", "amount of J1745")
    one = dispatcher(database, slack, clock)
    await one.dispatch(desks.editions)
    await one.dispatch(desks.both)
    assert told(slack) == [([], ["J1745"]), (["S9328", "S9353"], [])]


async def test_the_state_of_the_team_chooses_amounts(database: Database, desks: Desks) -> None:
    slack, clock = FakeSlack(), Clock()
    for team in ("T1", "T2"):
        watch(database, desks.before, "amount of E0601", channel=WatchedChannel(team, "C1"))
    await dispatcher(database, slack, clock).dispatch(desks.editions)
    whats = [
        [one.what for row in digest.editions.rows for one in row.differences]
        for _, _, digest in slack.posted
        if digest.editions
    ]
    assert whats == [["AK", "TX"], ["TX"]]


async def test_what_does_not_match_is_passed_over_for_good(database: Database, desks: Desks) -> None:
    slack, clock = FakeSlack(), Clock()
    watch(database, desks.before, "amount of J0897")
    one = dispatcher(database, slack, clock)
    assert await one.dispatch(desks.editions) is None
    assert DeliveryStore(database).due("2025-07", clock.now, newest_days(desks.editions.companions)).now == ()


async def test_one_that_began_before_any_edition_is_told_of_the_next(database: Database, desks: Desks) -> None:
    slack, clock = FakeSlack(), Clock()
    nothing = SmallDesk(desks.before.catalog, desks.before.index, NO_COMPANIONS)
    watch(database, nothing, "amount of J1745")
    one = dispatcher(database, slack, clock)
    await one.dispatch(desks.before)
    assert slack.posted == []
    await one.dispatch(desks.editions)
    assert told(slack) == [([], ["J1745"])]


async def test_what_slack_refuses_is_told_later(database: Database, desks: Desks) -> None:
    slack, clock = FakeSlack(), Clock()
    watch(database, desks.before, "amount of J1745")

    def refuse(_: WatchedChannel) -> None:
        raise NotPostedError("not_in_channel", 60.0)

    slack.before = refuse
    one = dispatcher(database, slack, clock)
    assert await one.dispatch(desks.editions) == 60.0
    slack.before = lambda channel: None
    clock.now += 61
    await one.dispatch(desks.editions)
    assert told(slack) == [([], ["J1745"])]


@pytest.mark.parametrize("knows_keys", [True, False])
@pytest.mark.parametrize("fault", [MaybePostedError("lost"), DiedError()])
async def test_one_that_died_around_the_post_is_followed_by_another(
    database: Database, desks: Desks, fault: BaseException, knows_keys: bool
) -> None:
    slack, clock = FakeSlack(knows_keys=knows_keys, shows=not knows_keys), Clock()
    watch(database, desks.before, "S93*", "amount of J1745")

    def die(_: WatchedChannel) -> None:
        raise fault

    slack.after = die
    with suppress(DiedError):
        await dispatcher(database, slack, clock).dispatch(desks.editions)
    slack.after = lambda channel: None
    clock.now += LEASE_SECONDS + 1
    # A release has arrived meanwhile: the unfinished digest is still the one of the editions.
    another = dispatcher(database, slack, clock)
    await another.dispatch(desks.both)
    await another.dispatch(desks.both)
    assert told(slack) == [([], ["J1745"]), (["S9328", "S9353"], [])]


async def test_an_unfinished_digest_of_editions_not_loaded_here_waits(database: Database, desks: Desks) -> None:
    slack, clock = FakeSlack(), Clock()
    watch(database, desks.before, "amount of J1745")

    def die(_: WatchedChannel) -> None:
        raise DiedError

    slack.before = die
    with pytest.raises(DiedError):
        await dispatcher(database, slack, clock).dispatch(desks.editions)
    slack.before = lambda channel: None
    clock.now += LEASE_SECONDS + 1
    lagging = dispatcher(database, slack, clock)
    wait = await lagging.dispatch(desks.before)
    assert wait is not None
    assert wait > 0
    assert slack.posted == []
    clock.now += wait + 1
    await dispatcher(database, slack, clock).dispatch(desks.editions)
    assert told(slack) == [([], ["J1745"])]


async def test_unwatching_everything_forgets_the_editions(database: Database, desks: Desks) -> None:
    watch(database, desks.before, "amount of J1745")
    WatchStore(database).remove_all(HERE)
    watch(database, desks.editions, "amount of J1745")
    slack, clock = FakeSlack(), Clock()
    await dispatcher(database, slack, clock).dispatch(desks.editions)
    assert slack.posted == []

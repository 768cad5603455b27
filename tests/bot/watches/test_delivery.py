"""Each channel is told of a release once: by one replica or many, whatever Slack says and wherever one dies."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.bot.some_releases import JANUARY, JULY, OCTOBER, SmallDesk, desk_of

from hcpcs_bot.state.database import Database, open_database
from hcpcs_bot.watches.delivery import DigestDispatcher, MaybePostedError, NotPostedError, PostStatus
from hcpcs_bot.watches.delivery_store import LEASE_SECONDS, DeliveryStore
from hcpcs_bot.watches.digest import Digest
from hcpcs_bot.watches.store import WatchedChannel, WatchStore
from hcpcs_bot.watches.watch_parser import parse_watches

IN_OCTOBER = desk_of(JULY, OCTOBER)
IN_JANUARY = desk_of(JULY, OCTOBER, JANUARY)
CHANNELS = [WatchedChannel("T1", f"C{number}") for number in range(5)]


class DiedError(BaseException):
    """Stands for kill -9: nothing of the code under test may catch it."""


class FakeSlack:
    """Channels with what was posted in them, and whatever may go wrong.

    ``knows_keys`` says that it posts nothing twice under one key, ``shows`` that one may read channels.
    """

    def __init__(self, *, knows_keys: bool = True, shows: bool = True) -> None:
        self.posted: list[tuple[WatchedChannel, str, Digest]] = []
        self.knows_keys = knows_keys
        self.shows = shows
        self.before: Callable[[WatchedChannel], None] = lambda channel: None
        self.after: Callable[[WatchedChannel], None] = lambda channel: None

    async def post(self, channel: WatchedChannel, digest: Digest, key: str) -> str:
        self.before(channel)
        await asyncio.sleep(0)
        if not (self.knows_keys and any(key == other for _, other, _ in self.posted)):
            self.posted.append((channel, key, digest))
        self.after(channel)
        return f"17000000.{len(self.posted):06}"

    async def look_for(self, channel: WatchedChannel, key: str, since: float) -> PostStatus:
        if not self.shows:
            return PostStatus.UNKNOWN
        return PostStatus.POSTED if any(key == other for _, other, _ in self.posted) else PostStatus.ABSENT

    def told(self) -> Counter[WatchedChannel]:
        return Counter(channel for channel, _, _ in self.posted)


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def database(tmp_path: Path, database_url: str) -> Iterator[Database]:
    opened = open_database(tmp_path, database_url)
    watches = WatchStore(opened)
    for channel in CHANNELS:
        watches.add(channel, parse_watches("S93*"), last_release="2025-07", created_by="abc", now=0.0)
    yield opened
    opened.close()


def dispatcher(database: Database, slack: FakeSlack, clock: Clock) -> DigestDispatcher:
    return DigestDispatcher(DeliveryStore(database), slack, clock=clock, pause=0.0)


async def test_every_channel_is_told_once(database: Database) -> None:
    slack, clock = FakeSlack(), Clock()
    one = dispatcher(database, slack, clock)
    assert await one.dispatch(IN_OCTOBER) is None
    assert await one.dispatch(IN_OCTOBER) is None
    assert slack.told() == Counter(CHANNELS)
    digest = slack.posted[0][2]
    assert [(caught.change.code, caught.phrases) for caught in digest.matched] == [
        ("S9328", ("S93*",)),
        ("S9353", ("S93*",)),
    ]


async def test_the_next_release_is_told_from_there_on(database: Database) -> None:
    slack, clock = FakeSlack(), Clock()
    one = dispatcher(database, slack, clock)
    await one.dispatch(IN_OCTOBER)
    await one.dispatch(IN_JANUARY)
    assert [
        [c.change.code for c in digest.matched] for channel, _, digest in slack.posted if channel == CHANNELS[0]
    ] == [
        ["S9328", "S9353"],
        ["S9359"],
    ]


async def test_a_channel_whose_watches_nothing_touches_hears_nothing(database: Database) -> None:
    slack, clock = FakeSlack(), Clock()
    quiet = WatchedChannel("T1", "CQUIET")
    WatchStore(database).add(quiet, parse_watches("J9999"), last_release="2025-07", created_by="abc", now=0.0)
    await dispatcher(database, slack, clock).dispatch(IN_OCTOBER)
    assert quiet not in slack.told()
    await dispatcher(database, slack, clock).dispatch(IN_JANUARY)
    assert slack.told()[quiet] == 1


async def test_one_that_began_to_watch_with_this_release_hears_of_the_next(database: Database) -> None:
    slack, clock = FakeSlack(), Clock()
    new = WatchedChannel("T1", "CNEW")
    WatchStore(database).add(new, parse_watches("S93*"), last_release="2025-10", created_by="abc", now=0.0)
    await dispatcher(database, slack, clock).dispatch(IN_OCTOBER)
    assert new not in slack.told()


async def test_one_that_began_before_any_release_is_not_told_that_all_is_new(database: Database) -> None:
    slack, clock = FakeSlack(), Clock()
    first = WatchedChannel("T1", "CFIRST")
    WatchStore(database).add(first, parse_watches("all"), last_release="", created_by="abc", now=0.0)
    await dispatcher(database, slack, clock).dispatch(IN_OCTOBER)
    assert first not in slack.told()
    await dispatcher(database, slack, clock).dispatch(IN_JANUARY)
    assert slack.told()[first] == 1


async def test_loading_an_older_release_tells_nothing(database: Database) -> None:
    slack, clock = FakeSlack(), Clock()
    await dispatcher(database, slack, clock).dispatch(desk_of(JULY))
    assert slack.posted == []


async def test_many_replicas_at_once_tell_each_channel_once(
    tmp_path: Path, database_url: str, database: Database
) -> None:
    slack, clock = FakeSlack(knows_keys=False), Clock()
    replicas = [open_database(tmp_path, database_url) for _ in range(6)]
    await asyncio.gather(*(dispatcher(one, slack, clock).dispatch(IN_OCTOBER) for one in replicas))
    assert slack.told() == Counter(CHANNELS)
    for one in replicas:
        one.close()


async def test_replicas_of_different_releases_tell_nothing_twice(
    tmp_path: Path, database_url: str, database: Database
) -> None:
    slack, clock = FakeSlack(knows_keys=False), Clock()
    replicas = [open_database(tmp_path, database_url) for _ in range(4)]
    desks = [IN_OCTOBER, IN_JANUARY, desk_of(JULY), IN_OCTOBER]
    await asyncio.gather(
        *(dispatcher(one, slack, clock).dispatch(desk) for one, desk in zip(replicas, desks, strict=True))
    )
    await dispatcher(database, slack, clock).dispatch(IN_JANUARY)
    for channel in CHANNELS:
        changes = [
            (c.change.code, c.change.kind) for at, _, digest in slack.posted if at == channel for c in digest.matched
        ]
        assert len(changes) == len(set(changes)) == 3
    for one in replicas:
        one.close()


def dies(where: str, slack: FakeSlack, at: WatchedChannel) -> None:
    def die(channel: WatchedChannel) -> None:
        if channel == at:
            slack.before = slack.after = lambda _: None
            raise DiedError

    setattr(slack, where, die)


@pytest.mark.parametrize("where", ["before", "after"])
@pytest.mark.parametrize(("knows_keys", "shows"), [(True, False), (False, True), (True, True)])
async def test_one_that_died_is_made_good_once(database: Database, where: str, knows_keys: bool, shows: bool) -> None:
    slack, clock = FakeSlack(knows_keys=knows_keys, shows=shows), Clock()
    dies(where, slack, CHANNELS[2])
    with pytest.raises(DiedError):
        await dispatcher(database, slack, clock).dispatch(IN_OCTOBER)
    wait = await dispatcher(database, slack, clock).dispatch(IN_OCTOBER)
    assert wait == LEASE_SECONDS
    assert set(CHANNELS) - set(slack.told()) <= {CHANNELS[2]}
    clock.now += wait
    assert await dispatcher(database, slack, clock).dispatch(IN_OCTOBER) is None
    assert slack.told() == Counter(CHANNELS)


async def test_what_died_a_release_ago_is_finished_before_the_next(database: Database) -> None:
    slack, clock = FakeSlack(), Clock()
    dies("before", slack, CHANNELS[0])
    with pytest.raises(DiedError):
        await dispatcher(database, slack, clock).dispatch(IN_OCTOBER)
    clock.now += LEASE_SECONDS
    one = dispatcher(database, slack, clock)
    while (wait := await one.dispatch(IN_JANUARY)) is not None:
        clock.now += wait
    spans = [(d.before and d.before.id, d.after.id) for channel, _, d in slack.posted if channel == CHANNELS[0]]
    assert spans == [("2025-07", "2025-10"), ("2025-10", "2026-01")]


async def test_a_lost_answer_is_looked_into_and_not_doubled(database: Database) -> None:
    slack, clock = FakeSlack(knows_keys=False), Clock()

    def lose(channel: WatchedChannel) -> None:
        slack.after = lambda _: None
        raise MaybePostedError("lost")

    slack.after = lose
    wait = await dispatcher(database, slack, clock).dispatch(IN_OCTOBER)
    assert wait == LEASE_SECONDS
    clock.now += wait
    assert await dispatcher(database, slack, clock).dispatch(IN_OCTOBER) is None
    assert slack.told() == Counter(CHANNELS)


async def test_slacks_wish_to_wait_is_kept(database: Database) -> None:
    slack, clock = FakeSlack(), Clock()

    def refuse(channel: WatchedChannel) -> None:
        slack.before = lambda _: None
        raise NotPostedError("ratelimited", 17.0)

    slack.before = refuse
    assert await dispatcher(database, slack, clock).dispatch(IN_OCTOBER) == 17.0
    assert slack.told() == Counter(CHANNELS[1:])
    clock.now += 17.0
    assert await dispatcher(database, slack, clock).dispatch(IN_OCTOBER) is None
    assert slack.told() == Counter(CHANNELS)


async def test_a_channel_that_can_not_be_posted_to_gets_all_it_missed_later(database: Database) -> None:
    slack, clock = FakeSlack(), Clock()

    def refuse(channel: WatchedChannel) -> None:
        if channel == CHANNELS[0]:
            raise NotPostedError("not_in_channel")

    slack.before = refuse
    await dispatcher(database, slack, clock).dispatch(IN_OCTOBER)
    slack.before = lambda _: None
    clock.now += 90 * 24 * 3600
    await dispatcher(database, slack, clock).dispatch(IN_JANUARY)
    (digest,) = [digest for channel, _, digest in slack.posted if channel == CHANNELS[0]]
    assert [caught.change.code for caught in digest.matched] == ["S9359", "S9328", "S9353"]


async def test_the_starter_tells_nothing(database: Database) -> None:
    from hcpcs.catalog.starter import starter_release

    slack, clock = FakeSlack(), Clock()
    assert await dispatcher(database, slack, clock).dispatch(desk_of(starter_release())) is None
    assert slack.posted == []


async def test_an_unfinished_digest_of_a_release_not_loaded_here_waits(database: Database) -> None:
    slack, clock = FakeSlack(), Clock()
    dies("before", slack, CHANNELS[0])
    with pytest.raises(DiedError):
        await dispatcher(database, slack, clock).dispatch(IN_OCTOBER)
    clock.now += LEASE_SECONDS
    wait = await dispatcher(database, slack, clock).dispatch(desk_of(JULY))
    assert wait is not None
    assert wait > 0
    assert slack.posted == []


async def test_told_to_stop_it_finishes_the_post_at_hand(database: Database) -> None:
    slack, clock = FakeSlack(), Clock()
    posting = asyncio.Event()

    class Slow(FakeSlack):
        async def post(self, channel: WatchedChannel, digest: Digest, key: str) -> str:
            posting.set()
            await asyncio.sleep(0.05)
            return await super().post(channel, digest, key)

    slack = Slow()
    task = asyncio.create_task(dispatcher(database, slack, clock).dispatch(IN_OCTOBER))
    await posting.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert slack.told() == Counter(CHANNELS[:1])
    assert await dispatcher(database, slack, clock).dispatch(IN_OCTOBER) is None
    assert slack.told() == Counter(CHANNELS)


def test_small_desks_are_what_delivery_needs() -> None:
    assert isinstance(IN_OCTOBER, SmallDesk)
    assert IN_OCTOBER.catalog.newest.id == "2025-10"

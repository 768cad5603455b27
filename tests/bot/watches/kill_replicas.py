"""Kills replicas anywhere in their deliveries, many times over: run by test_delivery_chaos.

Usage: kill_replicas.py HOME KILLS SEED SLACK_API BOT_TOKEN DATABASE_URL. Prints how many releases were
delivered, and how many replicas were killed. A process of its own, so that it may fork safely.

Leases last as long as in production, and end in the database once every replica that could hold one is dead: no
replica that is alive ever loses its lease to a slow machine.
"""

from __future__ import annotations

import asyncio
import random
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from urllib.request import Request, urlopen

from sqlalchemy import update
from tests.bot.some_releases import SmallDesk, record, release
from tests.killed_processes import calls_of, fork, killed

from hcpcs.catalog.catalog import Catalog
from hcpcs.releases import ReadRelease
from hcpcs.search_port import Filters, Hit, SearchResult
from hcpcs_bot.slack.installation.config import SlackConfig
from hcpcs_bot.slack.outbound.digest_poster import DigestPoster
from hcpcs_bot.state.database import Database, open_database
from hcpcs_bot.state.tables import ChannelRow
from hcpcs_bot.watches.delivery import DigestDispatcher
from hcpcs_bot.watches.delivery_store import DeliveryStore
from hcpcs_bot.watches.store import WatchedChannel, WatchStore
from hcpcs_bot.watches.watch_parser import parse_watches

CHANNELS = [WatchedChannel("T1", f"C{number}") for number in range(3)]
REPLICAS = 2
LONGEST_WAIT = 0.02
"""Seconds until a replica looks again for what another one left, though its lease lasts much longer."""
NO_FILTERS = Filters()


class EmptyIndex:
    """Finds nothing: no channel here watches words."""

    def search(self, text: str, *, filters: Filters = NO_FILTERS, limit: int = 10, offset: int = 0) -> SearchResult:
        return SearchResult(query=text, hits=(), total=0)

    def finds(self, text: str, codes: Iterable[str]) -> bool:
        return False

    def suggest(self, text: str, *, limit: int = 10) -> tuple[Hit, ...]:
        return ()

    def neighbors(self, text: str, *, excluding: frozenset[str] = frozenset(), limit: int = 5) -> tuple[Hit, ...]:
        return ()


def numbered(number: int) -> ReadRelease:
    """A release in which the coverage of S9353 differs from the one before."""
    return release(f"{2000 + number}-01", record("S9353", coverage="CD"[number % 2]))


def desk_of(number: int) -> SmallDesk:
    """The desk of a release and the one before it."""
    return SmallDesk(Catalog.build([numbered(number - 1), numbered(number)]), EmptyIndex())


def watch(database: Database) -> None:
    """Lets every channel watch S9353, as of the release 0."""
    watches, last_release = parse_watches("S9353"), numbered(0).release.id
    for channel in CHANNELS:
        WatchStore(database).add(channel, watches, last_release=last_release, created_by="", now=0.0)


async def deliver(database: Database, slack: SlackConfig, desk: SmallDesk) -> None:
    """One replica, until every channel has its digest."""
    dispatcher = DigestDispatcher(DeliveryStore(database), DigestPoster(slack), pause=0.0)
    while (wait := await dispatcher.dispatch(desk)) is not None:
        await asyncio.sleep(min(wait, LONGEST_WAIT))


def end_leases(database: Database) -> None:
    """Ends every lease, as the time does in production."""
    with database.transaction() as session:
        session.execute(update(ChannelRow).values(lease_expires_at=0.0))


def wait_for_slack(slack: SlackConfig) -> None:
    """Waits until the stand-in has carried out every call sent so far: it takes the same time for each, in order.

    A replica has as long as a lease lasts for this; here the next one starts at once.
    """
    call = Request(f"{slack.api_url}auth.test", headers={"authorization": f"Bearer {slack.bot_token}"}, method="POST")
    with urlopen(call) as response:
        assert response.status == 200


def main(home: Path, kills: int, seed: int, slack: SlackConfig, database_url: str) -> None:
    """Delivers release after release until ``kills`` replicas were killed."""
    chance = random.Random(seed)
    # Opened before any fork, and without connections then: most calls of a replica would be those of the migrations.
    database = open_database(home, database_url)
    watch(database)

    def replica(number: int) -> None:
        asyncio.run(deliver(database, slack, desk_of(number)))

    database.close()
    number = 1
    whole_run = calls_of(partial(replica, number))
    died = 0
    while died < kills:
        number += 1
        for _ in range(chance.randint(1, 3)):
            lives = [chance.randint(1, int(1.5 * whole_run)) for _ in range(REPLICAS)]
            children = [fork(partial(replica, number), life) for life in lives]
            died += sum([killed(child) for child in children])
            wait_for_slack(slack)
            end_leases(database)
            database.close()
        assert not killed(fork(partial(replica, number))), "the last replica was killed"
    sys.stdout.write(f"{number} {died}\n")


if __name__ == "__main__":
    config = SlackConfig(bot_token=sys.argv[5], api_url=sys.argv[4], environ_proxy=False)
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), config, sys.argv[6])

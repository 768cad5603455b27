"""Kills replicas that tell channels of releases, at random moments, many times over: run by test_chaos.

Usage: tell_again_and_again.py HOME KILLS SEED SLACK_API BOT_TOKEN. Prints how many releases were told, and how
many replicas died while they were at it. A process of its own, so that it may fork safely.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
import time
from pathlib import Path

from tests.bot.some_releases import SmallDesk, record, release

from hcpcs.catalog.catalog import Catalog
from hcpcs.releases import ReadRelease
from hcpcs.search_port import Filters, Hit, SearchResult
from hcpcs_bot.slack.config import SlackConfig
from hcpcs_bot.slack.outbound.digest_poster import DigestPoster
from hcpcs_bot.state.database import open_database
from hcpcs_bot.watches.delivery import DigestDispatcher
from hcpcs_bot.watches.delivery_store import DeliveryStore
from hcpcs_bot.watches.store import WatchedChannel, WatchStore
from hcpcs_bot.watches.watch_parser import parse_watches

CHANNELS = [WatchedChannel("T1", f"C{number}") for number in range(3)]
REPLICAS = 2
LONGEST_LIFE = 0.15
LEASE_SECONDS = 0.25
"""Far longer than the stand-in takes for a message, as the real one is than Slack takes."""
NO_FILTERS = Filters()


class EmptyIndex:
    """Finds nothing: no channel here watches words."""

    def search(self, text: str, *, filters: Filters = NO_FILTERS, limit: int = 10, offset: int = 0) -> SearchResult:
        return SearchResult(query=text, hits=(), total=0)

    def suggest(self, text: str, *, limit: int = 10) -> tuple[Hit, ...]:
        return ()

    def neighbors(self, text: str, *, excluding: frozenset[str] = frozenset(), limit: int = 5) -> tuple[Hit, ...]:
        return ()


def numbered(number: int) -> ReadRelease:
    """A release in which S9353 is covered otherwise than in the one before."""
    return release(f"{2000 + number}-01", record("S9353", coverage="CD"[number % 2]))


def desk_of(number: int) -> SmallDesk:
    """The desk of a release and the one before it."""
    return SmallDesk(Catalog.build([numbered(number - 1), numbered(number)]), EmptyIndex())


async def tell(home: Path, slack: SlackConfig, desk: SmallDesk) -> None:
    """One replica, until nothing is left to tell."""
    database = open_database(home)
    dispatcher = DigestDispatcher(DeliveryStore(database, LEASE_SECONDS), DigestPoster(slack), pause=0.0)
    while (wait := await dispatcher.dispatch(desk)) is not None:
        await asyncio.sleep(wait)


def fork(home: Path, slack: SlackConfig, desk: SmallDesk) -> int:
    """Starts a replica, and gives its process id."""
    child = os.fork()
    if child == 0:
        asyncio.run(tell(home, slack, desk))
        os._exit(0)
    return child


def main(home: Path, kills: int, seed: int, slack: SlackConfig) -> None:
    """Tells release after release until ``kills`` replicas died at it."""
    chance = random.Random(seed)
    database = open_database(home)
    for place in CHANNELS:
        WatchStore(database).add(
            place, parse_watches("S9353"), last_release=numbered(0).release.id, created_by="", now=0.0
        )
    database.close()
    number = died = 0
    while died < kills:
        number += 1
        desk = desk_of(number)
        for _ in range(chance.randint(1, 3)):
            children = [fork(home, slack, desk) for _ in range(REPLICAS)]
            for child in children:
                time.sleep(chance.uniform(0, LONGEST_LIFE))
                os.kill(child, signal.SIGKILL)
            ends = [os.waitpid(child, 0)[1] for child in children]
            died += sum(os.WIFSIGNALED(end) for end in ends)
        assert os.waitpid(fork(home, slack, desk), 0)[1] == 0, "the last replica failed"
    sys.stdout.write(f"{number} {died}\n")


if __name__ == "__main__":
    config = SlackConfig(bot_token=sys.argv[5], api_url=sys.argv[4], environ_proxy=False)
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), config)

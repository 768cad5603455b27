"""Tells each channel of a new release once: takes the channel, posts its digest, and writes that down.

Which promise is kept, and why, stands in docs/decisions/one-digest-a-channel.md. In short: what is about to be
posted is written down first, under a key that goes with the message; whoever finds such a note of one that died asks
Slack for that message, and posts it again, under the same key, only if it can't be seen there.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Coroutine
from enum import StrEnum
from typing import Any, Final, Protocol

import structlog

from hcpcs.catalog.catalog import Catalog
from hcpcs.errors import HcpcsError
from hcpcs.search_port import SearchIndex
from hcpcs_bot.watches.delivery_store import DeliveryLease, DeliveryStore, DigestDelivery
from hcpcs_bot.watches.digest import Digest, DigestPeriod, build_digest, period_since
from hcpcs_bot.watches.matching import word_search
from hcpcs_bot.watches.store import WatchedChannel

TRY_AGAIN_SECONDS: Final = 3600.0
"""When a channel that Slack refused (the app is no member, say) is tried again."""
NOT_LOADED_SECONDS: Final = 60.0
PAUSE_SECONDS: Final = 0.25
"""Between two channels: Slack takes a few hundred messages a minute of an app."""
LAST_SECONDS: Final = 15.0
"""So long a post at hand may go on when the server stops."""

log = structlog.stdlib.get_logger("hcpcs_bot.announcing")


class NotPostedError(HcpcsError):
    """Slack surely did not take a message. ``seconds`` is when it may be tried again, ``reason`` Slack's word."""

    def __init__(self, reason: str, seconds: float = TRY_AGAIN_SECONDS) -> None:
        super().__init__(f"Slack did not take the digest: {reason}")
        self.reason = reason
        self.seconds = seconds


class MaybePostedError(HcpcsError):
    """A message of which nobody knows whether Slack took it: the answer was lost."""


class Trace(StrEnum):
    """What Slack says of a message that may have been posted."""

    POSTED = "posted"
    ABSENT = "absent"
    UNKNOWN = "unknown"
    """We may not look: the app has no scope to read the channel."""


class Poster(Protocol):
    """Posts digests, and looks for one that may have been posted."""

    async def post(self, place: WatchedChannel, digest: Digest, key: str) -> str:
        """Posts a digest under a key and gives Slack's name of it; the same key again posts nothing more, as far as
        Slack can tell. Raises ``NotPostedError`` or ``MaybePostedError``.
        """
        ...

    async def look_for(self, place: WatchedChannel, key: str, since: float) -> Trace:
        """Whether a message with this key was posted after ``since`` (seconds since 1970)."""
        ...


class SearchingDesk(Protocol):
    """What announcing needs of the desk in use."""

    @property
    def catalog(self) -> Catalog:
        """The catalogue of the releases."""
        ...

    @property
    def index(self) -> SearchIndex:
        """Its index."""
        ...


class Announcer:
    """Tells channels. Any number of replicas may run one each on the same state."""

    def __init__(
        self,
        deliveries: DeliveryStore,
        poster: Poster,
        *,
        clock: Callable[[], float] = time.time,
        pause: float = PAUSE_SECONDS,
    ) -> None:
        self._deliveries = deliveries
        self._poster = poster
        self._clock = clock
        self._pause = pause
        self._name = secrets.token_hex(8)

    async def announce(self, desk: SearchingDesk) -> float | None:
        """Tells every channel that is to be told of the desk's newest release.

        Gives the seconds after which to call again (another replica is at it, or Slack asked to wait), ``None`` if
        nothing is left to do before the next release. Cancelled, it ends between two channels. Raises
        ``StateError`` where the database fails.
        """
        if desk.catalog.starter:
            return None
        newest = desk.catalog.newest.id
        due = await asyncio.to_thread(self._deliveries.due, newest, self._clock())
        for place in due.now:
            await _unbroken(self._tell(place, desk, newest))
            await asyncio.sleep(self._pause)
        left = await asyncio.to_thread(self._deliveries.due, newest, self._clock())
        if left.now:
            return 0.0
        return None if left.next_at is None else max(0.0, left.next_at - self._clock())

    async def _tell(self, place: WatchedChannel, desk: SearchingDesk, newest: str) -> None:
        held = await asyncio.to_thread(self._deliveries.take, place, self._name, self._clock())
        if held is None:
            return
        begun = held.unfinished
        if begun is not None and await self._poster.look_for(place, begun.key, begun.begun_at) is Trace.POSTED:
            await asyncio.to_thread(self._deliveries.finish, held, begun, "found")
            log.info("digest found posted", before=begun.before, after=begun.after)
            return
        after = begun.after if begun is not None else newest
        span = period_since(desk.catalog, held.told, after)
        if span is None:
            await asyncio.to_thread(self._deliveries.let_go, held, self._clock() + NOT_LOADED_SECONDS)
            return
        digest = await asyncio.to_thread(self._digest, held, desk, span)
        if digest is None:
            await asyncio.to_thread(self._deliveries.nothing_to_tell, held, after)
            return
        await self._post(held, digest, after)

    def _digest(self, held: DeliveryLease, desk: SearchingDesk, span: DigestPeriod) -> Digest | None:
        if not held.told:
            return None  # the channel began to watch before there was a release: this one is its first
        return build_digest(desk.catalog, span, held.watches, word_search(desk.index))

    async def _post(self, held: DeliveryLease, digest: Digest, after: str) -> None:
        delivery = await asyncio.to_thread(self._begin, held, after)
        if delivery is None:
            return
        try:
            posted_as = await self._poster.post(held.place, digest, delivery.key)
        except NotPostedError as error:
            log.warning("digest not posted", reason=error.reason, after=after, seconds=error.seconds)
            again_at = self._clock() + error.seconds
            await asyncio.to_thread(self._deliveries.not_posted, held, delivery, again_at)
            return
        except MaybePostedError:
            log.warning("digest perhaps posted: it will be looked for", after=after)
            return
        await asyncio.to_thread(self._deliveries.finish, held, delivery, posted_as)
        log.info("digest posted", before=delivery.before, after=after, changes=digest.total)

    def _begin(self, held: DeliveryLease, after: str) -> DigestDelivery | None:
        if held.unfinished is None:
            return self._deliveries.begin(held, after, self._clock())
        return held.unfinished if self._deliveries.begin_again(held, self._clock()) else None


async def _unbroken(work: Coroutine[Any, Any, None]) -> None:
    """Does ``work`` to its end even if cancelled meanwhile: a post cut off would have to be looked for."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task}, timeout=LAST_SECONDS)
        raise

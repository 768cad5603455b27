"""The delivery of digests: for each channel that is due, lease it, post its digest, and write that down.

What is about to be posted is written down first, under a key that goes with the message. A replica that finds such
a note of one that died asks Slack for that message, and posts it again, under the same key, only if Slack doesn't
show it. docs/decisions/one-digest-per-channel.md says which promise this keeps, and why.
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
from hcpcs_bot.watches.delivery_store import FOUND_IN_HISTORY, DeliveryLease, DeliveryStore, DigestDelivery
from hcpcs_bot.watches.digest import Digest, DigestPeriod, build_digest, period_since
from hcpcs_bot.watches.matching import word_search
from hcpcs_bot.watches.store import WatchedChannel

RETRY_SECONDS: Final = 3600.0
"""Seconds before another attempt in a channel that Slack refused (because the app isn't a member, for example)."""
NOT_LOADED_SECONDS: Final = 60.0
"""Seconds before another attempt in a channel whose unfinished digest is about a release that isn't loaded here."""
PAUSE_SECONDS: Final = 0.25
"""Seconds between two channels: Slack takes a few hundred messages per minute from an app."""
SHUTDOWN_SECONDS: Final = 15.0
"""Maximum seconds for the current channel when the server stops."""

log = structlog.stdlib.get_logger("hcpcs_bot.watches")


class NotPostedError(HcpcsError):
    """Slack certainly did not take a message. ``reason`` is Slack's error code; a retry may come after ``seconds``."""

    def __init__(self, reason: str, seconds: float = RETRY_SECONDS) -> None:
        super().__init__(f"Slack did not take the digest: {reason}")
        self.reason = reason
        self.seconds = seconds


class MaybePostedError(HcpcsError):
    """Slack may or may not have taken a message: its response was lost."""


class PostStatus(StrEnum):
    """What Slack shows of a message that may have been posted."""

    POSTED = "posted"
    ABSENT = "absent"
    UNKNOWN = "unknown"
    """The app can't look: it has no scope to read the channel, or Slack can't be reached."""


class Poster(Protocol):
    """Posts digests, and looks for one that may have been posted."""

    async def post(self, channel: WatchedChannel, digest: Digest, key: str) -> str:
        """Posts a digest under a key, and returns the message's timestamp.

        The same key again posts nothing more, as far as Slack can tell. Raises ``NotPostedError`` or
        ``MaybePostedError``.
        """
        ...

    async def look_for(self, channel: WatchedChannel, key: str, since: float) -> PostStatus:
        """Whether a message with this key was posted after ``since`` (seconds since 1970)."""
        ...


class SearchingDesk(Protocol):
    """The catalog in use and its index: all that a digest needs of a desk."""

    @property
    def catalog(self) -> Catalog:
        """The catalog of the releases."""
        ...

    @property
    def index(self) -> SearchIndex:
        """Its index."""
        ...


class DigestDispatcher:
    """Delivers the digests that are due. Any number of replicas may run one each on the same database."""

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
        self._holder = secrets.token_hex(8)

    async def dispatch(self, desk: SearchingDesk) -> float | None:
        """Delivers to every channel that has had no digest of the desk's newest release.

        Returns the seconds after which to call it again (another replica has a lease, or Slack asked to wait);
        ``None`` if nothing is left before the next release. If canceled, it stops between two channels. Raises
        ``StateError`` if the database fails.
        """
        if desk.catalog.starter:
            return None
        newest = desk.catalog.newest.id
        due = await asyncio.to_thread(self._deliveries.due, newest, self._clock())
        for channel in due.now:
            await _to_its_end(self._deliver(channel, desk, newest))
            await asyncio.sleep(self._pause)
        left = await asyncio.to_thread(self._deliveries.due, newest, self._clock())
        if left.now:
            return 0.0
        return None if left.next_at is None else max(0.0, left.next_at - self._clock())

    async def _deliver(self, channel: WatchedChannel, desk: SearchingDesk, newest: str) -> None:
        lease = await asyncio.to_thread(self._deliveries.acquire, channel, self._holder, self._clock())
        if lease is None:
            return
        unfinished = lease.unfinished
        if unfinished is not None and await self._was_posted(channel, unfinished):
            await asyncio.to_thread(self._deliveries.finish, lease, unfinished, FOUND_IN_HISTORY)
            log.info("digest found posted", before=unfinished.before, after=unfinished.after)
            return
        after = unfinished.after if unfinished is not None else newest
        period = period_since(desk.catalog, lease.last_release, after)
        if period is None:
            await asyncio.to_thread(self._deliveries.release, lease, self._clock() + NOT_LOADED_SECONDS)
            return
        digest = await asyncio.to_thread(_digest_of, lease, desk, period)
        if digest is None:
            await asyncio.to_thread(self._deliveries.skip, lease, after)
            return
        await self._post(lease, digest, after)

    async def _was_posted(self, channel: WatchedChannel, delivery: DigestDelivery) -> bool:
        status = await self._poster.look_for(channel, delivery.key, delivery.started_at)
        return status is PostStatus.POSTED

    async def _post(self, lease: DeliveryLease, digest: Digest, after: str) -> None:
        delivery = await asyncio.to_thread(self._start, lease, after)
        if delivery is None:
            return
        try:
            message_ts = await self._poster.post(lease.channel, digest, delivery.key)
        except NotPostedError as error:
            log.warning("digest not posted", reason=error.reason, after=after, seconds=error.seconds)
            await asyncio.to_thread(self._deliveries.undo, lease, delivery, self._clock() + error.seconds)
            return
        except MaybePostedError:
            log.warning("digest may have been posted: will look for it", after=after)
            return
        await asyncio.to_thread(self._deliveries.finish, lease, delivery, message_ts)
        log.info("digest posted", before=delivery.before, after=after, changes=digest.total)

    def _start(self, lease: DeliveryLease, after: str) -> DigestDelivery | None:
        if lease.unfinished is None:
            return self._deliveries.start(lease, after, self._clock())
        return lease.unfinished if self._deliveries.restart(lease, self._clock()) else None


def _digest_of(lease: DeliveryLease, desk: SearchingDesk, period: DigestPeriod) -> Digest | None:
    if not lease.last_release:
        # The channel began to watch before any release was loaded: there is nothing to compare this one with.
        return None
    return build_digest(desk.catalog, period, lease.watches, word_search(desk.index))


async def _to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Finishes ``work`` even if canceled in the meantime: an interrupted post would have to be looked up."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task}, timeout=SHUTDOWN_SECONDS)
        raise

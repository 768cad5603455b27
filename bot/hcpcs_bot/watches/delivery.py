"""The delivery of digests: for each channel that is due, lease it, post its digest, and write that down.

What is about to be posted is written down first, under a key that goes with the message. A replica that finds such
a note of one that died asks Slack for that message, and posts it again, under the same key, only if Slack doesn't
show it. docs/decisions/one-digest-per-channel.md says which promise this keeps, and why.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable, Coroutine
from enum import StrEnum
from typing import Any, Final, NamedTuple, Protocol

import structlog

from hcpcs.catalog.catalog import Catalog
from hcpcs.companions.storage.companion_store import Companions
from hcpcs.errors import HcpcsError
from hcpcs.search_port import SearchIndex
from hcpcs_bot.watches.delivery_store import (
    FOUND_IN_HISTORY,
    Days,
    DeliveryLease,
    DeliveryStore,
    DigestDelivery,
    editions_id,
    is_of_editions,
)
from hcpcs_bot.watches.digest import Digest, DigestPeriod, build_digest, period_since
from hcpcs_bot.watches.editions_digest import build_editions_digest, editions_to_compare, newest_days
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


AreaOf = Callable[[str], Awaitable[str | None]]
"""The abbreviation of the state that a team has set; ``None`` for none."""


async def no_area(_: str) -> str | None:
    """No team has set a state."""
    return None


class SearchingDesk(Protocol):
    """The catalog in use, its index and the companion files: all that a digest needs of a desk."""

    @property
    def companions(self) -> Companions:
        """The companion files."""
        ...

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
        area_of: AreaOf = no_area,
    ) -> None:
        """``area_of`` gives the state of a team, for the amounts of fee schedules."""
        self._deliveries = deliveries
        self._poster = poster
        self._clock = clock
        self._pause = pause
        self._area_of = area_of
        self._holder = secrets.token_hex(8)

    async def dispatch(self, desk: SearchingDesk) -> float | None:
        """Delivers to every channel that has had no digest of the desk's newest release, or editions that it watches.

        Returns the seconds after which to call it again (another replica has a lease, or Slack asked to wait);
        ``None`` if nothing is left before the next release. If canceled, it stops between two channels. Raises
        ``StateError`` if the database fails.
        """
        newest = DigestTarget(
            "" if desk.catalog.starter else desk.catalog.newest.id,
            newest_days(desk.companions),
        )
        due = await self._deliveries.run(self._deliveries.due, newest.release, self._clock(), newest.editions)
        for channel in due.now:
            await _to_its_end(self._deliver(channel, desk, newest))
            await asyncio.sleep(self._pause)
        left = await self._deliveries.run(self._deliveries.due, newest.release, self._clock(), newest.editions)
        if left.now:
            return 0.0
        return None if left.next_at is None else max(0.0, left.next_at - self._clock())

    async def _deliver(self, channel: WatchedChannel, desk: SearchingDesk, newest: DigestTarget) -> None:
        lease = await self._deliveries.run(self._deliveries.acquire, channel, self._holder, self._clock())
        if lease is None:
            return
        unfinished = lease.unfinished
        if unfinished is not None and await self._was_posted(channel, unfinished):
            await self._deliveries.run(self._deliveries.finish, lease, unfinished, FOUND_IN_HISTORY)
            log.info("digest found posted", before=unfinished.before, after=unfinished.after)
            return
        target = _target_of(lease, newest)
        area = await self._area_of(channel.team) if target.editions else None
        if not _is_loaded_here(target, lease, desk):
            await self._deliveries.run(self._deliveries.release, lease, self._clock() + NOT_LOADED_SECONDS)
            return
        digest = await asyncio.to_thread(_digest_of, lease, desk, target, area or "")
        after = unfinished.after if unfinished is not None else target.id_since(lease.last_release)
        if digest is None:
            await self._deliveries.run(self._deliveries.skip, lease, after, target.editions)
            return
        await self._post(lease, digest, after, target.editions)

    async def _was_posted(self, channel: WatchedChannel, delivery: DigestDelivery) -> bool:
        status = await self._poster.look_for(channel, delivery.key, delivery.started_at)
        return status is PostStatus.POSTED

    async def _post(self, lease: DeliveryLease, digest: Digest, after: str, editions: Days) -> None:
        delivery = await self._deliveries.run(self._start, lease, after, editions)
        if delivery is None:
            return
        try:
            message_ts = await self._poster.post(lease.channel, digest, delivery.key)
        except NotPostedError as error:
            log.warning("digest not posted", reason=error.reason, after=after, seconds=error.seconds)
            await self._deliveries.run(self._deliveries.undo, lease, delivery, self._clock() + error.seconds)
            return
        except MaybePostedError:
            log.warning("digest may have been posted: will look for it", after=after)
            return
        await self._deliveries.run(self._deliveries.finish, lease, delivery, message_ts)
        log.info("digest posted", before=delivery.before, after=after, changes=digest.total)

    def _start(self, lease: DeliveryLease, after: str, editions: Days) -> DigestDelivery | None:
        if lease.unfinished is None:
            return self._deliveries.start(lease, after, self._clock(), editions)
        return lease.unfinished if self._deliveries.restart(lease, self._clock()) else None


class DigestTarget(NamedTuple):
    """Up to what a digest goes: the id of a release (blank for none), and an edition of each kind by its first day."""

    release: str
    editions: Days

    def id_since(self, last_release: str) -> str:
        """The id of the digest: that of the release where it is newer than the last one, else of the editions."""
        return self.release if self.release > last_release or not self.editions else editions_id(self.editions)


def _target_of(lease: DeliveryLease, newest: DigestTarget) -> DigestTarget:
    """What the digest of a channel goes up to: what an unfinished one had, else the newest of what it watches."""
    if lease.unfinished is not None:
        after = lease.unfinished.after
        return DigestTarget(lease.last_release if is_of_editions(after) else after, lease.pending)
    newer = {kind: day for kind, day in newest.editions.items() if lease.last_editions.get(kind, day) < day}
    return DigestTarget(max(newest.release, lease.last_release), newer)


def _is_loaded_here(target: DigestTarget, lease: DeliveryLease, desk: SearchingDesk) -> bool:
    """Whether this replica has what the digest is about; another one may have loaded it first."""
    loaded = {(edition.kind, str(edition.from_day)) for edition in desk.companions.editions}
    if any((kind, day) not in loaded for kind, day in target.editions.items()):
        return False
    return target.release <= lease.last_release or _period(target, lease, desk) is not None


def _period(target: DigestTarget, lease: DeliveryLease, desk: SearchingDesk) -> DigestPeriod | None:
    return period_since(desk.catalog, lease.last_release, target.release)


def _digest_of(lease: DeliveryLease, desk: SearchingDesk, target: DigestTarget, area: str) -> Digest | None:
    """The digest of a release and of editions, or of one of them; ``None`` if nothing matches the watches."""
    search = word_search(desk.index)
    digest = None
    # A channel that began to watch before any release was loaded has nothing to compare the first one with.
    if lease.last_release and target.release > lease.last_release:
        period = _period(target, lease, desk)
        digest = build_digest(desk.catalog, period, lease.watches, search) if period is not None else None
    compared = editions_to_compare(desk.companions, lease.last_editions, target.editions)
    editions = build_editions_digest(desk.companions, compared, lease.watches, search, area)
    if editions is None:
        return digest
    if digest is None:
        return Digest(before=None, after=desk.catalog.newest, matched=(), counts={}, editions=editions)
    return digest.model_copy(update={"editions": editions})


async def _to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Finishes ``work`` even if canceled in the meantime: an interrupted post would have to be looked up."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task}, timeout=SHUTDOWN_SECONDS)
        raise

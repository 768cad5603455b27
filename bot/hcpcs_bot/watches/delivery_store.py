"""The database side of deliveries: leases of channels, and the steps of each digest, one transaction per step.

A replica acquires the lease of a channel (``acquire``), writes down that it is about to post (``start``), posts, and
writes down that it did (``finish``). A replica that dies loses the lease when it expires; whoever acquires it next
sees whether a post had started, and under which key.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import ColumnElement, CursorResult, Result, Update, delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from hcpcs_bot.state.database import Database
from hcpcs_bot.state.tables import ChannelRow, DeliveryRow
from hcpcs_bot.watches.store import WatchedChannel, watches_in
from hcpcs_bot.watches.watch import Watch

LEASE_SECONDS: Final = 120.0
"""Seconds of a lease: far longer than a post can take, so that no working replica loses its own."""
FOUND_IN_HISTORY: Final = "found"
"""Stands for the timestamp of a message that was found in the channel's history after its response was lost."""
_KEY_NAMESPACE: Final = uuid5(NAMESPACE_URL, "urn:hcpcs-desk:digest")
_NO_LEASE: Final = {"lease_holder": "", "lease_expires_at": 0.0}


class DigestDelivery(NamedTuple):
    """A digest whose post was started: its key, the ids of its releases, and when (seconds since 1970)."""

    key: str
    before: str
    after: str
    started_at: float


class DeliveryLease(NamedTuple):
    """A channel leased to a replica: the id of its last release (blank for none), watches, and an unfinished post."""

    channel: WatchedChannel
    holder: str
    last_release: str
    watches: tuple[Watch, ...]
    unfinished: DigestDelivery | None


class DueChannels(NamedTuple):
    """The channels to deliver to now, and when there may be more (seconds since 1970).

    ``next_at`` is ``None`` if there won't be more before the next release.
    """

    now: tuple[WatchedChannel, ...]
    next_at: float | None


def delivery_key(channel: WatchedChannel, before: str, after: str) -> str:
    """The key of a digest, a UUID: the same for every replica and every attempt."""
    return str(uuid5(_KEY_NAMESPACE, f"{channel.team}/{channel.channel}/{before}/{after}"))


class DeliveryStore:
    """Leases and deliveries. Times are seconds since 1970. Every method raises ``StateError`` if the database fails."""

    def __init__(self, database: Database, lease_seconds: float = LEASE_SECONDS) -> None:
        self._database = database
        self._lease_seconds = lease_seconds

    def due(self, newest: str, now: float) -> DueChannels:
        """The channels whose last digest was of a release before ``newest``, and those with an unfinished post."""
        unfinished = (
            select(DeliveryRow.key)
            .where(
                DeliveryRow.team == ChannelRow.team,
                DeliveryRow.channel == ChannelRow.channel,
                DeliveryRow.message_ts == "",
            )
            .exists()
        )
        query = select(ChannelRow).where(or_(ChannelRow.last_release < newest, unfinished))
        with self._database.reading() as session:
            channels = [
                (WatchedChannel(row.team, row.channel), max(row.lease_expires_at, row.retry_at))
                for row in session.scalars(query.order_by(ChannelRow.team, ChannelRow.channel))
            ]
        later = [free_at for _, free_at in channels if free_at > now]
        return DueChannels(tuple(channel for channel, free_at in channels if free_at <= now), min(later, default=None))

    def acquire(self, channel: WatchedChannel, holder: str, now: float) -> DeliveryLease | None:
        """Leases a channel to ``holder`` (a name of this replica); ``None`` if another has it, or it is gone."""
        acquiring = (
            update(ChannelRow)
            .where(*_is(channel), ChannelRow.lease_expires_at <= now, ChannelRow.retry_at <= now)
            .values(lease_holder=holder, lease_expires_at=now + self._lease_seconds)
        )
        with self._database.transaction() as session:
            if _rows_changed(session.execute(acquiring)) != 1:
                return None
            last_release = session.scalars(select(ChannelRow.last_release).where(*_is(channel))).one()
            row = session.scalar(
                select(DeliveryRow)
                .where(DeliveryRow.team == channel.team, DeliveryRow.channel == channel.channel)
                .where(DeliveryRow.message_ts == "")
            )
            unfinished = DigestDelivery(row.key, row.before, row.after, row.started_at) if row is not None else None
            return DeliveryLease(channel, holder, last_release, watches_in(session, channel), unfinished)

    def start(self, lease: DeliveryLease, after: str, now: float) -> DigestDelivery | None:
        """Writes down that a digest up to the release ``after`` is about to be posted, and renews the lease.

        ``None`` if it must not be posted: the lease has expired, or the channel has the digest of ``after`` already.
        """
        channel = lease.channel
        key = delivery_key(channel, lease.last_release, after)
        with self._database.transaction() as session:
            if not self._renew(session, lease, now):
                return None
            row = DeliveryRow(
                key=key,
                team=channel.team,
                channel=channel.channel,
                before=lease.last_release,
                after=after,
                started_at=now,
            )
            try:
                with session.begin_nested():
                    session.add(row)
            except IntegrityError:
                session.execute(update(ChannelRow).where(*_is(channel)).values(last_release=after, **_NO_LEASE))
                return None
        return DigestDelivery(key, lease.last_release, after, now)

    def restart(self, lease: DeliveryLease, now: float) -> bool:
        """Whether an unfinished digest may be posted again: renews the lease unless it has expired."""
        with self._database.transaction() as session:
            return self._renew(session, lease, now)

    def finish(self, lease: DeliveryLease, delivery: DigestDelivery, message_ts: str) -> None:
        """Writes down that a digest was posted as the message ``message_ts``, and ends the lease."""
        with self._database.transaction() as session:
            session.execute(update(DeliveryRow).where(DeliveryRow.key == delivery.key).values(message_ts=message_ts))
            session.execute(
                update(ChannelRow)
                .where(*_is(lease.channel), ChannelRow.last_release < delivery.after)
                .values(last_release=delivery.after)
            )
            session.execute(_leased_row(lease).values(**_NO_LEASE))

    def skip(self, lease: DeliveryLease, after: str) -> None:
        """Writes down that nothing up to ``after`` matches the channel's watches; drops an unfinished post."""
        with self._database.transaction() as session:
            if lease.unfinished is not None:
                session.execute(delete(DeliveryRow).where(DeliveryRow.key == lease.unfinished.key))
            session.execute(_leased_row(lease).values(last_release=after, **_NO_LEASE))

    def undo(self, lease: DeliveryLease, delivery: DigestDelivery, retry_at: float) -> None:
        """Takes back a digest that Slack certainly did not take; no replica tries again before ``retry_at``."""
        with self._database.transaction() as session:
            session.execute(delete(DeliveryRow).where(DeliveryRow.key == delivery.key))
            session.execute(_leased_row(lease).values(retry_at=retry_at, **_NO_LEASE))

    def release(self, lease: DeliveryLease, retry_at: float) -> None:
        """Ends the lease and changes nothing else; no replica tries again before ``retry_at``."""
        with self._database.transaction() as session:
            session.execute(_leased_row(lease).values(retry_at=retry_at, **_NO_LEASE))

    def _renew(self, session: Session, lease: DeliveryLease, now: float) -> bool:
        renewing = (
            _leased_row(lease)
            .where(ChannelRow.lease_expires_at > now)
            .values(lease_expires_at=now + self._lease_seconds)
        )
        return _rows_changed(session.execute(renewing)) == 1


def _is(channel: WatchedChannel) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return ChannelRow.team == channel.team, ChannelRow.channel == channel.channel


def _leased_row(lease: DeliveryLease) -> Update:
    """An update of the channel that has no effect once another replica holds its lease."""
    return update(ChannelRow).where(*_is(lease.channel), ChannelRow.lease_holder == lease.holder)


def _rows_changed(result: Result[Any]) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0

"""The database side of deliveries: leases of channels, and the steps of each digest, one transaction per step.

A replica acquires the lease of a channel (``acquire``), writes down that it is about to post (``start``), posts, and
writes down that it did (``finish``). A replica that dies loses the lease when it expires; whoever acquires it next
sees whether a post had started, and under which key.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import ColumnElement, CursorResult, Result, Update, and_, delete, false, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from hcpcs.companions.edition import EditionKind
from hcpcs_bot.state.database import Database
from hcpcs_bot.state.tables import ChannelEditionRow, ChannelRow, DeliveryRow
from hcpcs_bot.watches.store import NO_EDITIONS, WatchedChannel, edition_rows, watches_in
from hcpcs_bot.watches.watch import Watch

LEASE_SECONDS: Final = 120.0
"""Seconds of a lease: far longer than a post can take, so that no working replica loses its own."""
FOUND_IN_HISTORY: Final = "found"
"""Stands for the timestamp of a message that was found in the channel's history after its response was lost."""
_KEY_NAMESPACE: Final = uuid5(NAMESPACE_URL, "urn:hcpcs-desk:digest")
_EDITIONS: Final = "e:"
_NO_LEASE: Final = {"lease_holder": "", "lease_expires_at": 0.0}


class DigestDelivery(NamedTuple):
    """A digest whose post was started: its key, the ids of its releases, and when (seconds since 1970)."""

    key: str
    before: str
    after: str
    started_at: float


Days = Mapping[EditionKind, str]
"""The first day (ISO) of an edition of each kind of companion files."""


class DeliveryLease(NamedTuple):
    """A channel leased to a replica: the id of its last release (blank for none), watches, and an unfinished post.

    ``last_editions`` are the editions of its last digest, ``pending`` those of the unfinished post.
    """

    channel: WatchedChannel
    holder: str
    last_release: str
    watches: tuple[Watch, ...]
    unfinished: DigestDelivery | None
    last_editions: Days = NO_EDITIONS
    pending: Days = NO_EDITIONS


class DueChannels(NamedTuple):
    """The channels to deliver to now, and when there may be more (seconds since 1970).

    ``next_at`` is ``None`` if there won't be more before the next release.
    """

    now: tuple[WatchedChannel, ...]
    next_at: float | None


def delivery_key(channel: WatchedChannel, before: str, after: str) -> str:
    """The key of a digest, a UUID: the same for every replica and every attempt."""
    return str(uuid5(_KEY_NAMESPACE, f"{channel.team}/{channel.channel}/{before}/{after}"))


def editions_id(editions: Days) -> str:
    """The id of a digest of companion files alone: the same for every replica."""
    text = " ".join(f"{kind.value}={day}" for kind, day in sorted(editions.items()))
    return _EDITIONS + uuid5(_KEY_NAMESPACE, text).hex[:14]


def is_of_editions(after: str) -> bool:
    """Whether the id of a digest is that of companion files, and not of a release."""
    return after.startswith(_EDITIONS)


class DeliveryStore:
    """Leases and deliveries. Times are seconds since 1970. Every method raises ``StateError`` if the database fails."""

    def __init__(self, database: Database, lease_seconds: float = LEASE_SECONDS) -> None:
        self._database = database
        self.run = database.run
        self._lease_seconds = lease_seconds

    def due(self, newest: str, now: float, editions: Days = NO_EDITIONS) -> DueChannels:
        """The channels whose last digest was of a release before ``newest``, and those with an unfinished post.

        Also those that watch a kind of companion files of which ``editions`` has a newer edition.
        """
        unfinished = (
            select(DeliveryRow.key)
            .where(
                DeliveryRow.team == ChannelRow.team,
                DeliveryRow.channel == ChannelRow.channel,
                DeliveryRow.message_ts == "",
            )
            .exists()
        )
        newer = [
            and_(ChannelEditionRow.kind == kind.value, ChannelEditionRow.last_day < day)
            for kind, day in editions.items()
        ]
        of_editions = (
            select(ChannelEditionRow.kind)
            .where(
                ChannelEditionRow.team == ChannelRow.team,
                ChannelEditionRow.channel == ChannelRow.channel,
                or_(false(), *newer),
            )
            .exists()
        )
        query = select(ChannelRow).where(or_(ChannelRow.last_release < newest, unfinished, of_editions))
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
            rows = edition_rows(session, channel)
            return DeliveryLease(
                channel,
                holder,
                last_release,
                watches_in(session, channel),
                unfinished,
                {EditionKind(row.kind): row.last_day for row in rows},
                {EditionKind(row.kind): row.pending_day for row in rows if row.pending_day},
            )

    def start(
        self, lease: DeliveryLease, after: str, now: float, editions: Days = NO_EDITIONS
    ) -> DigestDelivery | None:
        """Writes down that a digest up to ``after`` is about to be posted, and renews the lease.

        ``after`` is the id of a release or of ``editions``, which are those that the digest has.

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
                # The channel has had this digest: only that has to be written down.
                release = {} if is_of_editions(after) else {"last_release": after}
                session.execute(update(ChannelRow).where(*_is(channel)).values(**release, **_NO_LEASE))
                _set_days(session, channel, editions)
                return None
            _set_days(session, channel, editions, pending=True)
        return DigestDelivery(key, lease.last_release, after, now)

    def restart(self, lease: DeliveryLease, now: float) -> bool:
        """Whether an unfinished digest may be posted again: renews the lease unless it has expired."""
        with self._database.transaction() as session:
            return self._renew(session, lease, now)

    def finish(self, lease: DeliveryLease, delivery: DigestDelivery, message_ts: str) -> None:
        """Writes down that a digest was posted as the message ``message_ts``, and ends the lease."""
        with self._database.transaction() as session:
            session.execute(update(DeliveryRow).where(DeliveryRow.key == delivery.key).values(message_ts=message_ts))
            if not is_of_editions(delivery.after):
                session.execute(
                    update(ChannelRow)
                    .where(*_is(lease.channel), ChannelRow.last_release < delivery.after)
                    .values(last_release=delivery.after)
                )
            for row in edition_rows(session, lease.channel):
                row.last_day, row.pending_day = max(row.last_day, row.pending_day), ""
            session.execute(_leased_row(lease).values(**_NO_LEASE))

    def skip(self, lease: DeliveryLease, after: str, editions: Days = NO_EDITIONS) -> None:
        """Writes down that nothing up to ``after`` and ``editions`` matches the channel's watches.

        Drops an unfinished post.
        """
        with self._database.transaction() as session:
            if lease.unfinished is not None:
                session.execute(delete(DeliveryRow).where(DeliveryRow.key == lease.unfinished.key))
            _set_days(session, lease.channel, editions)
            release = {} if is_of_editions(after) else {"last_release": after}
            session.execute(_leased_row(lease).values(**release, **_NO_LEASE))

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


def _set_days(session: Session, channel: WatchedChannel, editions: Days, *, pending: bool = False) -> None:
    """Writes down of which editions a channel was told, or is being told."""
    for row in edition_rows(session, channel):
        day = editions.get(EditionKind(row.kind), "")
        if pending:
            row.pending_day = day
        else:
            row.last_day, row.pending_day = max(row.last_day, day), ""


def _is(channel: WatchedChannel) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return ChannelRow.team == channel.team, ChannelRow.channel == channel.channel


def _leased_row(lease: DeliveryLease) -> Update:
    """An update of the channel that has no effect once another replica holds its lease."""
    return update(ChannelRow).where(*_is(lease.channel), ChannelRow.lease_holder == lease.holder)


def _rows_changed(result: Result[Any]) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0

"""Which channels are to be told of a release, and how far that has come: the steps of a digest, each one transaction.

A replica takes a channel for a while (``take``), writes down that it is about to post (``begin``), posts, and writes
down that it did (``finish``). One that dies loses the channel when its while is over; whoever takes it next sees
whether a post had begun, and with which key.
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

HOLD_SECONDS: Final = 120.0
"""How long a replica has a channel to itself: far longer than a post may take, so that a living one is not doubled."""
_KEYS: Final = uuid5(NAMESPACE_URL, "urn:hcpcs-desk:digest")
_FREE: Final = {"holder": "", "held_until": 0.0}


class DigestDelivery(NamedTuple):
    """A digest that was begun: its releases, its key, and when (seconds since 1970)."""

    key: str
    before: str
    after: str
    begun_at: float


class DeliveryLease(NamedTuple):
    """A channel that this replica has to itself: what it was told of last, its watches, and a post left unfinished."""

    place: WatchedChannel
    holder: str
    told: str
    watches: tuple[Watch, ...]
    unfinished: DigestDelivery | None


class DueDigest(NamedTuple):
    """The channels to be told now, and when there may be more (seconds since 1970; ``None``: not before a release)."""

    now: tuple[WatchedChannel, ...]
    next_at: float | None


def delivery_key(place: WatchedChannel, before: str, after: str) -> str:
    """The key of a digest, a UUID: the same whoever makes it, and however often."""
    return str(uuid5(_KEYS, f"{place.team}/{place.channel}/{before}/{after}"))


class DeliveryStore:
    """The steps of telling channels. Raises ``StateError`` where the database fails."""

    def __init__(self, database: Database, hold_seconds: float = HOLD_SECONDS) -> None:
        self._database = database
        self._hold = hold_seconds

    def due(self, newest: str, now: float) -> DueDigest:
        """The channels that were not told of the release ``newest`` yet, or whose post was left unfinished."""
        unfinished = (
            select(DeliveryRow.key)
            .where(
                DeliveryRow.team == ChannelRow.team,
                DeliveryRow.channel == ChannelRow.channel,
                DeliveryRow.posted_as == "",
            )
            .exists()
        )
        asked = select(ChannelRow).where(or_(ChannelRow.told < newest, unfinished))
        with self._database.transaction() as session:
            rows = [
                (WatchedChannel(row.team, row.channel), max(row.held_until, row.not_before))
                for row in session.scalars(asked.order_by(ChannelRow.team, ChannelRow.channel))
            ]
        later = [free_at for _, free_at in rows if free_at > now]
        return DueDigest(tuple(place for place, free_at in rows if free_at <= now), min(later, default=None))

    def take(self, place: WatchedChannel, holder: str, now: float) -> DeliveryLease | None:
        """Takes a channel for ``holder`` (a name of this replica); ``None`` if another has it, or it is gone."""
        taking = (
            update(ChannelRow)
            .where(*_is(place), ChannelRow.held_until <= now, ChannelRow.not_before <= now)
            .values(holder=holder, held_until=now + self._hold)
        )
        with self._database.transaction() as session:
            if _touched(session.execute(taking)) != 1:
                return None
            told = session.scalars(select(ChannelRow.told).where(*_is(place))).one()
            begun = session.scalar(
                select(DeliveryRow)
                .where(DeliveryRow.team == place.team, DeliveryRow.channel == place.channel)
                .where(DeliveryRow.posted_as == "")
            )
            unfinished = (
                DigestDelivery(begun.key, begun.before, begun.after, begun.begun_at) if begun is not None else None
            )
            return DeliveryLease(place, holder, told, watches_in(session, place), unfinished)

    def begin(self, held: DeliveryLease, after: str, now: float) -> DigestDelivery | None:
        """Writes down that a digest up to ``after`` is about to be posted; ``None`` if this replica may not.

        That is so when its while is over, and when the channel was told of ``after`` already.
        """
        place = held.place
        key = delivery_key(place, held.told, after)
        with self._database.transaction() as session:
            if not self._renew(session, held, now):
                return None
            row = DeliveryRow(
                key=key, team=place.team, channel=place.channel, before=held.told, after=after, begun_at=now
            )
            try:
                with session.begin_nested():
                    session.add(row)
            except IntegrityError:
                session.execute(update(ChannelRow).where(*_is(place)).values(told=after, **_FREE))
                return None
        return DigestDelivery(key, held.told, after, now)

    def begin_again(self, held: DeliveryLease, now: float) -> bool:
        """Whether this replica may post an unfinished digest anew; its while begins anew then."""
        with self._database.transaction() as session:
            return self._renew(session, held, now)

    def _renew(self, session: Session, held: DeliveryLease, now: float) -> bool:
        renewing = _held_row(held).where(ChannelRow.held_until > now).values(held_until=now + self._hold)
        return _touched(session.execute(renewing)) == 1

    def finish(self, held: DeliveryLease, delivery: DigestDelivery, posted_as: str) -> None:
        """Writes down that a digest was posted, and that the channel is told of its release."""
        with self._database.transaction() as session:
            session.execute(update(DeliveryRow).where(DeliveryRow.key == delivery.key).values(posted_as=posted_as))
            session.execute(
                update(ChannelRow).where(*_is(held.place), ChannelRow.told < delivery.after).values(told=delivery.after)
            )
            session.execute(_held_row(held).values(**_FREE))

    def nothing_to_tell(self, held: DeliveryLease, after: str) -> None:
        """Writes down that nothing up to ``after`` touches the channel; a post left unfinished is dropped."""
        with self._database.transaction() as session:
            if held.unfinished is not None:
                session.execute(delete(DeliveryRow).where(DeliveryRow.key == held.unfinished.key))
            session.execute(_held_row(held).values(told=after, **_FREE))

    def not_posted(self, held: DeliveryLease, delivery: DigestDelivery, not_before: float) -> None:
        """Takes back a digest that Slack surely did not take; nobody tries again before ``not_before``."""
        with self._database.transaction() as session:
            session.execute(delete(DeliveryRow).where(DeliveryRow.key == delivery.key))
            session.execute(_held_row(held).values(not_before=not_before, **_FREE))

    def let_go(self, held: DeliveryLease, not_before: float) -> None:
        """Leaves a channel as it was."""
        with self._database.transaction() as session:
            session.execute(_held_row(held).values(not_before=not_before, **_FREE))


def _is(place: WatchedChannel) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return ChannelRow.team == place.team, ChannelRow.channel == place.channel


def _held_row(held: DeliveryLease) -> Update:
    """An update of the channel that does nothing once another replica holds it."""
    return update(ChannelRow).where(*_is(held.place), ChannelRow.holder == held.holder)


def _touched(result: Result[Any]) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0

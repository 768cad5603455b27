"""The watches of each channel, as they are kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from hcpcs.records.change_kinds import ChangeKind
from hcpcs_bot.state.database import Database
from hcpcs_bot.state.tables import ChannelRow, DeliveryRow, WatchRow
from hcpcs_bot.watches.watch import About, Watch, ordered

MOST_WATCHES: Final = 50
"""So many watches a channel may have."""


class WatchedChannel(NamedTuple):
    """A channel of a team (workspace), by Slack's ids."""

    team: str
    channel: str


class AddedWatches(NamedTuple):
    """What became of watches asked for: taken, there already, or left out because the channel has its most."""

    taken: tuple[Watch, ...]
    present: tuple[Watch, ...]
    left_out: tuple[Watch, ...]
    in_all: int


class WatchStore:
    """Adds, removes and lists watches. Raises ``StateError`` where the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, place: WatchedChannel, watches: Iterable[Watch], *, told: str, by: str, now: float) -> AddedWatches:
        """Adds watches to a channel, each once. ``told`` is the release in use (blank: none), of which a channel
        that begins to watch is not told any more; ``by`` a keyed hash of who asks.
        """
        with self._database.transaction() as session:
            _ensure_channel(session, place, told)
            known = {watch.meaning: watch for watch in watches_in(session, place)}
            taken: list[Watch] = []
            present: list[Watch] = []
            left_out: list[Watch] = []
            for watch in watches:
                if watch.meaning in known:
                    present.append(known[watch.meaning])
                elif len(known) >= MOST_WATCHES:
                    left_out.append(watch)
                else:
                    known[watch.meaning] = watch
                    taken.append(watch)
                    session.add(_row(place, watch, by, now))
            return AddedWatches(tuple(taken), tuple(present), tuple(left_out), len(known))

    def remove(self, place: WatchedChannel, watches: Iterable[Watch]) -> tuple[Watch, ...]:
        """Removes watches from a channel, and gives those that were there."""
        with self._database.transaction() as session:
            meant = {watch.meaning for watch in watches}
            removed = []
            rows = _rows(session, place)
            for row in rows:
                watch = watch_of(row)
                if watch.meaning in meant:
                    removed.append(watch)
                    session.delete(row)
            if removed and len(removed) == len(rows):
                _forget_channel(session, place)
            return ordered(removed)

    def remove_all(self, place: WatchedChannel) -> tuple[Watch, ...]:
        """Removes every watch of a channel, and gives what they were."""
        with self._database.transaction() as session:
            removed = watches_in(session, place)
            _forget_channel(session, place)
            return removed

    def of(self, place: WatchedChannel) -> tuple[Watch, ...]:
        """The watches of a channel, in the order of a list."""
        with self._database.transaction() as session:
            return watches_in(session, place)


def watches_in(session: Session, place: WatchedChannel) -> tuple[Watch, ...]:
    """The watches of a channel within a transaction."""
    return ordered(watch_of(row) for row in _rows(session, place))


def watch_of(row: WatchRow) -> Watch:
    """A watch as it was kept."""
    kinds = frozenset(ChangeKind(kind) for kind in row.kinds.split(",") if kind)
    return Watch(about=About(row.about), pattern=row.pattern, kinds=kinds)


def _row(place: WatchedChannel, watch: Watch, by: str, now: float) -> WatchRow:
    return WatchRow(
        team=place.team,
        channel=place.channel,
        about=watch.about.value,
        pattern=watch.pattern,
        kinds=",".join(sorted(watch.kinds)),
        created_by=by,
        created_at=now,
    )


def _rows(session: Session, place: WatchedChannel) -> list[WatchRow]:
    asked = select(WatchRow).where(WatchRow.team == place.team, WatchRow.channel == place.channel)
    return list(session.scalars(asked.order_by(WatchRow.id)))


def _ensure_channel(session: Session, place: WatchedChannel, told: str) -> None:
    """The row of the channel, locked, so that two who add at once count each other's watches."""
    asked = select(ChannelRow).where(ChannelRow.team == place.team, ChannelRow.channel == place.channel)
    if session.scalar(asked.with_for_update()) is not None:
        return
    try:
        with session.begin_nested():
            session.add(ChannelRow(team=place.team, channel=place.channel, told=told))
    except IntegrityError:
        # Another replica was quicker.
        session.scalar(asked.with_for_update())


def _forget_channel(session: Session, place: WatchedChannel) -> None:
    """Removes the channel with its watches, and a digest that was begun: nobody waits for it any more."""
    session.flush()
    session.execute(
        delete(DeliveryRow).where(
            DeliveryRow.team == place.team, DeliveryRow.channel == place.channel, DeliveryRow.posted_as == ""
        )
    )
    session.execute(delete(WatchRow).where(WatchRow.team == place.team, WatchRow.channel == place.channel))
    session.execute(delete(ChannelRow).where(ChannelRow.team == place.team, ChannelRow.channel == place.channel))

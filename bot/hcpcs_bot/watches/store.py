"""The database side of watches: what each channel watches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from hcpcs.companions.edition import EditionGroup, EditionKind
from hcpcs.companions.storage.edition_differences import compared_kinds
from hcpcs.records.change_kinds import ChangeKind
from hcpcs_bot.state.database import Database
from hcpcs_bot.state.tables import ChannelEditionRow, ChannelRow, DeliveryRow, WatchRow
from hcpcs_bot.watches.watch import About, Watch, order_watches

NO_EDITIONS: Final[Mapping[EditionKind, str]] = {}
_OF: Final = "of:"
"""What the name of a companion file starts with where kinds of change are kept."""
_IN: Final = "in:"
"""The same for a state."""
WATCH_LIMIT: Final = 50
"""Maximum watches per channel."""


class WatchedChannel(NamedTuple):
    """A channel of a team (workspace), by Slack's ids."""

    team: str
    channel: str


class AddedWatches(NamedTuple):
    """The outcome of adding watches: those added, those that were there already, and those over the limit.

    ``total`` is how many watches the channel has now.
    """

    added: tuple[Watch, ...]
    existing: tuple[Watch, ...]
    over_limit: tuple[Watch, ...]
    total: int


class WatchStore:
    """Adds, removes and lists watches. Every method raises ``StateError`` if the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.run = database.run

    def add(
        self,
        channel: WatchedChannel,
        watches: Iterable[Watch],
        *,
        last_release: str,
        created_by: str,
        now: float,
        last_editions: Mapping[EditionKind, str] = NO_EDITIONS,
    ) -> AddedWatches:
        """Adds watches to a channel, each once.

        ``last_release`` is the id of the release in use (blank for none), ``last_editions`` the first day of the newest
        edition of each kind: a channel gets digests of later ones only. ``created_by`` is a keyed hash of the person,
        ``now`` in seconds since 1970.
        """
        with self._database.transaction() as session:
            _lock_channel(session, channel, last_release)
            present = {watch.meaning: watch for watch in watches_in(session, channel)}
            added: list[Watch] = []
            existing: list[Watch] = []
            over_limit: list[Watch] = []
            for watch in watches:
                if watch.meaning in present:
                    existing.append(present[watch.meaning])
                elif len(present) >= WATCH_LIMIT:
                    over_limit.append(watch)
                else:
                    present[watch.meaning] = watch
                    added.append(watch)
                    session.add(_row_of(channel, watch, created_by, now))
            _add_editions(session, channel, added, last_editions)
            return AddedWatches(tuple(added), tuple(existing), tuple(over_limit), len(present))

    def remove(self, channel: WatchedChannel, watches: Iterable[Watch]) -> tuple[Watch, ...]:
        """Removes watches from a channel, and returns those that were there."""
        with self._database.transaction() as session:
            meanings = {watch.meaning for watch in watches}
            removed = []
            rows = _rows(session, channel)
            for row in rows:
                watch = _watch_of(row)
                if watch.meaning in meanings:
                    removed.append(watch)
                    session.delete(row)
            if removed and len(removed) == len(rows):
                _delete_channel(session, channel)
            return order_watches(removed)

    def remove_all(self, channel: WatchedChannel) -> tuple[Watch, ...]:
        """Removes every watch of a channel, and returns them."""
        with self._database.transaction() as session:
            removed = watches_in(session, channel)
            _delete_channel(session, channel)
            return removed

    def of(self, channel: WatchedChannel) -> tuple[Watch, ...]:
        """The watches of a channel, in the order of a list."""
        with self._database.reading() as session:
            return watches_in(session, channel)

    def of_files(self, team: str) -> tuple[tuple[str, Watch], ...]:
        """The watches of companion files in a team, each with the id of its channel, by channel."""
        query = select(WatchRow).where(WatchRow.team == team, WatchRow.kinds.contains(_OF))
        with self._database.reading() as session:
            rows = session.scalars(query.order_by(WatchRow.channel, WatchRow.id))
            return tuple((row.channel, _watch_of(row)) for row in rows)


def watches_in(session: Session, channel: WatchedChannel) -> tuple[Watch, ...]:
    """The watches of a channel within a transaction, in the order of a list."""
    return order_watches(_watch_of(row) for row in _rows(session, channel))


def _add_editions(
    session: Session, channel: WatchedChannel, added: Iterable[Watch], last_editions: Mapping[EditionKind, str]
) -> None:
    """Writes down from which edition on a channel is told of the companion files that it watches now."""
    present = {row.kind for row in edition_rows(session, channel)}
    kinds = dict.fromkeys(kind for watch in added for group in watch.files for kind in compared_kinds(group))
    for kind in kinds:
        if kind.value not in present:
            last_day = last_editions.get(kind, "")
            row = ChannelEditionRow(team=channel.team, channel=channel.channel, kind=kind.value, last_day=last_day)
            session.add(row)


def edition_rows(session: Session, channel: WatchedChannel) -> list[ChannelEditionRow]:
    """The kinds of companion files that a channel watches or has watched."""
    is_channel = (ChannelEditionRow.team == channel.team, ChannelEditionRow.channel == channel.channel)
    return list(session.scalars(select(ChannelEditionRow).where(*is_channel).order_by(ChannelEditionRow.kind)))


def _watch_of(row: WatchRow) -> Watch:
    names = [name for name in row.kinds.split(",") if name]
    return Watch(
        about=About(row.about),
        pattern=row.pattern,
        kinds=frozenset(ChangeKind(name) for name in names if ":" not in name),
        files=frozenset(EditionGroup(name.removeprefix(_OF)) for name in names if name.startswith(_OF)),
        area=next((name.removeprefix(_IN) for name in names if name.startswith(_IN)), ""),
    )


def _names_of(watch: Watch) -> str:
    area = [_IN + watch.area] if watch.area else []
    return ",".join(sorted([*watch.kinds, *(_OF + group for group in watch.files), *area]))


def _row_of(channel: WatchedChannel, watch: Watch, created_by: str, now: float) -> WatchRow:
    return WatchRow(
        team=channel.team,
        channel=channel.channel,
        about=watch.about.value,
        pattern=watch.pattern,
        kinds=_names_of(watch),
        created_by=created_by,
        created_at=now,
    )


def _rows(session: Session, channel: WatchedChannel) -> list[WatchRow]:
    query = select(WatchRow).where(WatchRow.team == channel.team, WatchRow.channel == channel.channel)
    return list(session.scalars(query.order_by(WatchRow.id)))


def _lock_channel(session: Session, channel: WatchedChannel, last_release: str) -> None:
    """Makes the row of the channel if needed, and locks it, so that two who add at once count each other's watches."""
    query = select(ChannelRow).where(ChannelRow.team == channel.team, ChannelRow.channel == channel.channel)
    if session.scalar(query.with_for_update()) is not None:
        return
    try:
        with session.begin_nested():
            session.add(ChannelRow(team=channel.team, channel=channel.channel, last_release=last_release))
    except IntegrityError:
        # Another replica was quicker.
        session.scalar(query.with_for_update())


def _delete_channel(session: Session, channel: WatchedChannel) -> None:
    """Removes the channel with its watches, and an unfinished digest: nobody waits for it any more."""
    session.flush()
    session.execute(
        delete(DeliveryRow).where(
            DeliveryRow.team == channel.team,
            DeliveryRow.channel == channel.channel,
            DeliveryRow.message_ts == "",
        )
    )
    session.execute(
        delete(ChannelEditionRow).where(
            ChannelEditionRow.team == channel.team, ChannelEditionRow.channel == channel.channel
        )
    )
    session.execute(delete(WatchRow).where(WatchRow.team == channel.team, WatchRow.channel == channel.channel))
    session.execute(delete(ChannelRow).where(ChannelRow.team == channel.team, ChannelRow.channel == channel.channel))

"""The composition root: the one place that opens the shelf, the index and the starter, and hands down desks.

Slack's libraries and Whoosh are imported where they are needed: they would take longer to load than a question
in the terminal takes to answer.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from hcpcs.answers.desk import Desk
from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.shelf import Shelf
from hcpcs.catalog.starter import starter_release
from hcpcs_bot.settings import Settings
from hcpcs_index import build_index, memory_index, open_index

if TYPE_CHECKING:
    from datetime import timedelta

    from hcpcs_bot.slack.config import SlackConfig
    from hcpcs_bot.slack.context import SlackContext

INDEX_FOLDER: Final = "index"
"""Where the index lies within a published version."""


def publish_index(catalog: Catalog, folder: Path) -> None:
    """Write the index of a catalogue into its version's folder: what the shelf calls before it publishes."""
    place = folder / INDEX_FOLDER
    place.mkdir()
    build_index(catalog, place)


@cache
def starter_desk() -> Desk:
    """The desk of the built-in starter: two codes, nothing on disk."""
    catalog = Catalog.build([starter_release()])
    return Desk(catalog, memory_index(catalog))


def open_desk(settings: Settings) -> Desk:
    """The desk of the catalogue in use under the home, or of the starter when nothing was loaded."""
    catalog = Shelf(settings.home).open()
    return starter_desk() if catalog is None else desk_of(catalog)


def desk_of(catalog: Catalog) -> Desk:
    """The desk of a catalogue that was opened from the shelf, with the index that lies beside it."""
    if catalog.folder is None:
        return Desk(catalog, memory_index(catalog))
    return Desk(catalog, open_index(catalog.folder / INDEX_FOLDER, catalog))


def _warmed(desk: Desk) -> Desk:
    """A desk that has gathered its changes, which takes a moment that no request should wait for."""
    desk.ask("what changed")
    return desk


class DeskInUse:
    """Gives the desk of the catalogue in use, and moves to a newer one when told to look.

    A request asks once and keeps what it got, so every answer is of one release; the former desk goes on
    answering while the new one is opened.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._shelf = Shelf(settings.home)
        self._opening = Lock()
        self._version = self._shelf.current_version()
        self._desk = _warmed(open_desk(settings))

    def __call__(self) -> Desk:
        """The desk in use."""
        return self._desk

    def refresh(self) -> bool:
        """Open what was published since, and say whether there was anything. Call it off the event loop.

        Raises ``ShelfError`` if the new version can't be opened; the desk in use stays.
        """
        with self._opening:
            version = self._shelf.current_version()
            if version == self._version:
                return False
            self._desk = _warmed(open_desk(self._settings))
            self._version = version
            return True


def make_playground_context(config: SlackConfig, desk: DeskInUse, folder: Path) -> SlackContext:
    """The Slack interface as ``hcpcs playground`` shows it, with watches kept in the temporary ``folder``."""
    from hcpcs_bot.slack.context import SlackContext
    from hcpcs_bot.slack.listeners.watches import WatchRoom
    from hcpcs_bot.state.database import open_database
    from hcpcs_bot.watches.store import WatchStore

    room = WatchRoom(WatchStore(open_database(folder)), desk, config.signing_secret.encode())
    return SlackContext(config, desk, subcommands=room.subcommands())


def make_server_context(
    settings: Settings, config: SlackConfig, desk: DeskInUse, *, every: timedelta | None = None, page: str = ""
) -> SlackContext:
    """The Slack interface as ``hcpcs serve`` runs it: with watches, digests and updates.

    ``every`` is how often CMS's page (or the address ``page``) is asked for a newer release; ``None`` for never.
    Replicas that share a database also share which events and shares were handled.

    Raises ``StateError`` if the state can't be opened.
    """
    from hcpcs_bot.slack.cache.card_cache import CardCache
    from hcpcs_bot.slack.cache.card_warmer import CardWarmer
    from hcpcs_bot.slack.context import SlackContext
    from hcpcs_bot.slack.listeners.watches import WatchRoom
    from hcpcs_bot.slack.outbound.digest_poster import DigestPoster
    from hcpcs_bot.state.database import open_database
    from hcpcs_bot.state.seen_keys import StoredMemory
    from hcpcs_bot.updates.scheduler import UpdateScheduler
    from hcpcs_bot.updates.update_process import UpdateProcess
    from hcpcs_bot.watches.delivery import DigestDispatcher
    from hcpcs_bot.watches.delivery_store import DeliveryStore
    from hcpcs_bot.watches.store import WatchStore

    database = open_database(settings.home, settings.database_url)
    key = (config.signing_secret or config.bot_token).encode()
    staying = UpdateScheduler(
        desk,
        deliver=DigestDispatcher(DeliveryStore(database), DigestPoster(config)).dispatch,
        update=UpdateProcess(settings.home, page) if every else None,
        every=every,
    )
    prepared = CardCache()
    shared = bool(settings.database_url)
    return SlackContext(
        config,
        desk,
        subcommands=WatchRoom(WatchStore(database), desk, key).subcommands(),
        deliveries=StoredMemory(database, "events") if shared else None,
        shares=StoredMemory(database, "shares") if shared else None,
        services=(staying, CardWarmer(desk, prepared)),
        prepared=prepared,
    )

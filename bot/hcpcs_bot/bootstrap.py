"""The composition root: the one place that opens the shelf, the index and the starter catalog and builds the rest.

Slack's libraries and Whoosh are imported where they are needed: loading them takes longer than answering a question
in the terminal. So are the rules of questions and answers, which a command that only loads does without.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.shelf import Shelf
from hcpcs.catalog.starter import starter_release
from hcpcs.companions.storage.companion_store import open_companions
from hcpcs.search_port import DeferredIndex, SearchIndex

if TYPE_CHECKING:
    from datetime import timedelta

    from hcpcs.answers.desk import Desk
    from hcpcs_bot.http.admission.api_keys import KeyRing
    from hcpcs_bot.http.metrics import Metrics
    from hcpcs_bot.http.service import QueryService
    from hcpcs_bot.serving.current_desk import CurrentDesk
    from hcpcs_bot.serving.query_server import DeferredService, QueryServer
    from hcpcs_bot.settings import Settings
    from hcpcs_bot.slack.context import SlackContext
    from hcpcs_bot.slack.installation.config import SlackConfig

INDEX_FOLDER: Final = "index"
"""The folder of the index within a published version."""

PLAYGROUND_ADMIN: Final = "U0ROBINHALE"
"""The person of the playground who is the app's administrator there: you (``slack_peer.workspace.YOU``)."""


def publish_index(catalog: Catalog, folder: Path) -> None:
    """Writes the index of a catalog into its version's folder; the shelf calls it before it publishes."""
    from hcpcs_index import build_index

    index_folder = folder / INDEX_FOLDER
    index_folder.mkdir()
    build_index(catalog, index_folder)


def catalog_at(home: Path) -> Catalog:
    """The catalog in use under a home, or the starter's if nothing was loaded. Raises ``ShelfError``."""
    return Shelf(home).open() or _starter_catalog()


def _starter_catalog() -> Catalog:
    return Catalog.build([starter_release()])


@cache
def starter_desk() -> Desk:
    """The desk of the built-in starter: two codes, nothing on disk."""
    return _desk_in_memory(_starter_catalog())


def open_desk(settings: Settings) -> Desk:
    """The desk of the catalog in use under the home, or of the starter if nothing was loaded. Raises ``ShelfError``."""
    catalog = Shelf(settings.home).open()
    return starter_desk() if catalog is None else desk_of(catalog)


def desk_at(home: Path) -> Desk:
    """As ``open_desk``, for one command: the index is opened by the first search. Raises ``ShelfError``."""
    catalog = Shelf(home).open()
    if catalog is None:
        return starter_desk()
    assert catalog.folder is not None
    return _desk(catalog, DeferredIndex(lambda: _index_of(catalog)))


def desk_of(catalog: Catalog) -> Desk:
    """The desk of a catalog with the index and the editions beside it on the shelf, or with an index in memory.

    Raises ``ShelfError``.
    """
    if catalog.folder is None:
        return _desk_in_memory(catalog)
    return _desk(catalog, _index_of(catalog))


def _desk_in_memory(catalog: Catalog) -> Desk:
    from hcpcs_index import memory_index

    return _desk(catalog, memory_index(catalog))


def _desk(catalog: Catalog, index: SearchIndex) -> Desk:
    from hcpcs.answers.desk import Desk

    if catalog.folder is None:
        return Desk(catalog, index)
    return Desk(catalog, index, companions=open_companions(catalog.folder))


def _index_of(catalog: Catalog) -> SearchIndex:
    from hcpcs_index import open_index

    assert catalog.folder is not None
    return open_index(catalog.folder / INDEX_FOLDER, catalog)


def make_playground_context(config: SlackConfig, desk: CurrentDesk, folder: Path) -> SlackContext:
    """The Slack interface as ``hcpcs playground`` shows it, with what a team keeps in the temporary ``folder``."""
    from hcpcs_bot.slack.context import SlackContext
    from hcpcs_bot.slack.listeners.team.team_features import team_features
    from hcpcs_bot.state.database import open_database
    from hcpcs_bot.team.permissions import TeamRoles

    roles = TeamRoles(admins=frozenset({PLAYGROUND_ADMIN}))
    team = team_features(open_database(folder), desk, config.signing_secret.encode(), roles)
    return SlackContext(
        config,
        desk,
        subcommands=team.subcommands,
        team_memory=team.memory,
        notes=team.notes,
        usage=team.usage,
        roles=roles,
        services=(team.usage,),
    )


def make_server_context(
    settings: Settings,
    config: SlackConfig,
    desk: CurrentDesk,
    *,
    every: timedelta | None = None,
    page: str = "",
    keys: KeyRing | None = None,
) -> SlackContext:
    """The Slack interface as ``hcpcs serve`` runs it: with watches, digests and updates.

    ``every`` is how often CMS's page (or the address ``page``) is asked for a newer release; ``None`` for never.
    What is being answered and shared is in the database, for other replicas and for a restart to go on with.

    Raises ``StateError`` if the state can't be opened, and ``SettingsError``.
    """
    from hcpcs_bot.slack.context import SlackContext
    from hcpcs_bot.slack.listeners.team.team_features import team_features
    from hcpcs_bot.slack.outbound.digest_poster import DigestPoster
    from hcpcs_bot.slack.ports import HomeFacts
    from hcpcs_bot.slack.replies.claim_recovery import ClaimRecovery
    from hcpcs_bot.state.claim_store import ClaimStore
    from hcpcs_bot.state.conversation_topics import StoredConversationTopics
    from hcpcs_bot.state.seen_keys import StoredSeenKeys
    from hcpcs_bot.state.start_up import open_database_at_start
    from hcpcs_bot.team.permissions import roles_of
    from hcpcs_bot.updates.scheduler import UpdateScheduler
    from hcpcs_bot.updates.update_process import UpdateProcess
    from hcpcs_bot.updates.update_record import failed_updates
    from hcpcs_bot.watches.delivery import DigestDispatcher
    from hcpcs_bot.watches.delivery_store import DeliveryStore
    from hcpcs_bot.watches.store import WatchStore

    roles = roles_of(settings)
    database = open_database_at_start(settings.home, settings.database_url.get_secret_value())
    key = (config.signing_secret or config.bot_token).encode()
    team = team_features(database, desk, key, roles)

    async def area_of(team_id: str) -> str | None:
        return (await team.memory.recall(team_id)).area

    watches = WatchStore(database)

    def read_home_facts(team_id: str) -> HomeFacts:
        watched = watches.of_files(team_id)
        return HomeFacts(failed_updates(settings.home), tuple((channel, watch.phrase) for channel, watch in watched))

    async def home_facts(team_id: str) -> HomeFacts:
        # Files are read in the thread, too: a disk that hangs would stop the event loop.
        return await watches.run(read_home_facts, team_id)

    scheduler = UpdateScheduler(
        desk,
        deliver=DigestDispatcher(DeliveryStore(database), DigestPoster(config), area_of=area_of).dispatch,
        update=UpdateProcess(settings.home, page) if every else None,
        every=every,
    )
    shared = bool(settings.database_url.get_secret_value())
    slack = SlackContext(
        config,
        desk,
        subcommands=team.subcommands,
        seen_events=StoredSeenKeys(database, "events") if shared else None,
        claims=ClaimStore(database),
        topics=StoredConversationTopics(database),
        team_memory=team.memory,
        notes=team.notes,
        usage=team.usage,
        home_facts=home_facts,
        roles=roles,
        services=(team.usage, scheduler),
        probes=(desk.health, scheduler.health, *((keys.health,) if keys else ())),
        rounds=scheduler.rounds,
    )
    slack.run_with(ClaimRecovery(slack))
    return slack


def open_key_ring(settings: Settings) -> KeyRing | None:
    """The API keys of the database; ``None`` where no key is looked at. Raises ``StateError``."""
    from hcpcs_bot.settings import KeyUse

    if settings.api_keys is KeyUse.OFF:
        return None
    from hcpcs_bot.http.admission.api_keys import KeyRing
    from hcpcs_bot.state.api_key_store import KeyStore
    from hcpcs_bot.state.start_up import open_database_at_start

    return KeyRing(KeyStore(open_database_at_start(settings.home, settings.database_url.get_secret_value())).digests)


def make_query_service(
    settings: Settings, desk: CurrentDesk, metrics: Metrics, keys: KeyRing | None = None
) -> DeferredService:
    """Every interface over HTTP but Slack's, not built yet. Raises ``SettingsError``."""
    from hcpcs_bot.http.admission.admission import AdmissionRules
    from hcpcs_bot.http.admission.cross_origin import AllowedOrigins, OriginError
    from hcpcs_bot.serving.query_server import DeferredService
    from hcpcs_bot.settings import SettingsError

    try:
        origins = AllowedOrigins(settings.cors_origins)
    except OriginError as error:
        raise SettingsError(f"HCPCS_CORS_ORIGINS is not valid: {error}.") from None
    limits = AdmissionRules(settings.api_keys, keys, settings.requests_per_minute, settings.key_requests_per_minute)

    def make() -> QueryService:
        from hcpcs_bot.http.query_context import QueryContext
        from hcpcs_bot.http.service import ServiceRules, create_service

        return create_service(QueryContext(desk), metrics, ServiceRules(limits, origins))

    return DeferredService(make)


def make_query_server(
    settings: Settings,
    desk: CurrentDesk,
    *,
    every: timedelta | None = None,
    page: str = "",
    keys: KeyRing | None = None,
) -> QueryServer:
    """The server of the query service alone, which follows the shelf and updates it as ``make_server_context`` does."""
    from hcpcs_bot.http.metrics import Metrics
    from hcpcs_bot.serving.lifecycle import Preparation
    from hcpcs_bot.serving.query_server import QueryServer
    from hcpcs_bot.updates.scheduler import UpdateScheduler
    from hcpcs_bot.updates.update_process import UpdateProcess

    update = UpdateProcess(settings.home, page) if every else None
    scheduler = UpdateScheduler(desk, update=update, every=every)
    probes = (desk.health, scheduler.health, *((keys.health,) if keys else ()))
    metrics = Metrics(desk, probes=probes, rounds=scheduler.rounds)
    service = make_query_service(settings, desk, metrics, keys).build()
    preparation = Preparation(desk.prepare, desk.prepare_table)
    return QueryServer(service, metrics, (preparation, scheduler), probes)

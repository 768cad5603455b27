"""The whole path: a channel watches, CMS publishes, the server updates itself, and the channel gets one digest."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.bot.cms_page import ZIPS, link, path_of
from tests.bot.companion_site import CompanionSite, limits_zip
from tests.bot.some_releases import JULY
from tests.cms_server import CmsServer, Served, serving
from tests.slack_app import config_for, posted
from tests.src.hcpcs.companions.companion_files import LIMIT_ROWS

from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.shelf import Shelf
from hcpcs.releases.download.quarterly_page import QUARTERLY_PAGE
from hcpcs_bot.bootstrap import publish_index
from hcpcs_bot.serving.current_desk import CurrentDesk
from hcpcs_bot.settings import Settings
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.listeners.team.watches import WatchCommands
from hcpcs_bot.slack.outbound.digest_poster import DigestPoster
from hcpcs_bot.state.database import Database, open_database
from hcpcs_bot.updates.load import load_files
from hcpcs_bot.updates.scheduler import UpdateScheduler
from hcpcs_bot.updates.update_process import UpdateProcess
from hcpcs_bot.watches.delivery import DigestDispatcher
from hcpcs_bot.watches.delivery_store import DeliveryStore
from hcpcs_bot.watches.store import WatchStore
from slack_peer.peer import SlackPeer
from slack_peer.workspace import BILLING


@pytest.fixture
def desk(tmp_path: Path) -> CurrentDesk:
    """The desk of a home in which the release of July is loaded."""
    Shelf(tmp_path).publish(Catalog.build([JULY]), publish_index)
    return CurrentDesk(Settings(home=tmp_path))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = open_database(tmp_path)
    yield database
    database.close()


@pytest.fixture
def context(workspace: SlackPeer, desk: CurrentDesk, database: Database) -> SlackContext:
    watches = WatchCommands(WatchStore(database), desk, b"key")
    return SlackContext(config_for(workspace), desk, subcommands=watches.subcommands())


async def until_posted(slack: SlackPeer) -> None:
    async with asyncio.timeout(60):
        while not posted(slack):
            await asyncio.sleep(0.05)


def scheduler(
    desk: CurrentDesk, database: Database, slack: SlackPeer, update: UpdateProcess | None = None
) -> UpdateScheduler:
    dispatcher = DigestDispatcher(DeliveryStore(database), DigestPoster(config_for(slack)), pause=0.0)
    return UpdateScheduler(
        desk, deliver=dispatcher.dispatch, update=update, every=timedelta(hours=24), poll_seconds=0.05
    )


@pytest.mark.slow
async def test_a_watching_channel_gets_one_digest_of_the_release_that_the_server_fetched(
    slack: SlackPeer, desk: CurrentDesk, database: Database, tmp_path: Path
) -> None:
    await slack.slash("/hcpcs watch S93*")
    await slack.slash("/hcpcs watch insulin pump")

    with serving(CmsServer()) as cms:
        cms.things[path_of("october")] = Served(ZIPS["october"], faults=["cut"])
        update = UpdateProcess(tmp_path, cms.page(link("october")))
        replicas = [scheduler(desk, database, slack, update), scheduler(desk, database, slack)]
        for replica in replicas:
            await replica.start()
        await until_posted(slack)
        await asyncio.sleep(0.2)
        for replica in replicas:
            await replica.stop()

    restarted = scheduler(desk, database, slack)
    await restarted.start()
    await asyncio.sleep(0.2)
    await restarted.stop()

    (digest,) = posted(slack)
    assert digest.channel == BILLING
    assert digest.text.startswith("HCPCS October 2025: 4 changes to what this channel watches")
    assert "[watch: S93*]" in digest.text
    assert "[watch: insulin pump]" in digest.text
    card = await slack.slash("/hcpcs S9353")
    assert card.text.startswith("S9353")
    assert "HCPCS October 2025" in card.text


@pytest.mark.slow
async def test_release_and_payment_limits_that_the_server_fetched_are_one_digest(
    slack: SlackPeer, desk: CurrentDesk, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = tmp_path / "october-2025-payment-limits.zip"
    cheaper = [("J1745", "Infliximab", "10 MG", "30", "20.000", *[""] * 6), *LIMIT_ROWS[1:]]
    former.write_bytes(limits_zip("October", 2025, cheaper))
    load_files(Shelf(tmp_path), [former], publish_index, lambda path: lambda done, total: None)
    assert desk.refresh()
    await slack.slash("/hcpcs watch S93*")
    await slack.slash("/hcpcs watch amount of J1745")

    with serving(CmsServer()) as cms:
        cms.things[path_of("october")] = Served(ZIPS["october"])
        CompanionSite(cms).page_at(urlsplit(QUARTERLY_PAGE).path, link("october"))
        monkeypatch.setenv("HCPCS_CMS_URL", cms.address)
        replicas = [scheduler(desk, database, slack, UpdateProcess(tmp_path)), scheduler(desk, database, slack)]
        for replica in replicas:
            await replica.start()
        await until_posted(slack)
        await asyncio.sleep(0.2)
        for replica in replicas:
            await replica.stop()

    (digest,) = posted(slack)
    assert digest.text.startswith("HCPCS October 2025: 3 changes to what this channel watches")
    assert "[watch: S93*]" in digest.text
    changed = "J1745: payment limit $30.00 -&gt; $31.415 per 10 MG (+4.72 percent) [watch: amount changes J1745]"
    assert changed in digest.text

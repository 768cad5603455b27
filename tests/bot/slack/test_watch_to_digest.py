"""The whole way: a channel watches, CMS publishes, the server updates itself, and the channel hears of it once."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from tests.bot.slack.conftest import CHANNEL, SlackPeer
from tests.bot.some_releases import JULY
from tests.bot.updates.test_update import ZIPS, link, path_of
from tests.cms_server import CmsServer, Served, serving

from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.shelf import Shelf
from hcpcs_bot.bootstrap import DeskInUse, publish_index
from hcpcs_bot.settings import Settings
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.listeners.watches import WatchRoom
from hcpcs_bot.slack.outbound.digest_poster import DigestPoster
from hcpcs_bot.state.database import Database, open_database
from hcpcs_bot.updates.scheduler import UpdateScheduler
from hcpcs_bot.updates.update_process import UpdateProcess
from hcpcs_bot.watches.delivery import DigestDispatcher
from hcpcs_bot.watches.delivery_store import DeliveryStore
from hcpcs_bot.watches.store import WatchStore


def posted(slack: SlackPeer) -> list[dict[str, str]]:
    return [sent for method, sent in slack.calls if method == "chat.postMessage"]


async def until_posted(slack: SlackPeer) -> None:
    async with asyncio.timeout(60):
        while not posted(slack):
            await asyncio.sleep(0.05)


def staying(
    desk: DeskInUse, database: Database, slack: SlackPeer, update: UpdateProcess | None = None
) -> UpdateScheduler:
    dispatcher = DigestDispatcher(DeliveryStore(database), DigestPoster(slack.slack.config), pause=0.0)
    return UpdateScheduler(
        desk, deliver=dispatcher.dispatch, update=update, every=timedelta(hours=24), poll_seconds=0.05
    )


@pytest.mark.slow
async def test_a_watching_channel_hears_once_of_the_release_that_the_server_fetched(tmp_path: Path) -> None:
    Shelf(tmp_path).publish(Catalog.build([JULY]), publish_index)
    desk = DeskInUse(Settings(home=tmp_path))
    database = open_database(tmp_path)
    room = WatchRoom(WatchStore(database), desk, b"key")
    slack = SlackPeer()
    await slack.open(lambda config: SlackContext(config, desk, subcommands=room.subcommands()))
    await slack.command("watch S93*")
    await slack.command("watch insulin pump")

    with serving(CmsServer()) as cms:
        cms.things[path_of("october")] = Served(ZIPS["october"], faults=["cut"])
        update = UpdateProcess(tmp_path, cms.page(link("october")))
        replicas = [staying(desk, database, slack, update), staying(desk, database, slack)]
        for replica in replicas:
            await replica.start()
        await until_posted(slack)
        await asyncio.sleep(0.2)
        for replica in replicas:
            await replica.stop()

    again = staying(desk, database, slack)
    await again.start()
    await asyncio.sleep(0.2)
    await again.stop()

    (digest,) = posted(slack)
    assert digest["channel"] == CHANNEL
    assert digest["text"].startswith("HCPCS October 2025: 4 changes to what this channel watches")
    assert "[watch: S93*]" in digest["text"]
    assert "[watch: insulin pump]" in digest["text"]
    assert (await slack.command("S9353")).said.startswith("S9353")
    assert "HCPCS October 2025" in (await slack.command("S9353")).said
    await slack.close()
    database.close()

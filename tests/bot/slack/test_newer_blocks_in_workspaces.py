"""A workspace that takes Slack's newer blocks gets them; one that doesn't gets today's, and is not asked again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from tests.bot.slack.conftest import settle
from tests.slack_app import APP, as_message, context_for

from hcpcs_bot.serving.server import Server, asgi_app
from hcpcs_bot.slack.context import SlackContext
from slack_peer.peer import SlackPeer, connect_app
from slack_peer.workspace import Container

NEWER = ("data_table", "alert")
TWO = "S9328, S9353"


class Desk:
    """A workspace with the app, whose background work is finished after each step."""

    def __init__(self, slack: SlackPeer, context: SlackContext) -> None:
        self.slack = slack
        self._context = context

    async def types(self, shown: Container) -> list[str]:
        await settle(self._context)
        return shown.block_types

    async def full_record(self, card: Container) -> list[str]:
        """The types of the blocks in the modal, once the app has done all that it does."""
        await self.slack.press("Full record", card)
        await settle(self._context)
        (view,) = self.slack.workspace.modals[as_message(card).visible_to]
        assert "Not payable by Medicare" in view.words
        self.slack.workspace.close_modals(as_message(card).visible_to, every=True)
        return view.block_types


@asynccontextmanager
async def workspace(refused_blocks: Sequence[str] = ()) -> AsyncIterator[Desk]:
    contexts: list[SlackContext] = []

    def server(peer: SlackPeer) -> Server:
        contexts.append(context_for(peer))
        return asgi_app(contexts[0])

    async with connect_app(SlackPeer(APP, refused_blocks=refused_blocks), server) as slack:
        yield Desk(slack, contexts[0])


async def test_a_workspace_with_newer_blocks_gets_them_once_slack_has_taken_one() -> None:
    async with workspace() as desk:
        assert "table" in await desk.types(await desk.slack.slash(f"/hcpcs {TWO}"))
        assert "data_table" in await desk.types(await desk.slack.ask(f"@hcpcs {TWO}"))
        assert "data_table" in await desk.types(await desk.slack.slash("/hcpcs S9353, S9328"))
        assert desk.slack.violations == []


async def test_a_workspace_without_them_gets_todays_and_is_asked_once() -> None:
    async with workspace(NEWER) as desk:
        for _ in range(2):
            assert "table" in await desk.types(await desk.slack.ask(f"@hcpcs {TWO}"))
        (refusal,) = desk.slack.violations
        assert "unsupported type: data_table" in refusal


async def test_a_response_url_is_answered_in_the_form_that_slack_takes() -> None:
    async with workspace(NEWER) as desk:
        pasted = await desk.slack.say("S9328 and S9353")
        assert "table" in await desk.types(await desk.slack.shortcut("Decode HCPCS codes", pasted))
        assert len(desk.slack.violations) == 1


async def test_a_full_record_has_an_alert_where_slack_takes_one() -> None:
    async with workspace() as desk:
        card = await desk.slack.slash("/hcpcs S9353")
        for _ in range(2):
            assert "alert" in await desk.full_record(card)
        assert len(desk.slack.calls("views.update")) == 1
        assert desk.slack.violations == []


async def test_a_full_record_opens_where_slack_takes_no_alert() -> None:
    async with workspace(NEWER) as desk:
        card = await desk.slack.slash("/hcpcs S9353")
        for _ in range(2):
            assert "alert" not in await desk.full_record(card)
        assert len(desk.slack.violations) == 1

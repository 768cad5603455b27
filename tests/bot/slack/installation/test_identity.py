"""The bot token: accepted, refused, and no longer accepted."""

from __future__ import annotations

import asyncio

from bench.slack_apps import free_port
from tests.bot.slack.conftest import settle
from tests.slack_app import as_message, context_for

from hcpcs_bot.http.health import Condition
from hcpcs_bot.serving.server import asgi_app
from hcpcs_bot.slack.context import SlackContext
from slack_peer.api.faults import Misbehavior
from slack_peer.delivery.connection import SignedConnection
from slack_peer.delivery.in_process import InProcess
from slack_peer.peer import SlackPeer

POSTS = ("chat.postMessage", "chat.postEphemeral")


async def ask_in_vain(slack: SlackPeer, context: SlackContext, error: str) -> None:
    """Asks by a mention whose every answer Slack refuses with ``error``."""
    for method in POSTS:
        slack.faults.plan(method, Misbehavior(error=error), times=2)
    await slack.say("@hcpcs S9328")
    await settle(context)
    slack.faults.clear()


async def test_a_token_that_slack_no_longer_accepts_shows_and_commands_are_still_answered(workspace: SlackPeer) -> None:
    context = context_for(workspace)
    async with InProcess(asgi_app(context)) as application:
        workspace.connect(SignedConnection(application, workspace.signing_secret))
        async with asyncio.timeout(30):
            while context.identity.health().condition is not Condition.OK:
                await asyncio.sleep(0.01)
        await ask_in_vain(workspace, context, "is_archived")
        assert context.identity.health().condition is Condition.OK
        await ask_in_vain(workspace, context, "token_revoked")
        health = context.identity.health()
        assert health.condition is Condition.DEGRADED
        assert "Slack no longer accepts SLACK_BOT_TOKEN" in health.detail
        card = as_message(await workspace.slash("/hcpcs S9328"))
        assert "S9328 is not payable by Medicare" in card.words


async def test_a_slack_that_is_not_reached_shows_with_the_reason(workspace: SlackPeer) -> None:
    context = context_for(workspace, api_url=f"http://127.0.0.1:{free_port()}/api/", retry_wait=0.0)
    assert "not been reached yet: posting" in context.identity.health().detail
    async with InProcess(asgi_app(context)), asyncio.timeout(30):
        while "connection_refused" not in context.identity.health().detail:
            await asyncio.sleep(0.01)
    assert "not been reached yet (connection_refused): posting" in context.identity.health().detail

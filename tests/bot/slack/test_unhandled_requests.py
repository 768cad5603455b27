"""What Slack sends beside questions: its own checks, controls of other versions, requests for another workspace."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from structlog.testing import capture_logs
from tests.bot.slack.conftest import settle
from tests.slack_app import as_view, posted

from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.installation.identity import Connection
from slack_peer.delivery import payloads
from slack_peer.delivery.connection import AppDelivery, DeliveryKind, Reply
from slack_peer.peer import SlackPeer
from slack_peer.workspace import APP, BILLING, BOT_USER, TEAM, YOU

ROBIN = {"id": YOU, "team_id": TEAM}
COMMON = {"team": {"id": TEAM}, "user": ROBIN, "api_app_id": APP}


async def send(slack: SlackPeer, kind: DeliveryKind, payload: dict[str, Any]) -> Reply:
    return await slack.dispatcher.deliver(AppDelivery(kind, payload))


async def known(context: SlackContext) -> None:
    """Waits until Slack has said who the app is."""
    while context.identity.connection is not Connection.ACCEPTED:
        await asyncio.sleep(0.01)


async def test_slacks_check_of_the_certificate_is_acknowledged(slack: SlackPeer) -> None:
    reply = await send(slack, DeliveryKind.COMMAND, {"ssl_check": "1", "token": "x"})
    assert (reply.status, reply.body) == (200, b"")


async def test_left_out_events_are_acknowledged_and_logged(slack: SlackPeer) -> None:
    notice = {"type": "app_rate_limited", "team_id": TEAM, "api_app_id": APP, "minute_rate_limited": 1}
    with capture_logs() as lines:
        assert (await send(slack, DeliveryKind.EVENT, notice)).acknowledged
    assert [line["log_level"] for line in lines] == ["warning"]


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "block_actions", "actions": [{"type": "button", "action_id": "of_1999", "block_id": "b"}]},
        {"type": "view_submission", "view": {"type": "modal", "callback_id": "of_1999"}},
        {"type": "view_closed", "view": {"type": "modal", "callback_id": "of_1999"}},
        {"type": "shortcut", "callback_id": "of_1999"},
        {"type": "message_action", "callback_id": "of_1999", "message": {}},
        {"type": "a kind with Jane Roe in it"},
    ],
)
async def test_a_control_of_another_version_is_acknowledged(slack: SlackPeer, payload: dict[str, Any]) -> None:
    with capture_logs() as lines:
        assert (await send(slack, DeliveryKind.INTERACTIVE, payload | COMMON)).acknowledged
    assert "1999" not in str(lines)
    assert "Roe" not in str(lines)


async def test_a_select_of_another_version_has_no_options(slack: SlackPeer) -> None:
    payload = {"type": "block_suggestion", "action_id": "of_1999", "block_id": "b", "value": "x", **COMMON}
    assert (await send(slack, DeliveryKind.INTERACTIVE, payload)).json() == {"options": []}


async def test_an_event_that_nobody_asked_for_is_acknowledged(slack: SlackPeer) -> None:
    event = payloads.event({"type": "channel_rename", "channel": {"id": BILLING}}, time.time())
    assert (await send(slack, DeliveryKind.EVENT, event)).acknowledged


async def test_an_empty_look_up_says_what_is_missing(slack: SlackPeer) -> None:
    view = as_view(await slack.shortcut("Look up a code"))
    person = slack.workspace.people[YOU]
    reply = await send(slack, DeliveryKind.INTERACTIVE, payloads.view_submission(person, view, {}, "1.2.3"))
    assert reply.json() == {
        "response_action": "errors",
        "errors": {"lookup": "Type a code or a few words, and choose one from the list."},
    }


async def test_a_command_from_another_workspace_is_refused(slack: SlackPeer, context: SlackContext) -> None:
    await known(context)
    person, channel = slack.workspace.people[YOU], slack.workspace.channels[BILLING]
    ours = payloads.command("/hcpcs", "S9328", person, channel, "1.2.3", "")
    assert (await send(slack, DeliveryKind.COMMAND, ours)).acknowledged
    reply = await send(slack, DeliveryKind.COMMAND, {**ours, "team_id": "T0OTHER00"})
    assert (reply.status, reply.body) == (403, b"for another workspace or app")
    slack.dispatcher.violations.clear()


async def test_a_mention_in_another_workspace_is_not_answered_with_our_token(
    slack: SlackPeer, context: SlackContext
) -> None:
    await known(context)
    question = await slack.say("a message that mentions nobody")
    mention = {**payloads.message_json(question), "type": "app_mention", "channel": BILLING}
    payload = payloads.event({**mention, "text": f"<@{BOT_USER}> S9328"}, time.time())
    other = {**payload, "team_id": "T0OTHER00", "authorizations": [{"team_id": "T0OTHER00"}]}
    assert (await send(slack, DeliveryKind.EVENT, other)).status == 403
    await settle(context)
    assert posted(slack) == []
    slack.dispatcher.violations.clear()


async def test_a_request_for_another_app_is_refused_once_slack_has_named_ours(
    slack: SlackPeer, context: SlackContext
) -> None:
    person, channel = slack.workspace.people[YOU], slack.workspace.channels[BILLING]
    other = {**payloads.command("/hcpcs", "S9328", person, channel, "1.2.3", ""), "api_app_id": "A0OTHER"}
    assert (await send(slack, DeliveryKind.COMMAND, other)).acknowledged
    await slack.ask("@hcpcs S9328")
    await settle(context)
    assert (await send(slack, DeliveryKind.COMMAND, other)).status == 403
    slack.dispatcher.violations.clear()

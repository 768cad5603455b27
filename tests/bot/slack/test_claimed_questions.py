"""No question and no share is lost or doubled: what a replica leaves, another one or the same after a restart finishes.

Replicas that are really killed are in test_killed_replicas; here they leave what a killed one leaves.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import pytest
from sqlalchemy import select, text
from tests.bot.slack.conftest import Clock, settle
from tests.bot.slack.stored_claims import SWEEP_SECONDS, connected, open_claims, replica, until_done
from tests.slack_app import APP, as_message, context_for, posted

from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.replies.claimed_answers import FIRST_WAIT
from hcpcs_bot.state.claim_store import ANSWER_SECONDS, LEASE_SECONDS
from hcpcs_bot.state.database import Database
from hcpcs_bot.state.tables import ClaimRow
from slack_peer.api.faults import BAD_GATEWAY, GATEWAY_TIMEOUT, Misbehavior
from slack_peer.delivery import payloads
from slack_peer.delivery.connection import AppDelivery, DeliveryKind
from slack_peer.peer import SlackPeer
from slack_peer.workspace import BILLING, BOT_USER, DIRECT, YOU, Message

pytestmark = pytest.mark.slow

POST, EPHEMERAL = "chat.postMessage", "chat.postEphemeral"
NO = "No. S9328 is not payable by Medicare."


async def leave(peer: SlackPeer, slack: SlackContext, question: str, channel: str = BILLING) -> Message:
    """A question that a replica has acknowledged, and has not answered when it ends."""
    peer.faults.plan(POST, Misbehavior(seconds=30), times=1)
    async with connected(peer, slack):
        asked = await peer.say(question, channel=channel)
        while not peer.calls(POST):
            await asyncio.sleep(0.01)
        await slack.tasks.drain(0)
    peer.faults.clear()
    return asked


@pytest.mark.parametrize(("text", "channel"), [("@hcpcs S9328", BILLING), ("S9328", DIRECT)])
async def test_what_a_replica_left_another_one_answers(
    workspace: SlackPeer, databases: list[Database], clock: Clock, text: str, channel: str
) -> None:
    question = await leave(workspace, replica(workspace, databases[0], clock), text, channel)
    clock.now += LEASE_SECONDS
    async with connected(workspace, replica(workspace, databases[1], clock)):
        answer = as_message(await workspace.next())
        await until_done(databases[1])
    assert (answer.channel, answer.thread) == (channel, question.ts if channel == BILLING else "")
    assert NO in answer.text
    assert len(posted(workspace)) == 1


async def test_the_same_event_is_answered_once_by_replicas_and_after_a_restart(
    workspace: SlackPeer, databases: list[Database], clock: Clock
) -> None:
    question = await workspace.say("a message that mentions nobody")
    mention = {**payloads.message_json(question), "type": "app_mention", "channel": BILLING}
    payload = payloads.event({**mention, "text": f"<@{BOT_USER}> S9328"}, time.time())
    for number in (0, 1, 0):
        async with connected(workspace, replica(workspace, databases[number], clock)) as slack:
            reply = await workspace.dispatcher.deliver(AppDelivery(DeliveryKind.EVENT, payload))
            assert reply.status == 200
            await settle(slack)
    assert len(posted(workspace)) == 1


@pytest.mark.parametrize("knows_keys", [True, False])
async def test_an_event_that_comes_again_to_a_process_that_knows_nothing_is_answered_once(knows_keys: bool) -> None:
    """The first process could not write down its claim, and is gone: only Slack knows what it posted."""
    app = replace(APP, scopes=APP.scopes | {"channels:history"})
    peer = SlackPeer(app, deduplicates=knows_keys)
    await peer.start()
    question = await peer.say("a message that mentions nobody")
    mention = {**payloads.message_json(question), "type": "app_mention", "channel": BILLING}
    payload = payloads.event({**mention, "text": f"<@{BOT_USER}> S9328"}, time.time())
    for retry in range(2):
        slack = context_for(peer)
        async with connected(peer, slack):
            await peer.dispatcher.deliver(AppDelivery(DeliveryKind.EVENT, payload, retry, "http_timeout"))
            await settle(slack)
    assert len(posted(peer)) == 1
    assert len(peer.calls(POST)) == 1
    await peer.stop()


async def test_of_an_answered_question_nothing_is_left(
    workspace: SlackPeer, databases: list[Database], clock: Clock
) -> None:
    async with connected(workspace, replica(workspace, databases[0], clock)) as slack:
        await workspace.ask("@hcpcs is S9328 covered for Jane Roe, MRN 445566?")
        await settle(slack)
        with databases[1].reading() as session:
            (row,) = session.scalars(select(ClaimRow)).all()
            assert (row.place, row.text) == ("", "")
            assert row.done_at > 0


async def test_while_slack_is_down_a_question_waits_and_is_answered_once_it_is_up(
    workspace: SlackPeer, databases: list[Database], clock: Clock
) -> None:
    workspace.faults.plan(POST, BAD_GATEWAY)
    async with connected(workspace, replica(workspace, databases[0], clock)) as slack:
        await workspace.say("@hcpcs S9328")
        await settle(slack)
        assert {one.user for one in workspace.workspace.visible()} == {YOU}, "the asker need not ask again"
        workspace.faults.clear()
        clock.now += FIRST_WAIT
        assert NO in as_message(await workspace.next()).text
        await until_done(databases[0])
    keys = {call.arguments["client_msg_id"] for call in workspace.calls(POST)}
    assert len(keys) == 1
    assert len(posted(workspace)) == 1


@pytest.mark.parametrize(
    ("knows_keys", "reads", "channel", "sent"),
    [
        pytest.param(True, False, BILLING, 4, id="sent again under the same key"),
        pytest.param(False, True, BILLING, 1, id="found in the thread"),
        pytest.param(False, False, DIRECT, 1, id="found in the direct messages, which the app may always read"),
    ],
)
async def test_an_answer_that_slack_posted_without_saying_so_is_posted_once(
    databases: list[Database], clock: Clock, knows_keys: bool, reads: bool, channel: str, sent: int
) -> None:
    app = replace(APP, scopes=APP.scopes | {"channels:history"}) if reads else APP
    peer = SlackPeer(app, deduplicates=knows_keys)
    await peer.start()
    peer.faults.plan(POST, replace(GATEWAY_TIMEOUT, carried_out=True), times=1)
    peer.faults.plan(POST, BAD_GATEWAY, times=2)
    async with connected(peer, replica(peer, databases[0], clock)) as slack:
        await peer.say("@hcpcs S9328" if channel == BILLING else "S9328", channel=channel)
        await settle(slack)
        clock.now += FIRST_WAIT
        await until_done(databases[0])
    assert len(posted(peer)) == 1
    assert len(peer.calls(POST)) == sent
    await peer.stop()


@pytest.mark.parametrize("failure", [GATEWAY_TIMEOUT, Misbehavior(seconds=1)])
async def test_before_an_answer_is_sent_again_the_app_looks_for_it(
    databases: list[Database], clock: Clock, failure: Misbehavior
) -> None:
    """Slack posted it without saying so, and knows no keys: only its conversation shows the answer."""
    peer = SlackPeer(replace(APP, scopes=APP.scopes | {"channels:history"}), deduplicates=False)
    await peer.start()
    peer.faults.plan(POST, replace(failure, carried_out=True), times=1)
    async with connected(peer, replica(peer, databases[0], clock)) as slack:
        await peer.say("@hcpcs S9328")
        await until_done(databases[0])
        await settle(slack)
    await peer.stop()
    assert len(peer.calls(POST)) == len(posted(peer)) == 1


async def test_an_answer_waits_while_slack_does_not_say_whether_it_has_it(
    databases: list[Database], clock: Clock
) -> None:
    peer = SlackPeer(replace(APP, scopes=APP.scopes | {"channels:history"}), deduplicates=False)
    await peer.start()
    peer.faults.plan(POST, replace(GATEWAY_TIMEOUT, carried_out=True), times=1)
    peer.faults.plan("conversations.replies", BAD_GATEWAY, times=3)
    async with connected(peer, replica(peer, databases[0], clock)) as slack:
        await peer.say("@hcpcs S9328")
        await settle(slack)
        assert open_claims(databases[0])
        clock.now += FIRST_WAIT
        await until_done(databases[0])
    await peer.stop()
    assert len(peer.calls(POST)) == len(posted(peer)) == 1


async def test_an_answer_that_somebody_deleted_is_not_posted_again(
    workspace: SlackPeer, databases: list[Database], clock: Clock
) -> None:
    workspace.faults.plan(POST, replace(GATEWAY_TIMEOUT, carried_out=True), times=1)
    workspace.faults.plan(POST, BAD_GATEWAY, times=2)
    async with connected(workspace, replica(workspace, databases[0], clock)) as slack:
        await workspace.say("@hcpcs S9328")
        await settle(slack)
        workspace.workspace.remove(posted(workspace)[0])
        clock.now += FIRST_WAIT
        await until_done(databases[0])
    assert posted(workspace) == []


async def test_a_channel_that_refuses_is_explained_at_once_and_not_tried_again(
    workspace: SlackPeer, databases: list[Database], clock: Clock
) -> None:
    workspace.faults.plan(POST, Misbehavior(error="is_archived"), times=1)
    async with connected(workspace, replica(workspace, databases[0], clock)) as slack:
        assert "it is archived" in as_message(await workspace.ask("@hcpcs S9328")).text
        await settle(slack)
        assert open_claims(databases[0]) == []


@pytest.mark.parametrize(("text", "channel", "seen_by"), [("@hcpcs S9328", BILLING, YOU), ("S9328", DIRECT, "")])
async def test_a_question_that_is_too_old_is_not_answered_and_the_asker_is_told(
    workspace: SlackPeer, databases: list[Database], clock: Clock, text: str, channel: str, seen_by: str
) -> None:
    await leave(workspace, replica(workspace, databases[0], clock), text, channel)
    clock.now += ANSWER_SECONDS
    workspace.faults.plan(EPHEMERAL, BAD_GATEWAY)
    workspace.faults.plan(POST, BAD_GATEWAY)
    method = EPHEMERAL if seen_by else POST
    former = len(workspace.calls(method))
    async with connected(workspace, replica(workspace, databases[1], clock)) as slack:
        while len(workspace.calls(method)) == former:
            await asyncio.sleep(SWEEP_SECONDS)
        await settle(slack)
        assert open_claims(databases[1]) == [""], "the text is gone; that there was a question is known"
        workspace.faults.clear()
        clock.now += 60
        notice = as_message(await workspace.next())
        await until_done(databases[1])
    assert (notice.channel, notice.visible_to) == (channel, seen_by)
    assert "I couldn't answer your question within 15 minutes" in notice.text


async def test_with_the_database_gone_a_question_is_still_answered_once(
    workspace: SlackPeer, databases: list[Database], clock: Clock
) -> None:
    with databases[0].migrating() as config:
        config.attributes["connection"].execute(text("DROP TABLE claims"))
    async with connected(workspace, replica(workspace, databases[0], clock)) as slack:
        question = await workspace.say("a message that mentions nobody")
        mention = {**payloads.message_json(question), "type": "app_mention", "channel": BILLING}
        payload = payloads.event({**mention, "text": f"<@{BOT_USER}> S9328"}, time.time())
        for _ in range(2):
            await workspace.dispatcher.deliver(AppDelivery(DeliveryKind.EVENT, payload))
        await settle(slack)
    assert len(posted(workspace)) == 1

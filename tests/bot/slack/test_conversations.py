"""Mentions, threads, direct messages: answered in their place, once, and only to people."""

from __future__ import annotations

import time
from typing import Any

import pytest
from aiohttp import web
from tests.bot.slack.conftest import settle
from tests.slack_app import as_message, posted

from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.inbound.rate_limit import RateLimit
from slack_peer.api.routes import ApiCall
from slack_peer.delivery import payloads
from slack_peer.delivery.connection import AppDelivery, DeliveryKind
from slack_peer.errors import ApiError
from slack_peer.peer import SlackPeer
from slack_peer.workspace import BILLING, BOT_ID, BOT_USER, DIRECT, YOU


async def test_a_mention_is_answered_in_its_thread(slack: SlackPeer) -> None:
    question = await slack.say("@hcpcs S9328")
    answer = as_message(await slack.next())
    assert (answer.channel, answer.thread, answer.visible_to) == (BILLING, question.ts, "")
    assert "No. S9328 is not payable by Medicare." in answer.text
    assert answer.blocks[0]["text"]["text"].startswith("S9328 · Home infusion therapy")
    assert "No. S9328 is not payable by Medicare." in str(answer.blocks[1])


async def test_a_mention_inside_a_thread_stays_in_that_thread(slack: SlackPeer) -> None:
    parent = await slack.say("Claim 17 was denied")
    answer = as_message(await slack.ask("@hcpcs is S9353 payable by Medicare?", thread=parent.ts))
    assert answer.thread == parent.ts


async def test_an_answer_for_all_to_see_has_no_share_button(slack: SlackPeer) -> None:
    answer = await slack.ask("@hcpcs S9328")
    assert not any(button.startswith("Share") for button in answer.buttons)
    assert "Full record" in answer.buttons


async def test_a_mention_with_no_question_gets_help_in_private(slack: SlackPeer) -> None:
    answer = as_message(await slack.ask("@hcpcs"))
    assert answer.visible_to == YOU
    assert "/hcpcs S9328" in answer.words


@pytest.mark.parametrize(
    "chatter",
    [
        *("thanks!", "lol nice", "ok great thank you", "hello", "help", "bye", "?", "who?"),
        *("my dog ate the cat", "asdf qwer zxcv", "Maria will handle the insulin account"),
    ],
)
async def test_what_is_not_a_question_gets_no_public_message(slack: SlackPeer, chatter: str) -> None:
    parent = await slack.say("Claim 17 was denied")
    answer = as_message(await slack.ask(f"@hcpcs {chatter}", thread=parent.ts))
    assert (answer.visible_to, answer.thread) == (YOU, parent.ts)
    assert posted(slack) == []


async def test_thanks_in_a_direct_message_are_answered_in_place(slack: SlackPeer) -> None:
    answer = as_message(await slack.write("thanks!"))
    assert (answer.channel, answer.visible_to) == (DIRECT, "")


async def test_a_delivery_that_slack_repeats_is_answered_once(slack: SlackPeer, context: SlackContext) -> None:
    question = await slack.say("a message that mentions nobody")
    mention = {**payloads.message_json(question), "type": "app_mention", "channel": BILLING}
    payload = payloads.event({**mention, "text": f"<@{BOT_USER}> S9328"}, time.time())
    for retry in range(3):
        reply = await slack.dispatcher.deliver(AppDelivery(DeliveryKind.EVENT, payload, retry, "http_timeout"))
        assert (reply.status, reply.body) == (200, b"")
    await settle(context)
    assert len(posted(slack)) == 1


async def test_a_direct_message_is_answered_in_its_conversation(slack: SlackPeer) -> None:
    answer = as_message(await slack.write("S9353"))
    assert (answer.channel, answer.thread) == (DIRECT, "")
    assert "S9353" in answer.text


async def test_the_agent_view_is_answered_in_its_thread(slack: SlackPeer) -> None:
    parent = as_message(await slack.write("S9328"))
    answer = as_message(await slack.write("S9353", thread=parent.ts))
    assert answer.thread == parent.ts


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": BOT_ID, "user": BOT_USER},
        {"bot_id": "B0OTHER00"},
        {"subtype": "bot_message", "user": None},
        {"subtype": "message_changed", "message": {"text": "S9328", "user": "U1"}, "user": None},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"edited": {"user": YOU, "ts": "1700000001.000000"}},
    ],
)
async def test_bots_and_edits_are_not_answered(slack: SlackPeer, context: SlackContext, more: dict[str, Any]) -> None:
    common = {"user": YOU, "ts": "1700000000.000100", "text": f"<@{BOT_USER}> S9328"}
    for event in (
        {"type": "message", "channel_type": "im", "channel": DIRECT},
        {"type": "app_mention", "channel": BILLING},
    ):
        await slack.dispatcher.deliver_event(event | common | more)
    await settle(context)
    assert posted(slack) == []


async def test_what_people_say_in_a_channel_is_not_answered_without_a_mention(
    slack: SlackPeer, context: SlackContext
) -> None:
    question = await slack.say("S9328")
    event = {**payloads.message_json(question), "channel": BILLING, "channel_type": "channel"}
    payload = payloads.event(event, time.time())
    assert (await slack.dispatcher.deliver(AppDelivery(DeliveryKind.EVENT, payload))).acknowledged
    await settle(context)
    assert posted(slack) == []


async def test_too_many_mentions_are_slowed_down_in_private(slack: SlackPeer, context: SlackContext) -> None:
    context.rate_limit = RateLimit(30, 30, clock=lambda: 0.0)
    answers = [as_message(await slack.ask("@hcpcs S9328")) for _ in range(31)]
    assert answers[-1].visible_to == YOU
    assert "slow down" in answers[-1].text
    assert len(posted(slack)) == 30


async def test_should_slack_refuse_the_blocks_the_text_goes_alone(slack: SlackPeer) -> None:
    async def refuse_blocks(call: ApiCall) -> web.StreamResponse | None:
        return web.json_response(ApiError("invalid_blocks").json()) if call.arguments.get("blocks") else None

    slack.routes.fault = refuse_blocks
    answer = as_message(await slack.ask("@hcpcs S9328"))
    assert answer.blocks == ()
    assert "No. S9328 is not payable by Medicare." in answer.text


async def test_should_slack_refuse_the_blocks_of_a_further_answer_its_text_goes_alone(slack: SlackPeer) -> None:
    async def refuse_blocks(call: ApiCall) -> web.StreamResponse | None:
        return web.Response(status=400, text="invalid_blocks") if call.arguments.get("blocks") else None

    card = as_message(await slack.slash("/hcpcs S9328"))
    slack.routes.fault = refuse_blocks
    shared = as_message(await slack.press("Share to channel", card))
    assert (shared.visible_to, shared.blocks) == ("", ())
    assert "No. S9328 is not payable by Medicare." in shared.text

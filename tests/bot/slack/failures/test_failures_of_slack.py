"""Slack fails in each of its ways, in dialogue: the answer arrives all the same, or the person who asked is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from aiohttp import web
from structlog.testing import capture_logs
from tests.bot.slack.conftest import settle
from tests.bot.slack.failures.conftest import kinds
from tests.slack_app import as_message, posted

from hcpcs_bot.slack.context import SlackContext
from slack_peer.api.faults import (
    BAD_GATEWAY,
    CLOSED,
    FATAL_ERROR,
    GATEWAY_TIMEOUT,
    RATE_LIMITED,
    Misbehavior,
)
from slack_peer.api.routes import RESPONSE_URL, ApiCall
from slack_peer.peer import SlackPeer
from slack_peer.workspace import BILLING, DIRECT, YOU, Channel, Message

POST = "chat.postMessage"
EPHEMERAL = "chat.postEphemeral"
NO = "No. S9328 is not payable by Medicare."


@pytest.mark.parametrize("failure", kinds())
async def test_a_mention_is_answered_once_slack_recovers(slack: SlackPeer, failure: Misbehavior) -> None:
    slack.faults.plan(POST, failure, times=2)
    answer = as_message(await slack.ask("@hcpcs S9328"))
    assert (answer.channel, answer.visible_to) == (BILLING, "")
    assert NO in answer.text
    calls = slack.calls(POST)
    assert len(calls) == 3
    assert len({call.arguments["client_msg_id"] for call in calls}) == 1


@pytest.mark.slow
async def test_an_answer_of_slack_that_never_comes_is_not_waited_for(slack: SlackPeer) -> None:
    slack.faults.plan(POST, Misbehavior(seconds=5), times=1)
    assert NO in (await slack.ask("@hcpcs S9328")).text


@pytest.mark.parametrize("failure", [GATEWAY_TIMEOUT, FATAL_ERROR, CLOSED])
async def test_what_slack_posted_without_saying_so_is_posted_once(
    slack: SlackPeer, context: SlackContext, failure: Misbehavior
) -> None:
    slack.faults.plan(POST, replace(failure, carried_out=True), times=1)
    await slack.ask("@hcpcs S9328")
    await settle(context)
    assert len(slack.calls(POST)) == 2
    assert len(posted(slack)) == 1


@pytest.mark.parametrize("failure", kinds())
async def test_a_mention_that_slack_never_takes_is_explained_to_the_asker(
    slack: SlackPeer, context: SlackContext, failure: Misbehavior
) -> None:
    slack.faults.plan(POST, failure)
    notice = as_message(await slack.ask("@hcpcs S9328"))
    await settle(context)
    assert (notice.channel, notice.visible_to) == (BILLING, YOU)
    assert "please try again" in notice.text.lower()
    assert "Error ID: " in notice.text
    assert len(slack.calls(POST)) == 3


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("not_in_channel", "I'm not a member of it. Add me with /invite @hcpcs"),
        ("channel_not_found", "I'm not a member of it. Add me with /invite @hcpcs"),
        ("is_archived", "it is archived"),
        ("restricted_action", "settings of the channel don't let me post"),
        ("something_new", "Slack didn't accept my answer"),
    ],
)
async def test_a_channel_that_refuses_the_answer_is_explained_in_a_direct_message(
    slack: SlackPeer, error: str, words: str
) -> None:
    slack.faults.plan(POST, Misbehavior(error=error), times=1)
    slack.faults.plan(EPHEMERAL, Misbehavior(error=error))
    notice = as_message(await slack.ask("@hcpcs S9328"))
    assert (notice.channel, notice.visible_to) == (DIRECT, "")
    assert words in notice.text
    assert len(slack.calls(POST)) == 2


async def test_a_direct_message_that_slack_refuses_once_is_explained_there(slack: SlackPeer) -> None:
    slack.faults.plan(POST, Misbehavior(error="something_new"), times=1)
    assert "Slack didn't accept my answer" in as_message(await slack.write("S9328")).text


async def test_a_text_that_is_too_long_for_slack_is_shortened(slack: SlackPeer) -> None:
    slack.faults.plan(POST, Misbehavior(error="msg_too_long"), times=1)
    assert NO in (await slack.ask("@hcpcs S9328")).text
    slack.faults.plan(POST, Misbehavior(error="msg_too_long"), times=3)
    answer = as_message(await slack.ask("@hcpcs S9328"))
    assert answer.blocks == ()
    assert NO in answer.text
    assert answer.text.endswith("…")
    assert len(answer.text) <= 1_000


async def test_a_private_answer_to_a_mention_is_shortened_as_any_other(slack: SlackPeer) -> None:
    slack.faults.plan(EPHEMERAL, Misbehavior(error="invalid_blocks"), times=1)
    answer = as_message(await slack.ask("@hcpcs hello"))
    assert (answer.visible_to, answer.blocks) == (YOU, ())
    assert answer.text.startswith("Hello.")
    slack.faults.plan(EPHEMERAL, Misbehavior(error="msg_too_long"), times=2)
    assert as_message(await slack.ask("@hcpcs hello")).text.startswith("Hello.")


async def test_who_wrote_directly_is_told_by_a_private_line_where_no_message_passes(
    slack: SlackPeer, context: SlackContext
) -> None:
    slack.faults.plan(POST, BAD_GATEWAY)
    notice = as_message(await slack.write("S9328"))
    await settle(context)
    assert (notice.channel, notice.visible_to) == (DIRECT, YOU)
    assert "Slack didn't confirm that it showed my answer" in notice.text


@pytest.mark.parametrize("failure", kinds())
async def test_a_private_answer_arrives_once_slack_recovers(slack: SlackPeer, failure: Misbehavior) -> None:
    pasted = await slack.say("S9328 and S9353")
    slack.faults.plan(RESPONSE_URL, failure, times=2)
    decoded = as_message(await slack.shortcut("Decode HCPCS codes", pasted))
    assert decoded.visible_to == YOU
    assert "S9353" in decoded.words


@pytest.mark.parametrize(
    "failure",
    [
        BAD_GATEWAY,
        RATE_LIMITED,
        Misbehavior(status=404, error="used_url"),
        Misbehavior(status=404, body=b"expired_url", content_type="text/plain"),
        Misbehavior(error="expired_url"),
    ],
)
async def test_a_private_answer_that_never_arrives_is_explained_beside_it(
    slack: SlackPeer, context: SlackContext, failure: Misbehavior
) -> None:
    pasted = await slack.say("S9328 and S9353")
    slack.faults.plan(RESPONSE_URL, failure)
    notice = as_message(await slack.shortcut("Decode HCPCS codes", pasted))
    await settle(context)
    assert (notice.channel, notice.visible_to) == (BILLING, YOU)
    assert "try again" in notice.text


async def test_a_share_that_slack_may_have_posted_is_not_posted_twice(slack: SlackPeer, context: SlackContext) -> None:
    card = await slack.slash("/hcpcs S9328")
    slack.faults.plan(RESPONSE_URL, replace(GATEWAY_TIMEOUT, carried_out=True), times=1)
    await slack.press("Share to channel", card)
    await settle(context)
    assert len(posted(slack)) == 1
    notice = list(slack.workspace.messages.values())[-1]
    assert (notice.visible_to, "If it isn't in the channel" in notice.text) == (YOU, True)


@pytest.mark.slow
async def test_a_share_that_slack_limits_is_posted_after_the_wait(slack: SlackPeer) -> None:
    card = await slack.slash("/hcpcs S9328")
    slack.faults.plan(RESPONSE_URL, RATE_LIMITED, times=1)
    assert as_message(await slack.press("Share to channel", card)).visible_to == ""


async def test_a_wait_that_is_too_long_is_not_waited_for(slack: SlackPeer) -> None:
    slack.faults.plan(POST, replace(RATE_LIMITED, retry_after=300))
    notice = as_message(await slack.ask("@hcpcs S9328"))
    assert "Slack limits how much I may post" in notice.text
    assert len(slack.calls(POST)) == 1


async def test_a_share_whose_private_answer_stays_as_it_was_is_not_reported(
    slack: SlackPeer, context: SlackContext
) -> None:
    card = await slack.slash("/hcpcs S9328")

    async def refuse_replacement(call: ApiCall) -> web.StreamResponse | None:
        return web.Response(status=404, text="used_url") if call.arguments.get("replace_original") else None

    slack.routes.fault = refuse_replacement
    shown = len(slack.workspace.messages)
    await slack.press("Share to channel", card)
    await settle(context)
    assert len(slack.workspace.messages) == shown + 1


async def test_a_failure_is_counted_in_the_log_without_a_word_of_the_question(
    slack: SlackPeer, context: SlackContext
) -> None:
    slack.faults.plan(POST, Misbehavior(error="is_archived"))
    slack.faults.plan(EPHEMERAL, Misbehavior(body=b'{"ok": false, "error": "Jane Roe, 555-0100"}'))
    with capture_logs() as lines:
        for _ in range(2):
            await slack.say("@hcpcs S9328 for Jane Roe")
            await settle(context)
    failed = [line for line in lines if line["event"] == "failed"]
    assert [(line["reason"], line["count"]) for line in failed] == [("is_archived", 1), ("is_archived", 2)]
    assert [line["request"] for line in lines if line["event"] == "failure not reported"] == [
        line["request"] for line in failed
    ]
    assert "Roe" not in str(lines)


async def test_someone_who_sees_no_channel_of_the_app_is_told_by_direct_message(slack: SlackPeer) -> None:
    slack.workspace.add_channel(Channel("C0ARCHIVE", "archive", "channel", frozenset({YOU})))
    card = as_message(await slack.slash("/hcpcs S9328", channel="C0ARCHIVE"))
    slack.faults.plan(RESPONSE_URL, BAD_GATEWAY)
    other = await slack.suggest("Compare with…", "S93", card)
    notice = as_message(await slack.choose("Compare with…", str(other[1]["value"]), card))
    assert isinstance(notice, Message)
    assert (notice.channel, notice.visible_to) == (DIRECT, "")

"""The Web API answers as Slack does, tried with Slack's own SDK."""

from __future__ import annotations

from dataclasses import replace

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from tests.slack_peer.bolt_apps import ECHO, HEADER, MODAL, client_of, refusal

from slack_peer.api.api_context import ApiContext
from slack_peer.api.limits import Triggers
from slack_peer.api.web_api import WebApi
from slack_peer.errors import ApiError
from slack_peer.peer import SlackPeer
from slack_peer.workspace import BILLING, BOT_USER, DIRECT, RANDOM, YOU


@pytest.fixture
def client(echo: SlackPeer) -> AsyncWebClient:
    return client_of(echo)


async def test_the_sdk_posts_updates_and_deletes(echo: SlackPeer, client: AsyncWebClient) -> None:
    who = await client.auth_test()
    assert (who["user_id"], who["ok"]) == (BOT_USER, True)

    posted = await client.chat_postMessage(channel=BILLING, text="one", blocks=[HEADER])
    await client.chat_update(channel=BILLING, ts=str(posted["ts"]), text="two")
    message = echo.workspace.messages[BILLING, str(posted["ts"])]
    assert (message.text, message.edited, message.blocks) == ("two", True, ())
    await client.chat_delete(channel=BILLING, ts=message.ts)
    assert not echo.workspace.messages
    assert echo.violations == []


async def test_it_refuses_what_slack_refuses(echo: SlackPeer, client: AsyncWebClient) -> None:
    long = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2999}}
    mine = await echo.say("mine")
    unknown = {"https://a.b": {}}

    assert await refusal(client_of(echo, "xoxb-other").auth_test()) == "invalid_auth"
    assert await refusal(client.chat_postMessage(channel="C0NOWHERE", text="x")) == "channel_not_found"
    assert await refusal(client.chat_postMessage(channel=RANDOM, text="x")) == "not_in_channel"
    assert await refusal(client.api_call("chat.postMessage", json={"channel": BILLING})) == "no_text"
    assert await refusal(client.chat_postMessage(channel=BILLING, text="x", blocks=[{"type": "x"}])) == "invalid_blocks"
    assert await refusal(client.chat_postMessage(channel=BILLING, text="x", blocks=[long] * 5)) == "msg_blocks_too_long"
    assert await refusal(client.chat_update(channel=BILLING, ts="1.2", text="x")) == "message_not_found"
    assert await refusal(client.chat_update(channel=BILLING, ts=mine.ts, text="x")) == "cant_update_message"
    assert await refusal(client.chat_postEphemeral(channel=BILLING, user="U0NOBODY", text="x")) == "user_not_in_channel"
    assert await refusal(client.chat_unfurl(channel=BILLING, ts=mine.ts, unfurls=unknown)) == "cannot_unfurl_url"
    assert await refusal(client.views_open(trigger_id="1.2.3", view=MODAL)) == "invalid_trigger_id"
    assert await refusal(client.views_update(view_id="V1", view=MODAL)) == "not_found"
    assert await refusal(client.conversations_members(channel=BILLING)) == "unknown_method"
    assert await refusal(client.conversations_info(channel=BILLING)) == "missing_scope"
    assert len(echo.violations) == 14


def test_posting_too_fast_is_answered_with_how_long_to_wait(echo: SlackPeer) -> None:
    slow = WebApi(ApiContext(echo.workspace, burst=1, deduplicates=True), echo.bot_token)
    slow.call("chat.postMessage", echo.bot_token, {"channel": BILLING, "text": "one"})

    with pytest.raises(ApiError) as refused:
        slow.call("chat.postMessage", echo.bot_token, {"channel": BILLING, "text": "two"})

    assert (refused.value.code, refused.value.retry_after) == ("ratelimited", 1)


def test_a_trigger_opens_one_view_in_time() -> None:
    now = [0.0]
    triggers = Triggers(lambda: now[0])
    early, late = triggers.issue(YOU), triggers.issue(YOU)

    assert triggers.use(early) == YOU
    with pytest.raises(ApiError, match="exchanged_trigger_id"):
        triggers.use(early)
    now[0] = 3.1
    with pytest.raises(ApiError, match="expired_trigger_id"):
        triggers.use(late)


def test_a_scope_that_is_not_granted_is_missing() -> None:
    peer = SlackPeer(replace(ECHO, scopes=frozenset()))
    with pytest.raises(ApiError, match="missing_scope"):
        peer.api.call("chat.postMessage", peer.bot_token, {"channel": BILLING, "text": "x"})


async def test_one_key_posts_one_message(echo: SlackPeer, client: AsyncWebClient) -> None:
    first, second = [await client.chat_postMessage(channel=BILLING, text="x", client_msg_id="k1") for _ in range(2)]
    assert first["ts"] == second["ts"]
    assert len(echo.workspace.messages) == 1

    await client.chat_delete(channel=BILLING, ts=str(first["ts"]))
    again = client.chat_postMessage(channel=BILLING, text="x", client_msg_id="k1")
    assert await refusal(again) == "duplicate_message_not_found"


async def test_a_slack_that_knows_no_keys_posts_twice() -> None:
    peer = SlackPeer(ECHO, deduplicates=False)
    await peer.start()
    for _ in range(2):
        await client_of(peer).chat_postMessage(channel=BILLING, text="x", client_msg_id="k1")
    await peer.stop()
    assert len(peer.workspace.messages) == 2


async def test_a_history_is_read_newest_first_in_pages(echo: SlackPeer, client: AsyncWebClient) -> None:
    for number in range(3):
        metadata = {"event_type": "count", "event_payload": {"number": number}}
        await client.chat_postMessage(channel=BILLING, text=f"no. {number}", metadata=metadata)
    await client.chat_postEphemeral(channel=BILLING, user=YOU, text="only you")
    stamps = [message.ts for message in echo.workspace.messages.values()]

    first = await client.conversations_history(channel=BILLING, limit=2, include_all_metadata=True)
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_history(channel=BILLING, limit=2, cursor=cursor)
    newer = await client.conversations_history(channel=BILLING, oldest=stamps[1])

    assert [message["text"] for message in first["messages"]] == ["no. 2", "no. 1"]
    assert first["messages"][0]["metadata"]["event_payload"] == {"number": 2}
    assert [message["text"] for message in second["messages"]] == ["no. 0"]
    assert second["response_metadata"]["next_cursor"] == ""
    assert "metadata" not in second["messages"][0]
    assert [message["text"] for message in newer["messages"]] == ["no. 2"]


async def test_a_thread_is_read_oldest_first_in_pages_without_what_one_person_sees(
    echo: SlackPeer, client: AsyncWebClient
) -> None:
    parent = await echo.say("claim 17")
    for number in range(2):
        await client.chat_postMessage(channel=BILLING, text=f"no. {number}", thread_ts=parent.ts)
    await client.chat_postEphemeral(channel=BILLING, user=YOU, text="private", thread_ts=parent.ts)
    await client.chat_postMessage(channel=BILLING, text="elsewhere")

    first = await client.conversations_replies(channel=BILLING, ts=parent.ts, limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_replies(channel=BILLING, ts=parent.ts, limit=2, cursor=cursor)

    assert [message["text"] for message in first["messages"]] == ["claim 17", "no. 0"]
    assert [message["text"] for message in second["messages"]] == ["no. 1"]
    error = await refusal(client.conversations_replies(channel=BILLING, ts="1.000001"))
    assert error.startswith("thread_not_found")


async def test_reading_needs_the_scope_for_the_kind_of_channel(echo: SlackPeer, client: AsyncWebClient) -> None:
    echo.workspace.app = replace(echo.workspace.app, scopes=frozenset({"im:history"}))
    assert (await client.conversations_history(channel=DIRECT))["messages"] == []
    assert (await refusal(client.conversations_history(channel=BILLING))).startswith("missing_scope")

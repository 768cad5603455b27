"""The stand-in does what Slack does, tried with Slack's own SDK and with small Bolt apps that err."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from slack_peer.app_manifest import HCPCS_APP
from slack_peer.delivery.delivery import AppDelivery, Kind, Reply, SignedConnection
from slack_peer.delivery.in_process import Application
from slack_peer.delivery.response_urls import USES, Origin, ResponseUrls
from slack_peer.form_state import NotPossibleError
from slack_peer.peer import SilenceError, SlackPeer, tied
from slack_peer.rules.api_rules import ApiError, Triggers
from slack_peer.web_api import WebApi
from slack_peer.workspace import BILLING, BOT_USER, RANDOM, SLACKBOT, YOU, Message, View, Workspace

HEADER = {"type": "header", "text": {"type": "plain_text", "text": "Hello"}}
MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "Modal"}, "blocks": [HEADER]}


def bolt(peer: SlackPeer) -> AsyncApp:
    client = AsyncWebClient(token=peer.bot_token, base_url=peer.api_url, trust_env_in_session=False)
    return AsyncApp(signing_secret=peer.signing_secret, client=client, process_before_response=True)


def running(app: AsyncApp) -> Application:
    handler: Any = AsyncSlackRequestHandler(app)

    async def application(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            for step in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{step}.complete"})
        else:
            await handler(scope, receive, send)

    return application


@pytest.fixture
async def peer() -> AsyncIterator[SlackPeer]:
    peer = SlackPeer(patience=1.0)
    await peer.start()
    yield peer
    await peer.stop()


@pytest.fixture
def client(peer: SlackPeer) -> AsyncWebClient:
    return AsyncWebClient(token=peer.bot_token, base_url=peer.api_url, trust_env_in_session=False)


async def refusal(call: Awaitable[Any]) -> str:
    with pytest.raises(SlackApiError) as refused:
        await call
    return str(refused.value.response["error"])


# The Web API


async def test_the_sdk_posts_updates_and_deletes(peer: SlackPeer, client: AsyncWebClient) -> None:
    who = await client.auth_test()
    assert (who["user_id"], who["ok"]) == (BOT_USER, True)

    posted = await client.chat_postMessage(channel=BILLING, text="one", blocks=[HEADER])
    await client.chat_update(channel=BILLING, ts=str(posted["ts"]), text="two")
    message = peer.workspace.messages[BILLING, str(posted["ts"])]
    assert (message.text, message.edited, message.blocks) == ("two", True, ())
    await client.chat_delete(channel=BILLING, ts=message.ts)
    assert not peer.workspace.messages
    assert peer.mistakes == []


async def test_the_web_api_refuses_what_slack_refuses(peer: SlackPeer, client: AsyncWebClient) -> None:
    long = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2999}}
    stranger = AsyncWebClient(token="xoxb-other", base_url=peer.api_url, trust_env_in_session=False)
    mine = await peer.say("mine")

    assert await refusal(stranger.auth_test()) == "invalid_auth"
    assert await refusal(client.chat_postMessage(channel="C0NOWHERE", text="x")) == "channel_not_found"
    assert await refusal(client.chat_postMessage(channel=RANDOM, text="x")) == "not_in_channel"
    assert await refusal(client.api_call("chat.postMessage", json={"channel": BILLING})) == "no_text"
    assert await refusal(client.chat_postMessage(channel=BILLING, text="x", blocks=[{"type": "x"}])) == "invalid_blocks"
    assert await refusal(client.chat_postMessage(channel=BILLING, text="x", blocks=[long] * 5)) == "msg_blocks_too_long"
    assert await refusal(client.chat_update(channel=BILLING, ts="1.2", text="x")) == "message_not_found"
    assert await refusal(client.chat_update(channel=BILLING, ts=mine.ts, text="x")) == "cant_update_message"
    assert await refusal(client.chat_postEphemeral(channel=BILLING, user="U0NOBODY", text="x")) == "user_not_in_channel"
    assert (
        await refusal(client.chat_unfurl(channel=BILLING, ts=mine.ts, unfurls={"https://a.b": {}}))
        == "cannot_unfurl_url"
    )
    assert await refusal(client.views_open(trigger_id="1.2.3", view=MODAL)) == "invalid_trigger_id"
    assert await refusal(client.views_update(view_id="V1", view=MODAL)) == "not_found"
    assert await refusal(client.conversations_history(channel=BILLING)) == "unknown_method"
    assert await refusal(client.conversations_info(channel=BILLING)) == "missing_scope"
    assert len(peer.mistakes) == 14


async def test_posting_too_fast_is_told_to_wait(client: AsyncWebClient, peer: SlackPeer) -> None:
    slow = WebApi(peer.workspace, HCPCS_APP, peer.bot_token, burst=1)
    slow.call("chat.postMessage", peer.bot_token, {"channel": BILLING, "text": "one"})

    with pytest.raises(ApiError) as refused:
        slow.call("chat.postMessage", peer.bot_token, {"channel": BILLING, "text": "two"})

    assert (refused.value.code, refused.value.retry_after) == ("ratelimited", 1)


def test_a_trigger_opens_one_view_in_time() -> None:
    now = [0.0]
    triggers = Triggers(lambda: now[0])
    early, late = triggers.give(YOU), triggers.give(YOU)

    assert triggers.use(early) == YOU
    with pytest.raises(ApiError, match="exchanged_trigger_id"):
        triggers.use(early)
    now[0] = 3.1
    with pytest.raises(ApiError, match="expired_trigger_id"):
        triggers.use(late)


def test_a_response_url_is_good_for_five_answers_in_half_an_hour(peer: SlackPeer) -> None:
    now = [0.0]
    hooks = ResponseUrls(peer.workspace, lambda: now[0])
    often, late = hooks.give(Origin(YOU, BILLING)), hooks.give(Origin(YOU, BILLING))

    for _ in range(USES):
        hooks.answer(often, {"text": "hello"})
    with pytest.raises(ApiError, match="used_url"):
        hooks.answer(often, {"text": "hello"})
    now[0] = 1801
    with pytest.raises(ApiError, match="expired_url"):
        hooks.answer(late, {"text": "hello"})
    with pytest.raises(ApiError, match="no_such_url"):
        hooks.answer("1/x", {"text": "hello"})
    assert len(peer.workspace.messages) == USES


def test_an_answer_replaces_or_deletes_its_original(peer: SlackPeer) -> None:
    space = peer.workspace
    card = space.put(Message(channel=BILLING, ts=space.stamp(), user=BOT_USER, text="card", seen_by=YOU))
    hook = peer.hooks.give(Origin(YOU, BILLING, message=card))

    peer.hooks.answer(hook, {"text": "page 2", "replace_original": True})
    assert [message.text for message in space.visible()] == ["page 2"]
    peer.hooks.answer(hook, {"text": "for all", "response_type": "in_channel"})
    peer.hooks.answer(hook, {"delete_original": True})
    assert [(message.text, message.seen_by) for message in space.visible()] == [("for all", "")]


# Deliveries


async def test_requests_are_signed_as_the_sdk_verifies() -> None:
    seen: list[tuple[str, dict[str, str]]] = []

    async def post(headers: Any, body: bytes) -> Reply:
        seen.append((body.decode(), dict(headers)))
        return Reply(200, {}, b"")

    await SignedConnection(post, "secret").deliver(AppDelivery(Kind.COMMAND, {"text": "is é payable & how?"}))
    await SignedConnection(post, "secret").deliver(AppDelivery(Kind.EVENT, {"type": "event_callback"}, 2, "http_error"))

    assert all(SignatureVerifier("secret").is_valid_request(body, headers) for body, headers in seen)
    assert seen[1][1]["x-slack-retry-num"] == "2"


async def test_an_app_that_fails_or_dawdles_is_shown_as_in_slack() -> None:
    def make(peer: SlackPeer) -> Application:
        app = bolt(peer)

        @app.command("/hcpcs")
        async def command(ack: Any, command: dict[str, str]) -> None:
            if command["text"] == "slow":
                await asyncio.sleep(2)
            if command["text"] == "bad":
                await ack({"blocks": [{"type": "header"}]})
            elif command["text"] == "words":
                await ack("just &lt;words&gt;")

        return running(app)

    async with tied(make, SlackPeer(ack_seconds=0.4)) as peer:
        words = await peer.slash("/hcpcs words")
        assert words.text == "just &lt;words&gt;"
        for text, told in (("slow", "operation_timeout"), ("forgotten", "dispatch_failed"), ("bad", "invalid_blocks")):
            shown = await peer.slash(f"/hcpcs {text}")
            assert isinstance(shown, Message)
            assert (shown.user, told in shown.text) == (SLACKBOT, True)
        assert len(peer.mistakes) >= 3


async def test_a_failed_event_is_delivered_again_with_its_reason() -> None:
    heard: list[tuple[str, str]] = []

    def make(peer: SlackPeer) -> Application:
        app = bolt(peer)

        @app.event("app_mention")
        async def mention(request: Any, body: dict[str, Any], say: Any) -> None:
            heard.append((body["event_id"], request.headers.get("x-slack-retry-reason", [""])[0]))
            if len(heard) < 3:
                raise RuntimeError
            await say("at last")

        @app.error
        async def failed(error: Exception) -> Any:
            from slack_bolt import BoltResponse

            return BoltResponse(status=500)

        return running(app)

    async with tied(make, SlackPeer(retry_waits=(0, 0, 0))) as peer:
        shown = await peer.ask("@HCPCS hello")
        assert shown.text == "at last"
        assert [reason for _, reason in heard] == ["", "http_error", "http_error"]
        assert len({event for event, _ in heard}) == 1


async def test_modals_are_stacked_updated_refused_and_closed() -> None:
    field = {
        "type": "input",
        "block_id": "name",
        "label": {"type": "plain_text", "text": "Name"},
        "element": {"type": "plain_text_input", "action_id": "typed"},
    }
    form = {**MODAL, "callback_id": "form", "submit": {"type": "plain_text", "text": "Send"}, "blocks": [field]}
    closed: list[str] = []

    def make(peer: SlackPeer) -> Application:
        app = bolt(peer)

        @app.shortcut("look_up_code")
        async def shortcut(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view={**form, "notify_on_close": True})

        @app.view("form")
        async def form_sent(ack: Any, view: dict[str, Any]) -> None:
            typed = view["state"]["values"]["name"]["typed"]["value"]
            if typed == "no":
                await ack(response_action="errors", errors={"name": "Another name."})
            elif typed == "push":
                await ack(response_action="push", view=MODAL)
            else:
                await ack()

        @app.view_closed("form")
        async def form_closed(ack: Any, view: dict[str, Any]) -> None:
            closed.append(view["id"])
            await ack()

        return running(app)

    async with tied(make) as peer:
        modal = await peer.shortcut("Look up a code")
        assert isinstance(modal, View)
        with pytest.raises(NotPossibleError, match="required"):
            await peer.submit({}, modal)
        with pytest.raises(NotPossibleError, match="Another name"):
            await peer.submit({"name": {"typed": "no"}}, modal)
        above = await peer.submit({"name": {"typed": "push"}}, modal)
        assert isinstance(above, View)
        assert (above.previous, above.root) == (modal.id, modal.id)
        await peer.deeds.close(YOU, above)
        assert peer.workspace.modals[YOU] == [modal]
        assert await peer.deeds.submit(YOU, modal, {"name": {"typed": "yes"}}) == {}
        assert peer.workspace.modals[YOU] == []

        again = await peer.shortcut("Look up a code")
        assert isinstance(again, View)
        await peer.deeds.close(YOU, again)
        assert closed == [again.id]


async def test_what_slack_does_not_let_a_person_do(peer: SlackPeer) -> None:
    with pytest.raises(NotPossibleError, match="not a valid command"):
        await peer.slash("/weather")
    with pytest.raises(NotPossibleError, match="not supported in threads"):
        await peer.deeds.command(YOU, BILLING, "/hcpcs S9328", thread="1.2")
    with pytest.raises(NotPossibleError, match="no app"):
        await peer.slash("/hcpcs S9328")
    with pytest.raises(SilenceError):
        await peer.next()


# The wire


async def test_the_wire_takes_no_browser_and_no_strange_host(peer: SlackPeer) -> None:
    async with aiohttp.ClientSession() as session:
        token = {"authorization": f"Bearer {peer.bot_token}"}
        for headers, status in (
            (token, 200),
            ({**token, "origin": peer.address}, 403),
            ({**token, "host": "evil.example"}, 403),
        ):
            async with session.post(f"{peer.api_url}auth.test", headers=headers) as answer:
                assert answer.status == status
        async with session.get(f"{peer.address}/socket?ticket=guessed") as answer:
            assert answer.status == 403
        async with session.post(f"{peer.api_url}apps.connections.open", headers=token) as answer:
            assert (await answer.json())["error"] == "invalid_auth"
        async with session.post(f"{peer.address}/hooks/1/guessed", json={"text": "x"}) as answer:
            assert answer.status == 404


async def test_a_scope_that_is_not_granted_is_missed() -> None:
    poor = SlackPeer(replace(HCPCS_APP, scopes=frozenset()))
    with pytest.raises(ApiError, match="missing_scope"):
        poor.api.call("chat.postMessage", poor.bot_token, {"channel": BILLING, "text": "x"})


def test_stamps_only_rise() -> None:
    space = Workspace(SlackPeer().feed, clock=lambda: 1_700_000_000.0)
    stamps = [space.stamp() for _ in range(100)]
    assert stamps == sorted(set(stamps))

"""Deliveries are signed, limited in time and repeated as Slack does it."""

from __future__ import annotations

import asyncio
from typing import Any

from slack_bolt import BoltResponse
from slack_sdk.signature import SignatureVerifier
from tests.slack_peer.bolt_apps import ECHO, bolt, serve

from slack_peer.delivery.connection import AppDelivery, DeliveryKind, Reply, SignedConnection
from slack_peer.delivery.in_process import Application
from slack_peer.peer import SlackPeer, connect_app
from slack_peer.workspace import SLACKBOT, Message


async def test_requests_are_signed_as_the_sdk_verifies() -> None:
    seen: list[tuple[str, dict[str, str]]] = []

    async def post(headers: Any, body: bytes) -> Reply:
        seen.append((body.decode(), dict(headers)))
        return Reply(200, {}, b"")

    connection = SignedConnection(post, "secret")
    await connection.deliver(AppDelivery(DeliveryKind.COMMAND, {"text": "is é payable & how?"}))
    await connection.deliver(AppDelivery(DeliveryKind.EVENT, {"type": "event_callback"}, 2, "http_error"))

    assert all(SignatureVerifier("secret").is_valid_request(body, headers) for body, headers in seen)
    assert seen[1][1]["x-slack-retry-num"] == "2"


async def test_an_app_that_fails_or_is_slow_is_shown_as_in_slack() -> None:
    def make(peer: SlackPeer) -> Application:
        app = bolt(peer)

        @app.command("/echo")
        async def command(ack: Any, command: dict[str, str]) -> None:
            if command["text"] == "slow":
                await asyncio.sleep(2)
            if command["text"] == "bad":
                await ack({"blocks": [{"type": "header"}]})
            elif command["text"] == "words":
                await ack("just &lt;words&gt;")

        return serve(app)

    async with connect_app(SlackPeer(ECHO, ack_seconds=0.4), make) as peer:
        words = await peer.slash("/echo words")
        assert words.text == "just &lt;words&gt;"
        for text, error in (("slow", "operation_timeout"), ("forgotten", "dispatch_failed"), ("bad", "invalid_blocks")):
            shown = await peer.slash(f"/echo {text}")
            assert isinstance(shown, Message)
            assert (shown.user, error in shown.text) == (SLACKBOT, True)
        assert len(peer.violations) >= 3


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
            return BoltResponse(status=500)

        return serve(app)

    async with connect_app(SlackPeer(ECHO, retry_waits=(0, 0, 0)), make) as peer:
        shown = await peer.ask("@echo hello")
        assert shown.text == "at last"
        assert [reason for _, reason in heard] == ["", "http_error", "http_error"]
        assert len({event for event, _ in heard}) == 1

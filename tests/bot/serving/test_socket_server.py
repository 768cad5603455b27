"""Socket Mode: every surface over a real WebSocket, how it ends, and its health probes."""

from __future__ import annotations

import asyncio
import json

import pytest
from tests.bot.http.service_client import service_of
from tests.bot.serving.test_server import make_face
from tests.slack_app import APP, posted

from hcpcs_bot.serving.socket_server import SocketModeError, SocketServer
from hcpcs_bot.slack.context import SlackContext
from slack_peer.delivery import payloads
from slack_peer.delivery.connection import AppDelivery, DeliveryKind
from slack_peer.delivery.in_process import InProcess
from slack_peer.peer import SlackPeer
from slack_peer.workspace import BILLING, BOT_USER, Message


def socket_server(slack: SlackContext, app_token: str = "xapp-1") -> SocketServer:
    return SocketServer(slack, app_token, service_of(slack.desk))


async def test_socket_mode_answers_on_every_surface_over_a_real_websocket() -> None:
    peer = SlackPeer(APP)
    await peer.start()
    stop = asyncio.Event()
    slack = make_face(api_url=peer.api_url, bot_token=peer.bot_token, signing_secret="")
    serving = asyncio.create_task(socket_server(slack, peer.app_token).serve(stop))
    try:
        await peer.connect_socket()
        card = await peer.slash("/hcpcs S9328")
        assert isinstance(card, Message)
        assert "S9328 is not payable by Medicare" in card.words
        shared = await peer.press("Share to channel", card)
        assert isinstance(shared, Message)
        assert shared.visible_to == ""
        await peer.next()
        answer = await peer.ask("@hcpcs is S9353 payable by Medicare?")
        assert "No. S9353 is not payable by Medicare." in answer.text
        assert "S9353" in (await peer.write("S9353")).text
        modal = await peer.shortcut("Look up a code")
        assert [option["value"] for option in await peer.suggest("lookup", "insulin", modal)] == ["S9353"]
        assert "Privacy" in (await peer.open_home()).words
        assert peer.violations == []
    finally:
        stop.set()
        await serving
        await peer.stop()


async def test_requests_for_another_workspace_or_app_are_acknowledged_and_not_answered() -> None:
    peer = SlackPeer(APP, timeout=0.5)
    await peer.start()
    stop = asyncio.Event()
    slack = make_face(api_url=peer.api_url, bot_token=peer.bot_token, signing_secret="")
    serving = asyncio.create_task(socket_server(slack, peer.app_token).serve(stop))
    try:
        await peer.connect_socket()
        async with asyncio.timeout(30):
            while not (slack.identity.team and slack.identity.app):
                await asyncio.sleep(0.01)
        question = await peer.say("a message that mentions nobody")
        mention = {**payloads.message_json(question), "type": "app_mention", "channel": BILLING}
        event = payloads.event({**mention, "text": f"<@{BOT_USER}> S9328"}, 0.0)
        for other in ({"team_id": "T2", "authorizations": []}, {"api_app_id": "A2"}):
            reply = await peer.dispatcher.deliver(AppDelivery(DeliveryKind.EVENT, {**event, **other}))
            assert (reply.status, reply.body) == (200, b"")
        assert "S9328" in (await peer.ask("@hcpcs S9328")).text
        assert len(posted(peer)) == 1
    finally:
        stop.set()
        await serving
        await peer.stop()


async def test_a_refused_app_token_ends_socket_mode_with_one_clear_line() -> None:
    peer = SlackPeer(APP)
    await peer.start()
    slack = make_face(api_url=peer.api_url, bot_token=peer.bot_token)
    with pytest.raises(SocketModeError, match="refused SLACK_APP_TOKEN"):
        await socket_server(slack, "xapp-wrong").serve(asyncio.Event())
    await peer.stop()


async def test_socket_mode_stops_when_told_though_slack_is_out_of_reach() -> None:
    stop = asyncio.Event()
    serving = asyncio.create_task(socket_server(make_face()).serve(stop))
    await asyncio.sleep(0.1)
    stop.set()
    await asyncio.wait_for(serving, 60)


async def test_it_is_ready_once_connected_and_serves_the_code_pages() -> None:
    peer = SlackPeer(APP)
    await peer.start()
    server = socket_server(make_face(api_url=peer.api_url, bot_token=peer.bot_token, signing_secret=""), peer.app_token)
    async with InProcess(server) as running:
        await peer.connect_socket()
        async with asyncio.timeout(30):
            while (ready := await running.request("GET", "/readyz", {}, b"")).status != 200:
                await asyncio.sleep(0.01)
        assert json.loads(ready.body)["parts"]["socket"] == {"condition": "ok", "detail": ""}
        assert (await running.request("GET", "/livez", {}, b"")).status == 200
        assert (await running.request("GET", "/codes/S9353", {}, b"")).status == 200
        assert (await running.request("POST", "/slack/events", {}, b"")).status == 404
    await peer.stop()
    assert server.refusal() is None


async def test_it_is_not_ready_without_a_connection() -> None:
    async with InProcess(socket_server(make_face())) as running:
        await asyncio.sleep(0.05)
        ready = await running.request("GET", "/readyz", {}, b"")
    assert ready.status == 503
    assert json.loads(ready.body)["parts"]["socket"]["detail"] == "The connection of Socket Mode is not open."


async def test_a_refused_app_token_ends_the_server_and_says_why() -> None:
    peer = SlackPeer(APP)
    await peer.start()
    server = socket_server(make_face(api_url=peer.api_url, bot_token=peer.bot_token), "xapp-wrong")
    ended = asyncio.Event()
    server.when_refused = ended.set
    async with InProcess(server), asyncio.timeout(30):
        await ended.wait()
    await peer.stop()
    assert isinstance(server.refusal(), SocketModeError)

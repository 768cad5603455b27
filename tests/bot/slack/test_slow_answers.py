"""While one question is being answered, others are served: no desk is asked in the event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from typing import Any

import pytest
from tests.bot.http.service_client import client_of, service_of
from tests.bot.slack.conftest import settle
from tests.slack_app import as_message, context_for

from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.serving.server import asgi_app
from hcpcs_bot.serving.socket_server import SocketServer
from hcpcs_bot.slack.context import SlackContext
from slack_peer.delivery.connection import SignedConnection
from slack_peer.delivery.in_process import InProcess
from slack_peer.peer import SlackPeer
from slack_peer.workspace import BILLING, COLLEAGUE, DIRECT, YOU

SLOW = "what changed"
"""The question whose answer waits for the gate."""
GATE_SECONDS = 60.0
"""Seconds after which a test fails that waits for a gate which the blocked event loop can't open."""


class GatedDesk:
    """The starter's desk, whose answer to ``SLOW`` waits; counts the calls in the event loop."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.waiting = threading.Event()
        self.calls_in_loop: list[str] = []
        self._desk = starter_desk()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._desk, name)

    def ask(self, text: str, **named: Any) -> Any:
        self._called("ask", text)
        return self._desk.ask(text, **named)

    def decode(self, text: str, **named: Any) -> Any:
        self._called("decode", text)
        return self._desk.decode(text, **named)

    def suggest(self, text: str, **named: Any) -> Any:
        self._called("suggest", text)
        return self._desk.suggest(text, **named)

    def _called(self, method: str, text: str) -> None:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            pass
        else:
            self.calls_in_loop.append(f"{method} {text}")
        if SLOW in text:
            self.waiting.set()
            assert self.gate.wait(GATE_SECONDS)


@pytest.fixture
def desk() -> GatedDesk:
    return GatedDesk()


@pytest.fixture
def context(workspace: SlackPeer, desk: GatedDesk) -> SlackContext:
    return context_for(workspace, desk)


@pytest.fixture(params=["http", "socket"])
async def served(
    request: pytest.FixtureRequest, workspace: SlackPeer, context: SlackContext
) -> AsyncIterator[SlackPeer]:
    """The workspace with the app connected, over HTTP and in Socket Mode."""
    if request.param == "http":
        async with InProcess(asgi_app(context)) as application:
            workspace.connect(SignedConnection(application, workspace.signing_secret))
            yield workspace
        return
    stop = asyncio.Event()
    server = SocketServer(context, workspace.app_token, service_of(context.desk))
    serving = asyncio.create_task(server.serve(stop))
    await workspace.connect_socket()
    yield workspace
    stop.set()
    await serving


@pytest.mark.parametrize("surface", ["command", "mention", "message"])
async def test_others_are_answered_while_a_slow_answer_is_made(
    served: SlackPeer, desk: GatedDesk, surface: str
) -> None:
    question = f"/hcpcs {SLOW}" if surface == "command" else f"@hcpcs {SLOW}"
    channel = DIRECT if surface == "message" else BILLING
    ask = served.actions.command if surface == "command" else served.actions.post
    slow = asyncio.create_task(ask(YOU, channel, question))
    try:
        await asyncio.to_thread(desk.waiting.wait, GATE_SECONDS)
        other = as_message(await served.slash("/hcpcs is S9353 payable?", user=COLLEAGUE))
        assert "S9353 is not payable" in other.words
        assert "S9328" in as_message(await served.slash("/hcpcs S9328", user=COLLEAGUE)).words
        modal = await served.shortcut("Look up a code", user=COLLEAGUE)
        assert [one["value"] for one in await served.suggest("lookup", "insulin", modal, user=COLLEAGUE)] == ["S9353"]
        assert not desk.gate.is_set()
    finally:
        desk.gate.set()
        await slow


async def test_no_surface_asks_the_desk_in_the_event_loop(
    served: SlackPeer, desk: GatedDesk, context: SlackContext
) -> None:
    desk.gate.set()
    card = as_message(await served.slash("/hcpcs S9328"))
    for button in ("Share to channel", "Full record"):
        await served.press(button, card)
        await settle(context)
    await served.slash(f"/hcpcs {SLOW}")
    answer = as_message(await served.ask("@hcpcs is S9353 payable by Medicare?"))
    await served.ask("@hcpcs and the price", thread=answer.thread or answer.ts)
    await served.write("compare S9328 and S9353")
    message = await served.say("Claim: S9353 x1 and S9328")
    await served.shortcut("Decode HCPCS codes", message)
    await settle(context)
    modal = await served.shortcut("Look up a code")
    await served.suggest("lookup", "insulin", modal)
    await served.choose("lookup", "S9353", modal)
    await served.run_step("Look up an HCPCS code", {"question": "S9353"})
    await served.open_home()
    await settle(context)
    assert desk.calls_in_loop == []


async def test_the_query_service_answers_others_while_a_slow_answer_is_made(desk: GatedDesk) -> None:
    async with client_of(service_of(lambda: desk)) as client:  # type: ignore[arg-type, return-value]
        slow = asyncio.create_task(client.get("/api/v1/ask", params={"q": SLOW}))
        try:
            await asyncio.to_thread(desk.waiting.wait, GATE_SECONDS)
            for path in ("/api/v1/ask?q=S9353", "/api/v1/codes/S9353", "/api/v1/search?q=insulin", "/codes/S9353"):
                assert (await client.get(path)).status_code == 200, path
            assert not slow.done()
        finally:
            desk.gate.set()
        assert (await slow).status_code == 200
    assert [call for call in desk.calls_in_loop if SLOW in call] == []

"""Serving in Socket Mode: Slack's requests come over a connection that the app opens; the health probes over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final

import structlog
import uvicorn
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from hcpcs.errors import HcpcsError
from hcpcs_bot.http.asgi import Asgi, Receive, Scope, Send
from hcpcs_bot.http.health import Condition, PartHealth
from hcpcs_bot.http.health_pages import HEALTH_PATHS, HealthPages
from hcpcs_bot.serving.http_server import run_uvicorn
from hcpcs_bot.serving.lifecycle import stop_in_time
from hcpcs_bot.serving.refusal_log import refusals
from hcpcs_bot.settings import Settings
from hcpcs_bot.slack.app import create_app
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.inbound.addressee import is_ours
from hcpcs_bot.slack.inbound.request import mapping
from hcpcs_bot.slack.outbound.retries import CALL_ERRORS, failure_of

NOT_CONNECTED: Final = "The connection of Socket Mode is not open."

log = structlog.get_logger("hcpcs_bot.server")


class SocketModeError(HcpcsError):
    """Slack refuses the app's connection in Socket Mode."""


async def connect(client: SocketModeClient) -> None:
    """Connects, and retries while Slack can't be reached. Raises ``SocketModeError`` if Slack refuses the token."""
    try:
        client.wss_uri = await client.issue_new_wss_url()
    except CALL_ERRORS as error:
        failure = failure_of(error)
        if not failure.transient:
            raise SocketModeError(
                f"Slack refused SLACK_APP_TOKEN ({failure.reason}): it needs an app-level token with connections:write."
            ) from None
        log.warning("Slack can't be reached, trying again", reason=failure.reason)
    await client.connect()  # type: ignore[no-untyped-call]
    log.info("connected in Socket Mode")


class OwnRequestHandler(AsyncSocketModeHandler):
    """Passes Bolt the requests for this app in this workspace, and acknowledges any other one without an answer.

    The app's id is known from the connection's first message: it is the one that the app-level token belongs to.
    """

    def __init__(self, slack: SlackContext, app_token: str) -> None:
        super().__init__(create_app(slack), app_token, web_client=slack.outbox.client)
        self._identity = slack.identity
        self.client.message_listeners.append(self._learn_app)
        if not slack.config.through_proxy:
            self.client.proxy = None

    async def _learn_app(self, _: object, message: dict[str, Any], __: str | None = None) -> None:
        app = mapping(message.get("connection_info")).get("app_id")
        if message.get("type") == "hello" and isinstance(app, str):
            self._identity.learn_app(app)

    async def handle(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        """Handles one request."""
        payload = mapping(req.payload)
        if is_ours(payload, team=self._identity.team, app=self._identity.app):
            await super().handle(self.client, req)
            return
        refusals.note(403, "for another workspace or app")
        await client.send_socket_mode_response(SocketModeResponse(envelope_id=req.envelope_id))


class SocketServer:
    """Serves Slack in Socket Mode, which needs no public address.

    As an ASGI application it serves the health probes, and what ``others`` serves.
    """

    def __init__(self, slack: SlackContext, app_token: str, others: Asgi) -> None:
        self.slack = slack
        self.health = HealthPages((*slack.probes, self._connection), slack.metrics)
        self._app_token = app_token
        self._others = others
        self._client: SocketModeClient | None = None
        self._serving: asyncio.Task[None] | None = None
        self._stop = asyncio.Event()
        self.when_refused: Callable[[], object] = self._stop.set
        """Called where Slack refuses the connection, which ends the server."""

    def _connection(self) -> PartHealth:
        session = self._client.current_session if self._client is not None else None
        if session is None or session.closed:
            return PartHealth(part="socket", condition=Condition.FAILED, detail=NOT_CONNECTED)
        return PartHealth(part="socket")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One HTTP request, or the lifespan."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            await (self.health if scope["path"] in HEALTH_PATHS else self._others)(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})

    async def serve(self, stop: asyncio.Event) -> None:
        """Serves Slack until ``stop``. Raises ``SocketModeError``."""
        await self.slack.start()
        client = OwnRequestHandler(self.slack, self._app_token).client
        self._client = client
        self.health.started = True
        connecting = asyncio.create_task(connect(client))
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({connecting, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if connecting.done():
                connecting.result()
                await stopping
        finally:
            self.health.started = False
            connecting.cancel()
            stopping.cancel()
            await client.close()  # type: ignore[no-untyped-call]
            await self.slack.stop()

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._serving = asyncio.create_task(self.serve(self._stop))
                self._serving.add_done_callback(lambda _: self.when_refused())
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                self._stop.set()
                if self._serving is not None:
                    await stop_in_time(self._stopped(self._serving))
                await send({"type": "lifespan.shutdown.complete"})
                return

    @staticmethod
    async def _stopped(serving: asyncio.Task[None]) -> None:
        await asyncio.wait({serving})

    def refusal(self) -> BaseException | None:
        """Why serving ended though nobody stopped it; ``None`` where it was stopped."""
        return self._serving.exception() if self._serving is not None and self._serving.done() else None


def run_socket(server: SocketServer, host: str, port: int, settings: Settings | None = None) -> None:
    """Serves Slack in Socket Mode, and the probes on ``port``, until SIGINT or SIGTERM.

    Raises ``SocketModeError`` and ``ListenError``.
    """

    def end_with(http: uvicorn.Server) -> None:
        server.when_refused = lambda: setattr(http, "should_exit", True)

    run_uvicorn(server, host, port, end_with, settings)
    refusal = server.refusal()
    if refusal is not None:
        raise refusal

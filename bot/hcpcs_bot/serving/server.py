"""The ASGI application (``POST /slack/events``, ``GET /livez``, ``GET /readyz``), and serving it."""

from __future__ import annotations

import asyncio
import signal
from typing import Final

import orjson
import structlog
import uvicorn
from slack_bolt import BoltResponse
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient

from hcpcs.errors import HcpcsError
from hcpcs_bot.http.asgi import JSON, Asgi, Receive, Scope, Send, respond, respond_with
from hcpcs_bot.slack.app import create_app
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.inbound.addressee import is_ours
from hcpcs_bot.slack.inbound.guard import RefusedRequest, RequestGuard
from hcpcs_bot.slack.inbound.payload import PayloadError, bolt_request, parse
from hcpcs_bot.slack.installation.identity import Connection
from hcpcs_bot.slack.outbound.retries import CALL_ERRORS, failure_of

SLACK_PATH: Final = "/slack/events"
SHUTDOWN_SECONDS: Final = 25
"""Maximum time for requests in progress when the server stops."""

log = structlog.get_logger("hcpcs_bot.server")


async def respond_as_bolt(send: Send, response: BoltResponse) -> None:
    """Sends Bolt's response as an HTTP response."""
    headers = [
        (name.encode(), value.encode())
        for name, values in response.headers.items()
        if name.lower() != "content-length"
        for value in values
    ]
    await respond_with(send, response.status, response.body.encode(), headers)


class Server:
    """The ASGI application of the Slack interface. ``others`` answers every other path."""

    def __init__(self, slack: SlackContext, app: AsyncApp, guard: RequestGuard, others: Asgi | None = None) -> None:
        self.slack = slack
        self._app = app
        self._guard = guard
        self._others = others
        self._started = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One HTTP request, or the lifespan."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, method = scope["path"], scope["method"]
        if path == SLACK_PATH:
            if method == "POST":
                await self._slack(scope, receive, send)
            else:
                await respond(send, 405, b"method not allowed")
        elif path == "/livez" and method in {"GET", "HEAD"}:
            await respond(send, 200, b"alive")
        elif path == "/readyz" and method in {"GET", "HEAD"}:
            await self._ready(send)
        elif self._others is not None:
            await self._others(scope, receive, send)
        else:
            await respond(send, 404, b"not found")

    async def _slack(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await self._guard.admit(scope, receive)
            headers = dict(scope["headers"])
            payload = parse(body, headers.get(b"content-type", b""))
            identity = self.slack.identity
            if not is_ours(payload, team=identity.team, app=identity.app):
                raise RefusedRequest(403, "for another workspace or app")
            request = bolt_request(payload)
        except RefusedRequest as refused:
            log.warning("refused", status=refused.status, reason=refused.reason)
            await respond(send, refused.status, refused.reason.encode())
            return
        except PayloadError as error:
            log.warning("refused", status=400, reason=str(error))
            await respond(send, 400, str(error).encode())
            return
        await respond_as_bolt(send, await self._app.async_dispatch(request))

    async def _ready(self, send: Send) -> None:
        """Ready once started, unless Slack refused the bot token; says the release in use and the token's state."""
        release = self.slack.desk().catalog.newest
        refused = self.slack.identity.connection is Connection.REFUSED
        body = {
            "ready": self._started and not refused,
            "release": release.label,
            "starter": release.starter,
            "slack": self.slack.identity.connection.value,
        }
        await respond(send, 200 if body["ready"] else 503, orjson.dumps(body), JSON)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self.slack.start()
                self._started = True
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                self._started = False
                await self.slack.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return


def asgi_app(slack: SlackContext, others: Asgi | None = None) -> Server:
    """The ASGI application of a Slack interface, whose signing secret must have been checked."""
    return Server(slack, create_app(slack), RequestGuard(slack.config.signing_secret), others)


def run_http(server: Server, host: str, port: int) -> None:
    """Serves ``server`` until SIGINT or SIGTERM; requests in progress are finished first."""
    uvicorn.run(
        server,
        host=host,
        port=port,
        access_log=False,
        log_config=None,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )


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


async def serve_socket(slack: SlackContext, app_token: str, stop: asyncio.Event) -> None:
    """Serves Slack in Socket Mode, which needs no public address, until ``stop``. Raises ``SocketModeError``."""
    await slack.start()
    client = AsyncSocketModeHandler(create_app(slack), app_token, web_client=slack.outbox.client).client
    if not slack.config.through_proxy:
        client.proxy = None
    connecting = asyncio.create_task(connect(client))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({connecting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if connecting.done():
            connecting.result()
            await stopping
    finally:
        connecting.cancel()
        stopping.cancel()
        await client.close()  # type: ignore[no-untyped-call]
        await slack.stop()


def run_socket(slack: SlackContext, app_token: str) -> None:
    """Serves Slack in Socket Mode until SIGINT or SIGTERM. Raises ``SocketModeError``."""

    async def serve() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop.set)
        await serve_socket(slack, app_token, stop)

    asyncio.run(serve())

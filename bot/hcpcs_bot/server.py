"""The ASGI application (``POST /slack/events``, ``GET /livez``, ``GET /readyz``), and how it is served."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from typing import Final

import aiohttp
import orjson
import structlog
import uvicorn
from slack_bolt import BoltResponse
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient

from hcpcs.errors import HcpcsError
from hcpcs_bot.slack.app import create_app
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.identity import Connection
from hcpcs_bot.slack.inbound.guard import Receive, RefusedRequest, RequestGuard, Scope, Send
from hcpcs_bot.slack.inbound.payload import PayloadError, bolt_request, parse

SLACK_PATH: Final = "/slack/events"
PLAIN: Final = b"text/plain;charset=utf-8"
JSON: Final = b"application/json;charset=utf-8"

Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]

log = structlog.get_logger("hcpcs_bot.server")


async def respond(send: Send, status: int, body: bytes, content_type: bytes = PLAIN) -> None:
    """One whole HTTP answer."""
    headers = [(b"content-type", content_type), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def respond_as_bolt(send: Send, response: BoltResponse) -> None:
    """Bolt's answer as an HTTP answer."""
    body = response.body.encode()
    headers = [
        (name.encode(), value.encode())
        for name, values in response.headers.items()
        if name.lower() != "content-length"
        for value in values
    ]
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


class Server:
    """The ASGI application of one Slack face. ``others`` answers the paths that are not the face's."""

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
            request = bolt_request(parse(body, headers.get(b"content-type", b"")))
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
        """Ready once started, with the release in use; the bot token's state is told, and needed by no command."""
        release = self.slack.desk().catalog.newest
        refused = self.slack.identity.connection is Connection.REFUSED
        told = {
            "ready": self._started and not refused,
            "release": release.label,
            "starter": release.starter,
            "slack": self.slack.identity.connection.value,
        }
        await respond(send, 200 if told["ready"] else 503, orjson.dumps(told), JSON)

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
    """The ASGI application of a face. Its signing secret must have been checked."""
    return Server(slack, create_app(slack), RequestGuard(slack.config.signing_secret), others)


def run_http(server: Server, host: str, port: int) -> None:
    """Serves ``server`` until it is told to stop; requests at hand are finished first."""
    uvicorn.run(
        server,
        host=host,
        port=port,
        access_log=False,
        log_config=None,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=25,
    )


class SocketModeError(HcpcsError):
    """Slack does not let the app connect in Socket Mode."""


async def connect(client: SocketModeClient) -> None:
    """Connects, trying again while Slack can't be reached. Raises ``SocketModeError`` for a token that it refuses."""
    try:
        client.wss_uri = await client.issue_new_wss_url()
    except SlackApiError as error:
        reason = str(error.response.get("error", "unknown"))
        raise SocketModeError(
            f"Slack refused SLACK_APP_TOKEN ({reason}): it needs an app-level token with connections:write."
        ) from None
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        log.warning("Slack can't be reached, trying again", error=type(error).__name__)
    await client.connect()  # type: ignore[no-untyped-call]
    log.info("connected in Socket Mode")


async def serve_socket(slack: SlackContext, app_token: str, stop: asyncio.Event) -> None:
    """Serves Slack in Socket Mode until ``stop``: no address of our own is needed. Raises ``SocketModeError``."""
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

    async def until_told() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for told in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(told, stop.set)
        await serve_socket(slack, app_token, stop)

    asyncio.run(until_told())

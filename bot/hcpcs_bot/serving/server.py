"""The ASGI application of Slack: ``POST /slack/events``, the health probes, and the query service beside them."""

from __future__ import annotations

from typing import Final

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from hcpcs_bot.http.asgi import Asgi, Receive, Scope, Send, respond, respond_with
from hcpcs_bot.http.health_pages import HEALTH_PATHS, HealthPages
from hcpcs_bot.serving.lifecycle import stop_in_time
from hcpcs_bot.serving.refusal_log import refusals
from hcpcs_bot.slack.app import create_app
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.inbound.addressee import is_ours
from hcpcs_bot.slack.inbound.guard import RefusedRequest, RequestGuard
from hcpcs_bot.slack.inbound.payload import NO_HEADERS, RETRY_HEADER, PayloadError, bolt_request, parse

SLACK_PATH: Final = "/slack/events"

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
        self.health = HealthPages(slack.probes, slack.metrics)

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
        elif path in HEALTH_PATHS:
            await self.health(scope, receive, send)
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
            retry = headers.get(RETRY_HEADER.encode(), b"")
            request = bolt_request(payload, {RETRY_HEADER: retry.decode("latin-1")} if retry else NO_HEADERS)
        except RefusedRequest as refused:
            refusals.note(refused.status, refused.reason)
            # What is left of an unread body would be read as the next request.
            await respond(send, refused.status, refused.reason.encode(), headers=[(b"connection", b"close")])
            return
        except PayloadError as error:
            refusals.note(400, str(error))
            await respond(send, 400, str(error).encode())
            return
        await respond_as_bolt(send, await self._app.async_dispatch(request))

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self.slack.start()
                self.health.started = True
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                self.health.started = False
                await stop_in_time(self.slack.stop())
                await send({"type": "lifespan.shutdown.complete"})
                return


def asgi_app(slack: SlackContext, others: Asgi | None = None) -> Server:
    """The ASGI application of a Slack interface, whose signing secret must have been checked."""
    return Server(slack, create_app(slack), RequestGuard(slack.config.signing_secret), others)

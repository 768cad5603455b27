"""The routes that an app calls: the Web API, response_urls, and the WebSocket of Socket Mode."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, NamedTuple

from aiohttp import hdrs, web

from slack_peer.api.faults import Faults
from slack_peer.api.response_urls import ResponseUrls
from slack_peer.api.web_api import WebApi, parse_arguments
from slack_peer.delivery.socket_mode import SOCKET_PATH, SocketConnection
from slack_peer.errors import ApiError

RESPONSE_PATH: Final = "/hooks/"
"""Where response_urls are, as on Slack's hooks.slack.com."""
RESPONSE_URL: Final = "response_url"
"""The name of a post to a response_url among the calls."""
MAX_BODY: Final = 4 * 1024 * 1024
"""Maximum bytes of a call's body."""
CALLS_KEPT: Final = 10_000
"""Maximum calls that are kept for tests, the newest."""

_ERROR_STATUS: Final = {"ratelimited": 429}
_RESPONSE_URL_STATUS: Final = {"used_url": 404, "expired_url": 404, "no_such_url": 404}


class ApiCall(NamedTuple):
    """A call that the app made: the method's name (or ``response_url``) and what it sent."""

    method: str
    arguments: Mapping[str, Any]


Fault = Callable[[ApiCall], Awaitable[web.StreamResponse | None]]
"""Answers a call instead of Slack, as Slack would when it fails; ``None`` lets the call be answered as usual."""


class ApiRoutes:
    """The routes for apps. Browsers are refused: a request that carries an Origin.

    ``calls`` keeps what the app sent, refused or not. ``fault`` may answer instead of Slack, ``faults`` are the
    planned failures. Every call takes ``delay`` seconds before it is carried out and after, so that a caller can die
    at either time.
    """

    def __init__(self, api: WebApi, response_urls: ResponseUrls, socket: SocketConnection, app_token: str) -> None:
        self.calls: deque[ApiCall] = deque(maxlen=CALLS_KEPT)
        self.fault: Fault | None = None
        self.faults = Faults()
        self.delay = 0.0
        self._api = api
        self._response_urls = response_urls
        self._socket = socket
        self._app_token = app_token

    def routes(self) -> list[web.RouteDef]:
        """The routes, to be added to a web application."""
        return [
            web.post("/api/apps.connections.open", self._connect),
            web.post("/api/{method}", self._call),
            web.get("/api/{method}", self._call),
            web.post(RESPONSE_PATH + "{path:.+}", self._respond),
            web.get(SOCKET_PATH, self._socket.serve),
        ]

    async def _call(self, request: web.Request) -> web.StreamResponse:
        _refuse_browsers(request)
        form: dict[str, str] = {**request.query}
        if request.content_type != "application/json":
            form |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
        token = _token(request) or form.pop("token", "")
        name = request.match_info["method"]
        try:
            arguments = parse_arguments(request.content_type, await request.read(), form)
            call = ApiCall(name, arguments)
            return await self._carry_out(request, call, lambda: self._api.call(name, token, arguments))
        except json.JSONDecodeError:
            return web.json_response({"ok": False, "error": "invalid_json"})
        except ApiError as error:
            headers = {"Retry-After": str(error.retry_after)} if error.retry_after else None
            return web.json_response(error.json(), status=_ERROR_STATUS.get(error.code, 200), headers=headers)

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        _refuse_browsers(request)
        path = request.match_info["path"]
        try:
            body = await request.json()
            call = ApiCall(RESPONSE_URL, body)
            return await self._carry_out(request, call, lambda: self._response_urls.answer(path, body))
        except json.JSONDecodeError:
            return web.Response(status=400, text="invalid_payload")
        except ApiError as error:
            return web.json_response(error.json(), status=_RESPONSE_URL_STATUS.get(error.code, 400))

    async def _carry_out(
        self, request: web.Request, call: ApiCall, work: Callable[[], dict[str, Any] | None]
    ) -> web.StreamResponse:
        """Slack's answer to a call, or a fault's. Raises ``ApiError``."""
        self.calls.append(call)
        answer = await self.fault(call) if self.fault is not None else None
        if answer is not None:
            return answer
        misbehavior = self.faults.take(call.method)
        if misbehavior is not None:
            if misbehavior.carried_out:
                work()
            return await misbehavior.answer(request)
        await asyncio.sleep(self.delay)
        body = work()
        self._api.context.workspace.feed.publish("request", {"name": call.method, "status": 200}, by_app=False)
        await asyncio.sleep(self.delay)
        return web.Response(text="ok") if body is None else web.json_response(body)

    async def _connect(self, request: web.Request) -> web.Response:
        _refuse_browsers(request)
        if not secrets.compare_digest(_token(request).encode(), self._app_token.encode()):
            return web.json_response({"ok": False, "error": "invalid_auth"})
        url = f"ws://{request.host}{SOCKET_PATH}?ticket={self._socket.issue_ticket()}"
        return web.json_response({"ok": True, "url": url})


def _refuse_browsers(request: web.Request) -> None:
    if hdrs.ORIGIN in request.headers:
        raise web.HTTPForbidden(text="this address is for apps, not for web pages")


def _token(request: web.Request) -> str:
    kind, _, token = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
    return token.strip() if kind == "Bearer" else ""

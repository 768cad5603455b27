"""The stand-in's side that an app calls: the Web API, response_urls, and the WebSocket of Socket Mode."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any, Final

from aiohttp import hdrs, web

from slack_peer.delivery.response_urls import ResponseUrls
from slack_peer.delivery.socket_mode import PATH, SocketConnection
from slack_peer.rules.api_rules import ApiError
from slack_peer.web_api import WebApi, arguments_of

HOOKS: Final = "/hooks/"
LARGEST: Final = 4 * 1024 * 1024

_NEVER: Final = {"invalid_auth": 200, "ratelimited": 429}
_HOOK_STATUS: Final = {"used_url": 404, "expired_url": 404, "no_such_url": 404}


def _json(body: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    return web.json_response(body, status=status, headers=headers)


class PeerRoutes:
    """The routes for apps. A browser has no business here: requests that carry an Origin are refused."""

    def __init__(self, api: WebApi, hooks: ResponseUrls, socket: SocketConnection, app_token: str) -> None:
        self._api = api
        self._hooks = hooks
        self._socket = socket
        self._app_token = app_token

    def routes(self) -> list[web.RouteDef]:
        """The routes."""
        return [
            web.post("/api/apps.connections.open", self._connect),
            web.post("/api/{method}", self._call),
            web.get("/api/{method}", self._call),
            web.post(HOOKS + "{path:.+}", self._hook),
            web.get(PATH, self._socket.serve),
        ]

    async def _call(self, request: web.Request) -> web.Response:
        _refuse_browsers(request)
        form: dict[str, str] = {**request.query}
        if request.content_type != "application/json":
            form |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
        token = _token(request) or form.pop("token", "")
        name = request.match_info["method"]
        try:
            arguments = arguments_of(request.content_type, await request.read(), form)
            told = self._api.call(name, token, arguments)
        except json.JSONDecodeError:
            return _json({"ok": False, "error": "invalid_json"})
        except ApiError as error:
            headers = {"Retry-After": str(error.retry_after)} if error.retry_after else None
            return _json(error.json(), _NEVER.get(error.code, 200), headers)
        self._api.workspace.feed.tell("wire", {"what": name, "status": 200}, by_app=False)
        return _json(told)

    async def _connect(self, request: web.Request) -> web.Response:
        _refuse_browsers(request)
        if not secrets.compare_digest(_token(request).encode(), self._app_token.encode()):
            return _json({"ok": False, "error": "invalid_auth"})
        return _json({"ok": True, "url": f"ws://{request.host}{PATH}?ticket={self._socket.ticket()}"})

    async def _hook(self, request: web.Request) -> web.Response:
        _refuse_browsers(request)
        try:
            body = await request.json()
            self._hooks.answer(request.match_info["path"], body)
            self._api.workspace.feed.tell("wire", {"what": "response_url", "status": 200}, by_app=False)
        except json.JSONDecodeError:
            return web.Response(status=400, text="invalid_payload")
        except ApiError as error:
            return _json(error.json(), _HOOK_STATUS.get(error.code, 400))
        return web.Response(text="ok")


def _refuse_browsers(request: web.Request) -> None:
    if hdrs.ORIGIN in request.headers:
        raise web.HTTPForbidden(text="this address is for apps, not for web pages")


def _token(request: web.Request) -> str:
    kind, _, token = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
    return token.strip() if kind == "Bearer" else ""

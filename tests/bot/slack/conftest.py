"""A stand-in for Slack: it signs and sends what Slack sends, and takes what the face sends back over real HTTP."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import time
from collections.abc import AsyncIterator, Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from hcpcs_bot.server import Server, asgi_app
from hcpcs_bot.slack.config import SlackConfig
from hcpcs_bot.slack.context import SlackContext

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TODAY = date(2026, 1, 15)
TEAM, CHANNEL, USER, BOT_USER, BOT = "T024BE7LD", "C2147483705", "U2147483697", "U0BOT0000", "B0BOT0000"


class Reply:
    """An HTTP answer of the face."""

    def __init__(self, response: httpx.Response) -> None:
        self.status = response.status_code
        self.raw = response.text
        self.body: dict[str, Any] = json.loads(response.text) if response.text.startswith("{") else {}

    @property
    def said(self) -> str:
        return str(self.body.get("text", ""))


class SlackPeer:
    """One workspace: a person's side (commands, clicks) and Slack's side (Web API calls, response_url)."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.responses: list[dict[str, Any]] = []
        self.refuse: dict[str, str] = {}
        self.refuse_blocks = False
        self.user = USER
        self._numbers = itertools.count(1)
        self._server = TestServer(self._web())
        self.slack: SlackContext
        self.server: Server

    def _web(self) -> web.Application:
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/response/{id}", self._response)
        return app

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        raw = await request.text()
        sent: dict[str, Any] = json.loads(raw) if raw.startswith("{") else dict(await request.post())
        for name in ("blocks", "view", "unfurls"):
            if isinstance(sent.get(name), str):
                sent[name] = json.loads(sent[name])
        if self.refuse_blocks and "blocks" in sent:
            return web.json_response({"ok": False, "error": "invalid_blocks"})
        if method in self.refuse:
            return web.json_response({"ok": False, "error": self.refuse[method]})
        if method == "auth.test":
            return web.json_response({"ok": True, "bot_id": BOT, "user_id": BOT_USER, "team_id": TEAM})
        self.calls.append((method, sent))
        return web.json_response({"ok": True, "ts": "1700000000.000900", "channel": sent.get("channel", "")})

    async def _response(self, request: web.Request) -> web.Response:
        if "response_url" in self.refuse:
            return web.Response(status=404, text=self.refuse["response_url"])
        self.responses.append(await request.json())
        return web.Response(text="ok")

    async def open(self, make: Callable[[SlackConfig], SlackContext]) -> None:
        await self._server.start_server()
        config = SlackConfig(
            signing_secret=SECRET,
            bot_token="xoxb-test-token",
            api_url=str(self._server.make_url("/api/")),
            code_pages="https://desk.example.com/codes/",
            environ_proxy=False,
        )
        self.slack = make(config)
        self.server = asgi_app(self.slack)
        transport = httpx.ASGITransport(app=self.server)  # type: ignore[arg-type]
        self._client = httpx.AsyncClient(transport=transport, base_url="http://desk")
        await self.slack.start()

    async def close(self) -> None:
        await self.slack.stop()
        await self._client.aclose()
        await self._server.close()

    @property
    def response_url(self) -> str:
        return str(self._server.make_url(f"/response/{next(self._numbers)}"))

    async def settled(self) -> None:
        """Waits until the face has done what it does after its answers."""
        while len(self.slack.tasks):
            await self.slack.tasks.drain(5)

    def headers(self, body: bytes, content_type: str, stamp: int | None = None) -> dict[str, str]:
        moment = str(int(time.time()) if stamp is None else stamp)
        digest = hmac.new(SECRET.encode(), f"v0:{moment}:".encode() + body, hashlib.sha256).hexdigest()
        return {
            "content-type": content_type,
            "x-slack-request-timestamp": moment,
            "x-slack-signature": f"v0={digest}",
        }

    async def send(self, body: bytes, content_type: str, headers: dict[str, str] | None = None) -> Reply:
        signed = self.headers(body, content_type) if headers is None else headers
        return Reply(await self._client.post("/slack/events", content=body, headers=signed))

    async def form(self, form: dict[str, str]) -> Reply:
        return await self.send(urlencode(form).encode(), "application/x-www-form-urlencoded")

    async def get(self, path: str) -> Reply:
        return Reply(await self._client.get(path))

    # What a person does.

    async def command(self, text: str, user: str | None = None) -> Reply:
        return await self.form(
            {
                "command": "/hcpcs",
                "text": text,
                "team_id": TEAM,
                "channel_id": CHANNEL,
                "user_id": user or self.user,
                "user_name": "ann",
                "response_url": self.response_url,
                "trigger_id": "1.2.abc",
            }
        )

    async def interact(self, payload: dict[str, Any]) -> Reply:
        base = {
            "team": {"id": TEAM},
            "user": {"id": self.user, "team_id": TEAM},
            "trigger_id": "13345224609.738474920",
        }
        reply = await self.form({"payload": json.dumps(base | payload)})
        await self.settled()
        return reply

    async def event(self, event: dict[str, Any], event_id: str | None = None) -> Reply:
        payload = {
            "type": "event_callback",
            "team_id": TEAM,
            "event_id": event_id or f"Ev{next(self._numbers):08}",
            "event": event,
            "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True}],
        }
        reply = await self.send(json.dumps(payload).encode(), "application/json")
        await self.settled()
        return reply

    async def mention(self, text: str, *, thread: str | None = None, event_id: str | None = None, **more: Any) -> Reply:
        event = {"type": "app_mention", "user": self.user, "channel": CHANNEL, "ts": "1700000000.000100"}
        event |= {"text": f"<@{BOT_USER}> {text}"} | more
        return await self.event(event | ({"thread_ts": thread} if thread else {}), event_id)

    async def write(self, text: str, *, thread: str | None = None, **more: Any) -> Reply:
        event = {"type": "message", "channel_type": "im", "user": self.user, "channel": "D024BE91L"}
        event |= {"ts": "1700000000.000200", "text": text} | more
        return await self.event(event | ({"thread_ts": thread} if thread else {}))

    async def press(
        self,
        control: dict[str, Any],
        *,
        chosen: str | None = None,
        typed: str | None = None,
        view: dict[str, Any] | None = None,
        ephemeral: bool = True,
        stamp: str = "1700000000.000300",
    ) -> Reply:
        action = {"type": control["type"], "action_id": control["action_id"], "block_id": "b"}
        value = typed if typed is not None else control.get("value")
        action |= {} if value is None else {"value": value}
        if chosen is not None:
            action["selected_option"] = {"text": {"type": "plain_text", "text": chosen}, "value": chosen}
        payload: dict[str, Any] = {"type": "block_actions", "actions": [action]}
        if view is not None:
            payload |= {"view": view, "container": {"type": "view", "view_id": view.get("id")}}
        else:
            payload |= {
                "channel": {"id": CHANNEL},
                "response_url": self.response_url,
                "container": {"type": "message", "message_ts": stamp, "is_ephemeral": ephemeral},
            }
        return await self.interact(payload)

    # What Slack got.

    def sent(self, method: str) -> list[dict[str, Any]]:
        return [sent for name, sent in self.calls if name == method]


def controls_of(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = [element for block in blocks if block["type"] == "actions" for element in block["elements"]]
    found += [block["accessory"] for block in blocks if "accessory" in block]
    return found + [block["element"] for block in blocks if "element" in block]


@pytest.fixture
def control() -> Callable[[list[dict[str, Any]], str], dict[str, Any]]:
    """Finds a control of a card by what it says."""

    def find(blocks: list[dict[str, Any]], text: str) -> dict[str, Any]:
        for element in controls_of(blocks):
            said = element.get("text") or element.get("placeholder") or {}
            if said.get("text", "").startswith(text):
                return element
        raise AssertionError(f"no control says {text!r}")

    return find


@pytest.fixture
def make_face() -> Callable[[SlackConfig], SlackContext]:
    """How the face of a test is made; a test module may bring its own."""
    from hcpcs_bot.bootstrap import starter_desk

    desk = starter_desk()
    return lambda config: SlackContext(config, lambda: desk, today=lambda: TODAY)


@pytest.fixture
async def slack(make_face: Callable[[SlackConfig], SlackContext]) -> AsyncIterator[SlackPeer]:
    peer = SlackPeer()
    await peer.open(make_face)
    yield peer
    await peer.close()

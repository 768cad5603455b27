"""How the stand-in fails on purpose: which calls, in which way, how often.

peer.faults.plan("chat.postMessage", BAD_GATEWAY, times=2)
peer.faults.plan("views.open", Misbehavior(error="expired_trigger_id"))
peer.faults.plan(RESPONSE_URL, replace(GATEWAY_TIMEOUT, carried_out=True))
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Final

from aiohttp import web

EVERY: Final = "*"
"""Stands for every method and for response_urls."""
ALWAYS: Final = 1_000_000
"""Times for a fault that does not end."""


@dataclass(frozen=True, kw_only=True)
class Misbehavior:
    """A failure of Slack.

    ``error`` is an error code in an answer of status 200, or of ``status``. ``body`` is sent as it is instead, as
    ``content_type``. ``retry_after`` is the header, in seconds. ``seconds`` is how long the answer takes.
    ``closes`` ends the connection without an answer. ``carried_out``: Slack does what it was asked to, and only its
    answer fails.
    """

    status: int = 200
    error: str = ""
    body: bytes = b""
    content_type: str = "application/json"
    retry_after: int | None = None
    seconds: float = 0.0
    closes: bool = False
    carried_out: bool = False

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """The failing answer to a request."""
        await asyncio.sleep(self.seconds)
        if self.closes and request.transport is not None:
            request.transport.close()
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        body = json.dumps({"ok": False, "error": self.error}).encode() if self.error else self.body
        return web.Response(status=self.status, body=body, content_type=self.content_type, headers=headers)


BAD_GATEWAY: Final = Misbehavior(status=502, body=b"<html>Bad gateway</html>", content_type="text/html")
GATEWAY_TIMEOUT: Final = Misbehavior(status=504, body=b"upstream request timeout", content_type="text/plain")
REQUEST_TIMEOUT: Final = Misbehavior(status=408, error="request_timeout")
BROKEN_JSON: Final = Misbehavior(status=500, body=b'{"ok": fal')
BROKEN_SUCCESS: Final = Misbehavior(body=b'{"ok": tr')
NOT_AN_OBJECT: Final = Misbehavior(body=b'["ok"]')
NOT_TEXT: Final = Misbehavior(body=b"\xff\xfe\x00")
PLAIN_TEXT: Final = Misbehavior(body=b"no service", content_type="text/plain")
FATAL_ERROR: Final = Misbehavior(error="fatal_error")
CLOSED: Final = Misbehavior(closes=True)
RATE_LIMITED: Final = Misbehavior(status=429, error="ratelimited", retry_after=1)
TRANSIENT: Final = {
    "bad gateway": BAD_GATEWAY,
    "gateway timeout": GATEWAY_TIMEOUT,
    "request timeout": REQUEST_TIMEOUT,
    "broken JSON": BROKEN_JSON,
    "broken success": BROKEN_SUCCESS,
    "not an object": NOT_AN_OBJECT,
    "not text": NOT_TEXT,
    "plain text": PLAIN_TEXT,
    "fatal error": FATAL_ERROR,
    "closed": CLOSED,
    "rate limited": RATE_LIMITED,
}
"""What passes: the same call succeeds later."""


class Faults:
    """The faults that are planned, by method, each for a number of calls."""

    def __init__(self) -> None:
        self._planned: list[tuple[str, Misbehavior, int]] = []

    def plan(self, method: str, misbehavior: Misbehavior, times: int = ALWAYS) -> None:
        """From now on, ``times`` calls of ``method`` (or of ``EVERY`` one) fail so, after those planned before."""
        self._planned.append((method, misbehavior, times))

    def clear(self) -> None:
        """Plans nothing any more."""
        self._planned.clear()

    def take(self, method: str) -> Misbehavior | None:
        """The failure of this call; ``None`` where it is answered as usual."""
        for position, (name, misbehavior, times) in enumerate(self._planned):
            if name in {method, EVERY}:
                self._planned[position] = (name, misbehavior, times - 1)
                if times <= 1:
                    del self._planned[position]
                return misbehavior
        return None

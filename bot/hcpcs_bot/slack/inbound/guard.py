"""The guard before Bolt: a request is read up to a maximum size and verified before anything parses it.

Bolt parses before it verifies and logs the body of what it refuses; the guard does neither. Rule of signatures:
docs.slack.dev, "Verifying requests from Slack" (v0, HMAC-SHA256 over ``v0:timestamp:body``, five minutes).
"""

from __future__ import annotations

import asyncio
import hmac
import time
from collections.abc import Callable, Iterable
from typing import Final

from hcpcs_bot.http.asgi import Header, Receive, Scope

MAX_BODY: Final = 1_048_576
"""Maximum bytes of a body; Slack's largest payloads (a view with all its state) are far smaller."""
BODY_SECONDS: Final = 5.0
"""Maximum seconds in which a body must have come; Slack waits no more than three for its answer."""
MAX_AGE: Final = 300
"""Maximum seconds between a request's timestamp and now, in either direction."""
_TIMESTAMP_DIGITS: Final = 12
"""Maximum digits of a timestamp in seconds; more would cost time to read as a number."""
_SIGNATURE_LENGTH: Final = len("v0=") + 64
_LENGTH: Final = b"content-length"
_TIMESTAMP: Final = b"x-slack-request-timestamp"
_SIGNATURE: Final = b"x-slack-signature"
_READ: Final = frozenset({_LENGTH, _TIMESTAMP, _SIGNATURE})


class RefusedRequest(Exception):  # noqa: N818 - it is an answer, not a fault
    """A request that is refused with the HTTP status ``status``; nothing of the request is kept."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


def signature(secret: bytes, timestamp: bytes, body: bytes) -> bytes:
    """Slack's signature of a body: ``v0=`` and 64 hex digits."""
    return b"v0=" + hmac.digest(secret, b"v0:" + timestamp + b":" + body, "sha256").hex().encode()


def may_be_genuine(timestamp: bytes, signed: bytes, now: float) -> bool:
    """Whether headers are such as Slack sends within five minutes of ``now`` (seconds since 1970), before the body."""
    if not (timestamp.isdigit() and len(timestamp) <= _TIMESTAMP_DIGITS):
        return False
    return abs(now - int(timestamp)) <= MAX_AGE and len(signed) == _SIGNATURE_LENGTH


def is_genuine(secret: bytes, timestamp: bytes, signed: bytes, body: bytes, now: float) -> bool:
    """Whether the body was signed with ``secret`` within five minutes of ``now`` (seconds since 1970)."""
    if not may_be_genuine(timestamp, signed, now):
        return False
    return hmac.compare_digest(signature(secret, timestamp, body), signed)


def _read_headers(headers: Iterable[Header]) -> dict[bytes, bytes]:
    """The headers that the guard reads, by name; blank for one that occurs twice, which Slack never sends."""
    values: dict[bytes, bytes] = {}
    for name, value in headers:
        key = name.lower()
        if key in _READ:
            values[key] = b"" if key in values else value
    return values


class RequestGuard:
    """Reads and verifies the requests of one Slack app."""

    def __init__(
        self,
        signing_secret: str,
        *,
        max_body: int = MAX_BODY,
        seconds: float = BODY_SECONDS,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._secret = signing_secret.encode()
        self._max_body = max_body
        self._seconds = seconds
        self._clock = clock

    async def admit(self, scope: Scope, receive: Receive) -> bytes:
        """The request's body, verified. Raises ``RefusedRequest`` (400, 401, 408 or 413).

        No body is read whose headers are not such as Slack sends.
        """
        headers = _read_headers(scope["headers"])
        length = headers.get(_LENGTH, b"")
        if length.isdigit() and int(length[:20]) > self._max_body:
            raise RefusedRequest(413, "body too large")
        timestamp = headers.get(_TIMESTAMP, b"")
        signed = headers.get(_SIGNATURE, b"")
        if not may_be_genuine(timestamp, signed, self._clock()):
            raise RefusedRequest(401, "not signed by Slack")
        try:
            async with asyncio.timeout(self._seconds):
                body = await self._read(receive)
        except TimeoutError:
            raise RefusedRequest(408, "the body took too long") from None
        if not is_genuine(self._secret, timestamp, signed, body, self._clock()):
            raise RefusedRequest(401, "not signed by Slack")
        return body

    async def _read(self, receive: Receive) -> bytes:
        chunks: list[bytes] = []
        size = 0
        while True:
            message = await receive()
            if message["type"] != "http.request":
                raise RefusedRequest(400, "the request was broken off")
            chunk = message.get("body", b"")
            size += len(chunk)
            if size > self._max_body:
                raise RefusedRequest(413, "body too large")
            chunks.append(chunk)
            if not message.get("more_body", False):
                return chunks[0] if len(chunks) == 1 else b"".join(chunks)

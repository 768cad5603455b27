"""The guard before Bolt: a request is read up to a maximum size and verified before anything parses it.

Bolt parses before it verifies and logs the body of what it refuses; the guard does neither. Rule of signatures:
docs.slack.dev, "Verifying requests from Slack" (v0, HMAC-SHA256 over ``v0:timestamp:body``, five minutes).
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable, Iterable
from typing import Final

from hcpcs_bot.http.asgi import Header, Receive, Scope

MAX_BODY: Final = 1_048_576
"""Maximum bytes of a body; Slack's largest payloads (a view with all its state) are far smaller."""
MAX_AGE: Final = 300
"""Maximum seconds between a request's timestamp and now, in either direction."""
_TIMESTAMP_DIGITS: Final = 12
"""Maximum digits of a timestamp in seconds; more would cost time to read as a number."""
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


def is_genuine(secret: bytes, timestamp: bytes, signed: bytes, body: bytes, now: float) -> bool:
    """Whether the body was signed with ``secret`` within five minutes of ``now`` (seconds since 1970)."""
    if not (timestamp.isdigit() and len(timestamp) <= _TIMESTAMP_DIGITS):
        return False
    if abs(now - int(timestamp)) > MAX_AGE:
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
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._secret = signing_secret.encode()
        self._max_body = max_body
        self._clock = clock

    async def admit(self, scope: Scope, receive: Receive) -> bytes:
        """The request's body, verified. Raises ``RefusedRequest`` (400, 401 or 413)."""
        headers = _read_headers(scope["headers"])
        length = headers.get(_LENGTH, b"")
        if length.isdigit() and int(length[:20]) > self._max_body:
            raise RefusedRequest(413, "body too large")
        timestamp = headers.get(_TIMESTAMP, b"")
        signed = headers.get(_SIGNATURE, b"")
        body = await self._read(receive)
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

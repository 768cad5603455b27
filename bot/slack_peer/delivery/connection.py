"""Deliveries to an app: what Slack sends, encoded and signed for HTTP as Slack does it.

Source: docs.slack.dev, "Verifying requests from Slack", "Slash commands", "Interactivity", "Events API".
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum
from typing import Any, Final, NamedTuple, Protocol
from urllib.parse import urlencode

FORM: Final = "application/x-www-form-urlencoded"
JSON: Final = "application/json"


class DeliveryKind(StrEnum):
    """The kinds of delivery, as Socket Mode names them."""

    COMMAND = "slash_commands"
    INTERACTIVE = "interactive"
    EVENT = "events_api"


class AppDelivery(NamedTuple):
    """One delivery. ``retry`` counts the attempts before this one, ``reason`` says why the last of them failed."""

    kind: DeliveryKind
    payload: Mapping[str, Any]
    retry: int = 0
    reason: str = ""


class Reply(NamedTuple):
    """The app's answer: HTTP status (0 for none in time), headers with names in lower case, and body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def acknowledged(self) -> bool:
        """Whether Slack takes it as an acknowledgement."""
        return self.status == 200

    def json(self) -> dict[str, Any] | None:
        """The body as a JSON object; ``None`` for any other body."""
        try:
            value = json.loads(self.body)
        except ValueError:
            return None
        return value if isinstance(value, dict) else None


class AppConnection(Protocol):
    """A way to deliver to an app."""

    async def deliver(self, delivery: AppDelivery) -> Reply:
        """The app's reply. Raises ``OSError`` when the app can't be reached."""
        ...


Post = Callable[[Mapping[str, str], bytes], Awaitable[Reply]]
"""Sends one HTTP POST, of headers and body, to the app's request URL."""


def encode(delivery: AppDelivery) -> tuple[str, bytes]:
    """Content type and body: a form for commands, a form of one JSON field for interactivity, JSON for events."""
    payload = delivery.payload
    if delivery.kind is DeliveryKind.EVENT:
        return JSON, json.dumps(payload).encode()
    if delivery.kind is DeliveryKind.COMMAND:
        return FORM, urlencode(payload).encode()
    return FORM, urlencode({"payload": json.dumps(payload)}).encode()


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """Slack's signature of a request."""
    digest = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256)
    return f"v0={digest.hexdigest()}"


class SignedConnection:
    """Delivers over HTTP, each request signed with the app's signing secret."""

    def __init__(self, post: Post, secret: str, clock: Callable[[], float] = time.time) -> None:
        self._post = post
        self._secret = secret
        self._clock = clock

    async def deliver(self, delivery: AppDelivery) -> Reply:
        """The app's reply to the signed request."""
        content_type, body = encode(delivery)
        timestamp = str(int(self._clock()))
        headers = {
            "content-type": content_type,
            "user-agent": "Slackbot 1.0 (slack_peer)",
            "x-slack-request-timestamp": timestamp,
            "x-slack-signature": sign(self._secret, timestamp, body),
        }
        if delivery.retry:
            headers |= {"x-slack-retry-num": str(delivery.retry), "x-slack-retry-reason": delivery.reason}
        return await self._post(headers, body)

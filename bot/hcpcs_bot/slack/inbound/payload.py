"""Parses a verified body into the payload that Bolt takes.

Bolt's own parser loses a form whose text contains the word "payload" and fails on JSON that is not an object, so
bodies are parsed here and Bolt gets the payload, as it does in Socket Mode.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import unquote_plus

from slack_bolt.async_app import AsyncBoltRequest

from hcpcs.errors import HcpcsError

FORM_FIELDS: Final = 100
"""Maximum fields of a form that are read; Slack sends about fifteen."""
PARTS: Final = {"event": dict, "actions": list, "view": dict, "message": dict, "container": dict}
"""The parts of a payload that Bolt reads without a check of their type."""
RETRY_HEADER: Final = "x-slack-retry-num"
"""The header with how often Slack has sent an event before; in Socket Mode, Bolt makes it of the envelope."""
NO_HEADERS: Final[Mapping[str, str]] = {}


class PayloadError(HcpcsError):
    """A signed body without a payload; Slack never sends one."""


def _object(text: str) -> dict[str, Any]:
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError):
        raise PayloadError("the body is not JSON") from None
    if not isinstance(parsed, dict):
        raise PayloadError("the body is not a JSON object")
    for name, kind in PARTS.items():
        if name in parsed and not isinstance(parsed[name], kind):
            raise PayloadError(f"the payload's {name} has the wrong type")
    actions = parsed.get("actions", [{}])
    if not actions or not isinstance(actions[0], dict):
        raise PayloadError("the payload's actions have the wrong type")
    return parsed


def _decode(part: str) -> str:
    """A part of a form, decoded; most parts need no decoding and are returned at once."""
    return unquote_plus(part) if "%" in part or "+" in part else part


def parse(body: bytes, content_type: bytes) -> dict[str, Any]:
    """The payload of a request's body: JSON (events) or a form (commands; interactivity under ``payload``).

    Raises ``PayloadError``.
    """
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise PayloadError("the body is not UTF-8") from None
    if content_type.startswith(b"application/json"):
        return _object(text)
    pairs = (pair.partition("=") for pair in text.split("&", FORM_FIELDS))
    form: dict[str, Any] = {_decode(name): _decode(value) for name, _, value in pairs}
    return _object(form["payload"]) if "payload" in form else form


def bolt_request(payload: dict[str, Any], headers: Mapping[str, str] = NO_HEADERS) -> AsyncBoltRequest:
    """Bolt's request for a payload. Raises ``PayloadError`` for one whose parts have the wrong types."""
    try:
        return AsyncBoltRequest(body=payload, mode="socket_mode", headers=dict(headers))
    except (AttributeError, TypeError, LookupError):
        raise PayloadError("the payload has parts of the wrong type") from None

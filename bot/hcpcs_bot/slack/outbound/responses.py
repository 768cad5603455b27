"""Responses to Slack's requests, in the HTTP response itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson
from slack_bolt import BoltResponse

JSON_HEADERS: Final[dict[str, str | Sequence[str]]] = {"content-type": ["application/json;charset=utf-8"]}


def json_response(body: Mapping[str, Any]) -> BoltResponse:
    """A response with a JSON body."""
    return raw_json_response(orjson.dumps(body).decode())


def raw_json_response(body: str) -> BoltResponse:
    """A response whose body is JSON text already."""
    return BoltResponse(status=200, body=body, headers=JSON_HEADERS)


def acknowledge() -> BoltResponse:
    """The empty response by which Slack knows that a request was received."""
    return BoltResponse(status=200, body="")

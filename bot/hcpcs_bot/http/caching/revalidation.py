"""Entity tags: what a catalog answers on a day stays the same, so a client that has it need not get it again."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from typing import Final

import orjson
from fastapi import Request, Response

from hcpcs.answers.desk import Desk
from hcpcs_bot.http.query_context import QueryContext

JSON_TYPE: Final = "application/json"
VERSION: Final = version("hcpcs-bot")


def _tag(*stated: str) -> str:
    return f'W/"{sha256(" ".join(stated).encode()).hexdigest()[:20]}"'


# One entry, so that no former desk stays in memory.
@lru_cache(maxsize=1)
def _tag_of(desk: Desk, day: date) -> str:
    return _tag(VERSION, desk.catalog.fingerprint, desk.companions.fingerprint, day.isoformat())


def entity_tag(context: QueryContext) -> str:
    """The tag of all that the releases and editions in use answer today, in this version of the program."""
    return _tag_of(context.desk(), context.today())


def matches(header: str, tag: str) -> bool:
    """Whether an If-None-Match header names the tag (RFC 9110, 13.1.2: weak comparison)."""
    named = {one.strip().removeprefix("W/") for one in header.split(",")}
    return "*" in named or tag.removeprefix("W/") in named


def not_modified(request: Request, tag: str) -> Response | None:
    """304 where the client has what it asks for; ``None`` where it must be answered."""
    header = request.headers.get("if-none-match", "")
    return Response(status_code=304, headers=cache_headers(tag)) if header and matches(header, tag) else None


def cache_headers(tag: str) -> dict[str, str]:
    """A copy may be kept, and is asked about each time: another release may come into use at any moment."""
    return {"etag": tag, "cache-control": "no-cache"}


def json_response(value: object, tag: str = "", status: int = 200, media_type: str = JSON_TYPE) -> Response:
    """A JSON object, with its entity tag where it has one."""
    return Response(orjson.dumps(value), status, cache_headers(tag) if tag else None, media_type)

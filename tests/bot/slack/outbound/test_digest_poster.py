"""Digests over the Web API: what Slack's answers, silence and failures mean for a message."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from tests.bot.slack.cards.test_digest import digest

from hcpcs_bot.slack.config import SlackConfig
from hcpcs_bot.slack.outbound import digest_poster
from hcpcs_bot.slack.outbound.digest_poster import DigestPoster
from hcpcs_bot.watches.delivery import RETRY_SECONDS, MaybePostedError, NotPostedError, PostStatus
from hcpcs_bot.watches.store import WatchedChannel

HERE = WatchedChannel("T1", "C1")
KEY = "5f2ad0bd-5b4a-5a67-9b2c-0d5f4f1f6a11"


class Api:
    """Slack's side of two methods."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.asked: list[dict[str, str]] = []
        self.answer: Callable[[], web.StreamResponse] | None = None
        self.history: Callable[[dict[str, str]], dict[str, Any]] = lambda asked: {"ok": True, "messages": []}

    async def post(self, request: web.Request) -> web.StreamResponse:
        self.headers.append(dict(request.headers))
        self.messages.append(await request.json())
        if self.answer is not None:
            return self.answer()
        return web.json_response({"ok": True, "ts": "1700000000.000100"})

    async def read(self, request: web.Request) -> web.Response:
        asked = {name: str(value) for name, value in (await request.post()).items()}
        self.asked.append(asked)
        return web.json_response(self.history(asked))


@pytest.fixture
async def api() -> AsyncIterator[tuple[Api, DigestPoster]]:
    slack = Api()
    app = web.Application()
    app.router.add_post("/api/chat.postMessage", slack.post)
    app.router.add_post("/api/conversations.history", slack.read)
    server = TestServer(app)
    await server.start_server()
    url = str(server.make_url("/api/"))
    config = SlackConfig(signing_secret="s" * 32, bot_token="xoxb-test-token", api_url=url, environ_proxy=False)
    yield slack, DigestPoster(config)
    await server.close()


async def test_a_digest_is_posted_with_its_key(api: tuple[Api, DigestPoster]) -> None:
    slack, poster = api
    assert await poster.post(HERE, digest(), KEY) == "1700000000.000100"
    (message,) = slack.messages
    assert message["channel"] == "C1"
    assert message["client_msg_id"] == KEY
    assert message["metadata"] == {"event_type": "hcpcs_digest", "event_payload": {"key": KEY}}
    assert message["text"].startswith("HCPCS October 2025")
    assert (message["unfurl_links"], message["unfurl_media"]) == (False, False)
    assert slack.headers[0]["Authorization"] == "Bearer xoxb-test-token"


@pytest.mark.parametrize("error", ["channel_not_found", "not_in_channel", "is_archived", "invalid_blocks"])
async def test_a_refusal_is_surely_not_posted(api: tuple[Api, DigestPoster], error: str) -> None:
    slack, poster = api
    slack.answer = lambda: web.json_response({"ok": False, "error": error})
    with pytest.raises(NotPostedError) as told:
        await poster.post(HERE, digest(), KEY)
    assert (told.value.reason, told.value.seconds) == (error, RETRY_SECONDS)
    assert len(slack.messages) == 1, "nothing is sent twice of its own accord"


@pytest.mark.parametrize(
    ("headers", "seconds"), [({"Retry-After": "17"}, 17.0), ({}, 30.0), ({"Retry-After": "x"}, 30.0)]
)
async def test_slack_may_ask_to_wait(api: tuple[Api, DigestPoster], headers: dict[str, str], seconds: float) -> None:
    slack, poster = api
    slack.answer = lambda: web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
    with pytest.raises(NotPostedError) as told:
        await poster.post(HERE, digest(), KEY)
    assert told.value.seconds == seconds


@pytest.mark.parametrize(
    "answer",
    [
        lambda: web.Response(status=500, text="oh"),
        lambda: web.Response(status=502, text="<html>bad gateway</html>", content_type="text/html"),
        lambda: web.Response(status=200, text="not json"),
        lambda: web.Response(status=200, text="[]", content_type="application/json"),
        lambda: web.json_response({"ok": False, "error": "internal_error"}),
        lambda: web.json_response({"ok": False, "error": "fatal_error"}),
    ],
)
async def test_a_failure_of_slack_leaves_it_open(
    api: tuple[Api, DigestPoster], answer: Callable[[], web.Response]
) -> None:
    slack, poster = api
    slack.answer = answer
    with pytest.raises(MaybePostedError):
        await poster.post(HERE, digest(), KEY)
    assert len(slack.messages) == 1


async def test_a_message_that_was_posted_and_deleted_was_told(api: tuple[Api, DigestPoster]) -> None:
    slack, poster = api
    slack.answer = lambda: web.json_response({"ok": False, "error": "duplicate_message_not_found"})
    assert await poster.post(HERE, digest(), KEY) == "deleted"


async def test_a_lost_answer_leaves_it_open(api: tuple[Api, DigestPoster], monkeypatch: pytest.MonkeyPatch) -> None:
    slack, poster = api

    def hang_up() -> web.StreamResponse:
        raise asyncio.CancelledError

    slack.answer = hang_up
    monkeypatch.setattr(digest_poster, "TIMEOUT", 0.5)
    with pytest.raises(MaybePostedError):
        await poster.post(HERE, digest(), KEY)


async def test_nobody_there_is_surely_not_posted() -> None:
    config = SlackConfig(
        signing_secret="s" * 32, bot_token="xoxb-test-token", api_url="http://127.0.0.1:9/api/", environ_proxy=False
    )
    poster = DigestPoster(config)
    with pytest.raises(NotPostedError):
        await poster.post(HERE, digest(), KEY)
    assert await poster.look_for(HERE, KEY, 1_700_000_000.0) is PostStatus.UNKNOWN


@pytest.mark.parametrize(
    "message",
    [
        {"client_msg_id": KEY},
        {"metadata": {"event_type": "hcpcs_digest", "event_payload": {"key": KEY}}},
    ],
)
async def test_a_posted_message_is_found_by_its_key(api: tuple[Api, DigestPoster], message: dict[str, Any]) -> None:
    slack, poster = api
    other = [{"text": "hello"}, "odd", {"metadata": "odd"}, {"metadata": {"event_payload": []}}]
    pages = {"": other, "next": [message]}
    slack.history = lambda asked: {
        "ok": True,
        "messages": pages[asked.get("cursor", "")],
        "response_metadata": {"next_cursor": "" if asked.get("cursor") else "next"},
    }
    assert await poster.look_for(HERE, KEY, 1_700_000_000.0) is PostStatus.POSTED
    assert slack.asked[0]["include_all_metadata"] == "true"
    assert float(slack.asked[0]["oldest"]) < 1_700_000_000.0
    assert await poster.look_for(HERE, "another", 1_700_000_000.0) is PostStatus.ABSENT


@pytest.mark.parametrize("error", ["missing_scope", "not_in_channel", "ratelimited"])
async def test_a_channel_that_can_not_be_read_tells_nothing(api: tuple[Api, DigestPoster], error: str) -> None:
    slack, poster = api
    slack.history = lambda asked: {"ok": False, "error": error}
    assert await poster.look_for(HERE, KEY, 1_700_000_000.0) is PostStatus.UNKNOWN


async def test_a_channel_without_end_is_given_up(api: tuple[Api, DigestPoster]) -> None:
    slack, poster = api
    slack.history = lambda asked: {"ok": True, "messages": [], "response_metadata": {"next_cursor": "more"}}
    assert await poster.look_for(HERE, KEY, 1_700_000_000.0) is PostStatus.UNKNOWN
    assert json.dumps(slack.asked)

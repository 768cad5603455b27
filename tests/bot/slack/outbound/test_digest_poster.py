"""Digests over the Web API: what Slack's answers, silence and failures mean for a message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web
from tests.bot.slack.cards.lists.test_digest import digest
from tests.slack_app import APP, config_for, posted

from hcpcs_bot.slack.installation.config import SlackConfig
from hcpcs_bot.slack.outbound import digest_poster
from hcpcs_bot.slack.outbound.digest_poster import DigestPoster
from hcpcs_bot.watches.delivery import RETRY_SECONDS, MaybePostedError, NotPostedError, PostStatus
from hcpcs_bot.watches.store import WatchedChannel
from slack_peer.api.routes import ApiCall
from slack_peer.errors import ApiError
from slack_peer.peer import SlackPeer
from slack_peer.workspace import BILLING, RANDOM

HERE = WatchedChannel("T1", BILLING)
KEY = "5f2ad0bd-5b4a-5a67-9b2c-0d5f4f1f6a11"
LONG_AGO = 1_700_000_000.0


@pytest.fixture
def poster(workspace: SlackPeer) -> DigestPoster:
    """Posts to a workspace whose channels the app may read."""
    workspace.install(replace(APP, scopes=APP.scopes | {"channels:history"}))
    return DigestPoster(config_for(workspace))


def fail(workspace: SlackPeer, answer: Callable[[], web.StreamResponse]) -> None:
    """From now on every call is answered so."""

    async def fault(call: ApiCall) -> web.StreamResponse | None:
        return answer()

    workspace.routes.fault = fault


def refuse(workspace: SlackPeer, error: str, **more: Any) -> None:
    """From now on every call is refused with this error code."""
    fail(workspace, lambda: web.json_response(ApiError(error).json(), **more))


async def test_a_digest_is_posted_with_its_key(workspace: SlackPeer, poster: DigestPoster) -> None:
    stamp = await poster.post(HERE, digest(), KEY)
    (message,) = posted(workspace)
    assert (message.ts, message.channel, message.key) == (stamp, BILLING, KEY)
    assert message.metadata == {"event_type": "hcpcs_digest", "event_payload": {"key": KEY}}
    assert message.text.startswith("HCPCS October 2025")
    (call,) = workspace.calls("chat.postMessage")
    assert (call.arguments["unfurl_links"], call.arguments["unfurl_media"]) == (False, False)
    assert workspace.violations == []


async def test_a_digest_sent_again_under_its_key_is_posted_once(workspace: SlackPeer, poster: DigestPoster) -> None:
    stamps = {await poster.post(HERE, digest(), KEY) for _ in range(2)}
    assert len(stamps) == len(posted(workspace)) == 1


@pytest.mark.parametrize("error", ["channel_not_found", "not_in_channel", "is_archived", "invalid_blocks"])
async def test_a_refusal_is_surely_not_posted(workspace: SlackPeer, poster: DigestPoster, error: str) -> None:
    refuse(workspace, error)
    with pytest.raises(NotPostedError) as refused:
        await poster.post(HERE, digest(), KEY)
    assert (refused.value.reason, refused.value.seconds) == (error, RETRY_SECONDS)
    assert len(workspace.calls("chat.postMessage")) == 1, "nothing is sent twice of its own accord"


async def test_a_channel_without_the_app_gets_no_digest(workspace: SlackPeer, poster: DigestPoster) -> None:
    with pytest.raises(NotPostedError, match="not_in_channel"):
        await poster.post(WatchedChannel("T1", RANDOM), digest(), KEY)


@pytest.mark.parametrize(
    ("headers", "seconds"), [({"Retry-After": "17"}, 17.0), ({}, 30.0), ({"Retry-After": "x"}, 30.0)]
)
async def test_slack_may_ask_to_wait(
    workspace: SlackPeer, poster: DigestPoster, headers: dict[str, str], seconds: float
) -> None:
    refuse(workspace, "ratelimited", status=429, headers=headers)
    with pytest.raises(NotPostedError) as refused:
        await poster.post(HERE, digest(), KEY)
    assert refused.value.seconds == seconds


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
    workspace: SlackPeer, poster: DigestPoster, answer: Callable[[], web.Response]
) -> None:
    fail(workspace, answer)
    with pytest.raises(MaybePostedError):
        await poster.post(HERE, digest(), KEY)
    assert len(workspace.calls("chat.postMessage")) == 1


async def test_a_digest_that_was_posted_and_deleted_counts_as_posted(
    workspace: SlackPeer, poster: DigestPoster
) -> None:
    await poster.post(HERE, digest(), KEY)
    workspace.workspace.remove(posted(workspace)[0])
    assert await poster.post(HERE, digest(), KEY) == "deleted"


@pytest.mark.slow
async def test_a_lost_answer_leaves_it_open(
    workspace: SlackPeer,
) -> None:
    workspace.routes.delay = 5
    poster = DigestPoster(config_for(workspace, call_timeout=0.5))
    with pytest.raises(MaybePostedError):
        await poster.post(HERE, digest(), KEY)


async def test_a_slack_out_of_reach_has_surely_posted_nothing() -> None:
    poster = DigestPoster(
        SlackConfig(bot_token="xoxb-test-token", api_url="http://127.0.0.1:9/api/", environ_proxy=False)
    )
    with pytest.raises(NotPostedError):
        await poster.post(HERE, digest(), KEY)
    assert await poster.look_for(HERE, KEY, LONG_AGO) is PostStatus.UNKNOWN


async def test_a_posted_digest_is_found_by_its_key(workspace: SlackPeer, poster: DigestPoster) -> None:
    await workspace.say("hello")
    await poster.post(HERE, digest(), KEY)
    await workspace.say("thank you")
    assert await poster.look_for(HERE, KEY, LONG_AGO) is PostStatus.POSTED
    assert await poster.look_for(HERE, "another", LONG_AGO) is PostStatus.ABSENT
    assert workspace.violations == []


async def test_a_digest_is_found_by_its_key_on_any_page_and_among_any_messages(
    workspace: SlackPeer, poster: DigestPoster
) -> None:
    async def pages(call: ApiCall) -> web.StreamResponse | None:
        odd = [{"text": "hello"}, "odd", {"metadata": "odd"}, {"metadata": {"event_payload": []}}]
        messages = [{"client_msg_id": KEY}] if call.arguments.get("cursor") else odd
        cursor = "" if call.arguments.get("cursor") else "next"
        return web.json_response({"ok": True, "messages": messages, "response_metadata": {"next_cursor": cursor}})

    workspace.routes.fault = pages
    assert await poster.look_for(HERE, KEY, LONG_AGO) is PostStatus.POSTED
    first = workspace.calls("conversations.history")[0]
    assert first.arguments["include_all_metadata"] == "true"
    assert float(first.arguments["oldest"]) < LONG_AGO


async def test_a_channel_that_the_app_may_not_read_says_nothing(workspace: SlackPeer, poster: DigestPoster) -> None:
    workspace.install(APP)
    await poster.post(HERE, digest(), KEY)
    assert await poster.look_for(HERE, KEY, LONG_AGO) is PostStatus.UNKNOWN


@pytest.mark.parametrize("error", ["missing_scope", "not_in_channel", "ratelimited"])
async def test_a_channel_that_can_not_be_read_says_nothing(
    workspace: SlackPeer, poster: DigestPoster, error: str
) -> None:
    refuse(workspace, error)
    assert await poster.look_for(HERE, KEY, LONG_AGO) is PostStatus.UNKNOWN


async def test_a_channel_without_end_is_given_up(workspace: SlackPeer, poster: DigestPoster) -> None:
    page = {"ok": True, "messages": [], "response_metadata": {"next_cursor": "more"}}
    fail(workspace, lambda: web.json_response(page))
    assert await poster.look_for(HERE, KEY, LONG_AGO) is PostStatus.UNKNOWN
    assert len(workspace.calls("conversations.history")) == digest_poster.PAGES_READ

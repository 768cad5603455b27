"""The page's side: its files, its stream, its requests, and who is refused."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.slack_app import APP

from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.serving.playground import open_playground, post_as_colleague
from hcpcs_bot.slack.context import SlackContext
from slack_peer.peer import SlackPeer
from slack_peer.workspace import BILLING, COLLEAGUE, YOU, Message


@pytest.fixture
async def peer() -> AsyncIterator[SlackPeer]:
    async with open_playground(lambda config: SlackContext(config, starter_desk)) as peer:
        yield peer


@pytest.fixture
async def browser() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def request(peer: SlackPeer, browser: aiohttp.ClientSession, **details: Any) -> dict[str, Any]:
    async with browser.post(f"{peer.address}/requests", json=details, headers={"origin": peer.address}) as answer:
        body: dict[str, Any] = await answer.json()
        return body


async def test_the_page_is_served_whole_and_loads_nothing_from_elsewhere(
    peer: SlackPeer, browser: aiohttp.ClientSession
) -> None:
    async with browser.get(peer.address) as answer:
        page = await answer.text()
        policy = answer.headers["content-security-policy"]
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "://" not in page
    for name in ("main.js", "frame.css", "icon.svg"):
        async with browser.get(f"{peer.address}/static/{name}") as answer:
            assert answer.status == 200
    for name in ("page.py", "..%2Fpage.py", "%2e%2e/page.py", "main.js%00"):
        async with browser.get(f"{peer.address}/static/{name}") as answer:
            assert answer.status == 404


@pytest.mark.parametrize("path", ["/", "/feed", "/static/main.js", "/api/auth.test"])
async def test_a_rebound_name_gets_nothing(peer: SlackPeer, browser: aiohttp.ClientSession, path: str) -> None:
    port = peer.address.rpartition(":")[2]
    for host in ("evil.example", f"evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example"):
        async with browser.get(peer.address + path, headers={"host": host}) as answer:
            assert answer.status == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", None])
async def test_only_the_own_page_may_do_anything(
    peer: SlackPeer, browser: aiohttp.ClientSession, origin: str | None
) -> None:
    headers = {} if origin is None else {"origin": origin}
    body = {"kind": "post", "channel": BILLING, "text": "hello"}
    async with browser.post(f"{peer.address}/requests", json=body, headers=headers) as answer:
        assert answer.status == 403
    assert not peer.workspace.messages


async def test_secrets_are_new_each_time_and_not_in_the_page(peer: SlackPeer, browser: aiohttp.ClientSession) -> None:
    other = SlackPeer(APP)
    secrets = {peer.signing_secret, peer.bot_token, peer.app_token}
    assert len(secrets | {other.signing_secret, other.bot_token, other.app_token}) == 6
    await request(peer, browser, kind="command", channel=BILLING, text="/hcpcs S9328")
    stream = await _stream(peer, browser, 1)
    assert not any(secret in stream for secret in secrets)


async def _stream(peer: SlackPeer, browser: aiohttp.ClientSession, events: int) -> str:
    async with browser.get(f"{peer.address}/feed") as answer:
        assert answer.content_type == "text/event-stream"
        text = ""
        async with asyncio.timeout(5):
            async for line in answer.content:
                text += line.decode()
                if text.count("\n\n") >= events:
                    break
        return text


async def test_the_stream_begins_with_all_that_is_there(peer: SlackPeer, browser: aiohttp.ClientSession) -> None:
    post_as_colleague(peer)
    space = peer.workspace
    space.put(Message(channel=BILLING, ts=space.stamp(), user=YOU, text="for Marta", visible_to=COLLEAGUE))

    stream = await _stream(peer, browser, 1)

    assert stream.startswith("event: snapshot\n")
    snapshot = json.loads(stream.partition("data: ")[2])
    assert [message["user"] for message in snapshot["messages"]] == [COLLEAGUE]
    assert [command["name"] for command in snapshot["commands"]] == ["/hcpcs"]
    assert snapshot["examples"] == ["/hcpcs S9328", "@hcpcs is S9353 payable by Medicare?"]


async def test_what_the_page_sends_is_checked(peer: SlackPeer, browser: aiohttp.ClientSession) -> None:
    assert (await request(peer, browser, kind="dance"))["ok"] is False
    assert (await request(peer, browser, kind="post", channel="C0NOWHERE", text="x"))[
        "error"
    ] == "There is no such channel."
    assert (await request(peer, browser, kind="post", channel=BILLING, text=""))["ok"] is False
    where = {"channel": BILLING, "ts": "1.2"}
    assert "not here any more" in (await request(peer, browser, kind="dismiss", where=where))["error"]
    assert "closed" in (await request(peer, browser, kind="close", view="V1"))["error"]
    message = post_as_colleague(peer)
    where = {"channel": BILLING, "ts": message.ts}
    assert "nobody else sees" in (await request(peer, browser, kind="dismiss", where=where))["error"]
    refused = await request(peer, browser, kind="act", where=where, block_id="x", action_id="y")
    assert "control is not there" in refused["error"]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.binary(max_size=200)
    | st.recursive(
        st.none() | st.text(max_size=20),
        lambda inner: st.dictionaries(st.sampled_from(["kind", "where", "channel", "text"]), inner),
        max_leaves=6,
    ).map(lambda value: json.dumps(value).encode())
)
def test_any_body_gets_an_answer(body: bytes) -> None:
    async def send() -> int:
        async with (
            open_playground(lambda config: SlackContext(config, starter_desk)) as peer,
            aiohttp.ClientSession() as browser,
        ):
            headers = {"origin": peer.address}
            async with browser.post(f"{peer.address}/requests", data=body, headers=headers) as answer:
                return answer.status

    assert asyncio.run(send()) in {200, 400}

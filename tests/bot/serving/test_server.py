"""The ASGI application from outside: what it serves, what it refuses, and how it starts and stops."""

from __future__ import annotations

import asyncio
import json
import logging
import resource
import time
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
from tests.slack_app import APP

from hcpcs.answers.desk import Desk
from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.starter import starter_release
from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.serving.http_server import OWN_FILES, REQUESTS_SECONDS, ListenError, connection_bounds, open_listener
from hcpcs_bot.serving.lifecycle import STOP_SECONDS, stop_in_time
from hcpcs_bot.serving.server import asgi_app
from hcpcs_bot.settings import SettingsError
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.inbound.guard import signature
from hcpcs_bot.slack.installation.config import SlackConfig
from hcpcs_bot.slack.outbound.tasks import DRAIN_SECONDS
from slack_peer.delivery.in_process import InProcess
from slack_peer.peer import SlackPeer

NEWER = starter_release().release.model_copy(update={"id": "2026-04", "label": "HCPCS April 2026", "digest": "f" * 64})
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
FORM = "application/x-www-form-urlencoded"


def make_face(**settings: Any) -> SlackContext:
    given = {"bot_token": "xoxb-1", "signing_secret": SECRET, "api_url": "http://127.0.0.1:9/api/"}
    desk = starter_desk()
    return SlackContext(
        SlackConfig(**given | {"environ_proxy": False} | settings), lambda: desk, today=lambda: date(2026, 1, 15)
    )


@pytest.fixture
async def app() -> AsyncIterator[InProcess]:
    async with InProcess(asgi_app(make_face())) as running:
        yield running


def signed(body: bytes, content_type: str = FORM) -> dict[str, str]:
    stamp = str(int(time.time()))
    proof = signature(SECRET.encode(), stamp.encode(), body).decode()
    return {"content-type": content_type, "x-slack-request-timestamp": stamp, "x-slack-signature": proof}


async def test_it_is_alive_and_ready_without_slack_in_reach(app: InProcess) -> None:
    assert (await app.request("GET", "/livez", {}, b"")).status == 200
    ready = await app.request("GET", "/readyz", {}, b"")
    state = json.loads(ready.body)
    assert (ready.status, state["ready"], state["condition"]) == (200, True, "degraded")
    assert "Slack has not been reached" in state["parts"]["slack"]["detail"]


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
async def test_a_probe_is_only_read(app: InProcess, path: str) -> None:
    assert (await app.request("HEAD", path, {}, b"")).status == 200
    assert (await app.request("POST", path, {}, b"")).status == 405


async def test_it_is_not_ready_before_it_starts_and_while_it_stops() -> None:
    server = asgi_app(make_face())
    assert not server.health.report().ready
    async with InProcess(server):
        assert server.health.report().ready
    assert not server.health.report().ready


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/", 404), ("POST", "/x", 404), ("GET", "/slack/events", 405)]
)
async def test_it_serves_nothing_else(app: InProcess, method: str, path: str, status: int) -> None:
    assert (await app.request(method, path, {}, b"")).status == status


async def test_slack_s_own_check_of_the_address_is_answered(app: InProcess) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "3eZbrw1aB", "token": "x"}).encode()
    reply = await app(signed(body, "application/json"), body)
    assert reply.status == 200
    assert b"3eZbrw1aB" in reply.body


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b"null", "application/json"),
        (b'"x"', "application/json"),
        (b"\xff\xfe", FORM),
        (b"payload={", FORM),
        (b"payload=[1]", FORM),
        (b"[" * 200_000, "application/json"),
        (b'{"user": 7, "team": 7, "event": 7}', "application/json"),
        (b'{"authorizations": 7}', "application/json"),
        (b'{"type": "block_actions", "actions": 7}', "application/json"),
        (
            b'{"type": "event_callback", "event": {"type": "app_mention", "user": "U123456", "text": 7, "channel": 7}}',
            "application/json",
        ),
        (
            b'{"type": "event_callback", "event": {"type": "message", "channel_type": "im", "user": ["U"]}}',
            "application/json",
        ),
        (
            b'{"type": "event_callback", "event_id": 7, "event": {"type": "link_shared", "links": 7}}',
            "application/json",
        ),
        (
            b'{"type": "block_actions", "actions": [{"type": "button", "action_id": "open:1", "value": 7}]}',
            "application/json",
        ),
        (
            b'{"type": "view_submission", "view": {"type": "modal", "callback_id": "look_up_view", "state": 7}}',
            "application/json",
        ),
        (b'{"type": "block_suggestion", "action_id": "lookup", "value": 7}', "application/json"),
        (b'{"type": "message_action", "callback_id": "decode_message", "message": 7}', "application/json"),
        (b"", FORM),
        (b"command=/hcpcs", FORM),
        (b"command=/other&text=x", FORM),
        (b"&&==&%%%&" * 1_000, FORM),
    ],
)
async def test_a_signed_body_of_any_shape_is_answered_without_a_fault(
    app: InProcess, body: bytes, content_type: str
) -> None:
    reply = await app(signed(body, content_type), body)
    assert reply.status in {200, 400, 404}


async def test_an_unsigned_body_leaves_nothing_in_the_log(app: InProcess, caplog: Any, capsys: Any) -> None:
    caplog.set_level(logging.DEBUG)
    for body, content_type in (
        (b"text=Jane+Roe", FORM),
        (b'{"text": "Jane Roe"', "application/json"),
        (b"[]", "application/json"),
    ):
        headers = signed(body, content_type) | {"x-slack-signature": "v0=0"}
        reply = await app(headers, body)
        assert (reply.status, reply.body) == (401, b"not signed by Slack")
    assert "Jane" not in caplog.text + capsys.readouterr().out


async def test_too_large_a_body_is_refused(app: InProcess) -> None:
    body = b"text=" + b"x" * 2_000_000
    assert (await app(signed(body), body)).status == 413


async def test_a_refused_token_is_not_ready_and_says_so() -> None:
    peer = SlackPeer(APP)
    await peer.start()
    async with InProcess(asgi_app(make_face(api_url=peer.api_url, bot_token="xoxb-wrong"))) as running:
        for _ in range(100):
            reply = await running.request("GET", "/readyz", {}, b"")
            if reply.status == 503:
                break
            await asyncio.sleep(0.02)
    await peer.stop()
    assert "Slack refused SLACK_BOT_TOKEN" in json.loads(reply.body)["parts"]["slack"]["detail"]


async def test_work_at_hand_is_finished_before_it_stops() -> None:
    slack = make_face()
    done = []

    async def slow() -> None:
        await asyncio.sleep(0.05)
        done.append(True)

    async with InProcess(asgi_app(slack)):
        slack.tasks.start(slow(), lambda _: None)
    assert done == [True]


async def test_a_new_catalogue_answers_the_next_request_and_nothing_is_kept_of_the_old() -> None:
    slack = make_face()
    first = starter_desk()
    newer = Desk(Catalog.build([starter_release().model_copy(update={"release": NEWER})]), first.index)
    async with InProcess(asgi_app(slack)) as running:
        body = b"command=/hcpcs&text=S9328&user_id=U1"
        for desk, label in ((first, "2 codes"), (first, "2 codes"), (newer, "HCPCS April 2026"), (first, "2 codes")):
            slack.desk = lambda now=desk: now  # type: ignore[misc]
            assert label in json.loads((await running(signed(body), body)).body)["text"]


@pytest.mark.parametrize(
    "url", ["https://slack.com.evil.example/api/", "http://10.0.0.1/", "ftp://127.0.0.1/", "http://[::1"]
)
def test_answers_go_to_slack_or_to_this_machine(url: str) -> None:
    with pytest.raises((SettingsError, ValueError)):
        make_face(api_url=url)


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://hooks.slack.com/commands/1/2/3", True),
        ("http://hooks.slack.com/commands/1", False),
        ("https://hooks.slack.com.evil.example/1", False),
        ("https://user@hooks.slack.com/1", False),
        ("https://hooks.slack.com:8443/1", False),
        ("http://127.0.0.1:9/hooks/1", True),
        ("http://127.0.0.1:10/hooks/1", False),
        ("http://169.254.169.254/latest", False),
        ("http://[::1", False),
        ("", False),
    ],
)
def test_a_response_url_is_slack_s_or_the_stand_in_s(url: str, allowed: bool) -> None:
    assert make_face().config.accepts_response_url(url) is allowed


def test_secrets_are_in_no_representation() -> None:
    assert "xoxb" not in repr(make_face().config)
    assert SECRET not in repr(make_face().config)


def test_a_port_in_use_is_one_line() -> None:
    with open_listener("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(ListenError, match=rf"127\.0\.0\.1:{port}: can't listen there \(Address already in use\)"):
            open_listener("127.0.0.1", port)


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host"])
def test_an_address_that_is_not_this_machine_s_is_one_line(host: str) -> None:
    with pytest.raises(ListenError, match=rf"^{host}:0: can't listen there \(.+\); choose another --port or --host$"):
        open_listener(host, 0)


async def test_stopping_is_broken_off_after_its_time() -> None:
    stopped = []

    async def never() -> None:
        try:
            await asyncio.sleep(3_600)
        finally:
            stopped.append(True)

    await stop_in_time(never(), 0.01)
    assert stopped == [True]


def test_stopping_takes_less_than_the_time_after_which_it_would_be_killed() -> None:
    assert REQUESTS_SECONDS + STOP_SECONDS < 25
    assert DRAIN_SECONDS < STOP_SECONDS


def test_no_more_connections_are_open_than_files_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = [(1_024, 1_024)]
    monkeypatch.setattr(resource, "getrlimit", lambda _: limits[-1])
    monkeypatch.setattr(resource, "setrlimit", lambda _, pair: limits.append(pair))
    assert connection_bounds(512).connections == 512
    assert connection_bounds(512).crowd == 1_024 - OWN_FILES - 512
    assert connection_bounds(5_000).connections == 1_024 - OWN_FILES
    limits.append((256, 4_096))
    assert connection_bounds(512).connections == 512
    assert limits[-1] == (2 * 512 + OWN_FILES, 4_096)


def test_a_limit_of_files_that_may_not_be_changed_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("as the filter of systemd's unit does")

    monkeypatch.setattr(resource, "getrlimit", lambda _: (4_096, 4_096))
    monkeypatch.setattr(resource, "setrlimit", refuse)
    assert connection_bounds(3_000).connections == 3_000
    assert connection_bounds(5_000).connections == 4_096 - OWN_FILES

"""What is tried again: how often, after which wait, and what is not."""

from __future__ import annotations

import errno
import socket
import ssl
import time
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from hcpcs_bot.slack.outbound.retries import (
    ATTEMPTS,
    CallFailure,
    SlackCallError,
    failure_of,
    failure_of_reply,
    with_retries,
)

KEY: Any = SimpleNamespace(host="slack.com", port=443, ssl=True, is_ssl=True)
"""The connection that failed, as aiohttp names it."""


class Call:
    """A call that fails in the given ways, one after the other, and then succeeds."""

    def __init__(self, *failures: CallFailure) -> None:
        self.failures = list(failures)
        self.count = 0

    async def __call__(self) -> str:
        self.count += 1
        if self.failures:
            raise SlackCallError(self.failures.pop(0))
        return "done"


PASSING = CallFailure("http_503", transient=True)
UNSURE = CallFailure("http_504", transient=True, maybe_done=True)


async def test_what_passes_is_tried_again_up_to_the_limit() -> None:
    call = Call(*[PASSING] * (ATTEMPTS - 1))
    assert await with_retries(call, "m", wait=0) == "done"
    call = Call(*[PASSING] * ATTEMPTS)
    with pytest.raises(SlackCallError) as raised:
        await with_retries(call, "m", wait=0)
    assert (call.count, raised.value.method, raised.value.failure) == (ATTEMPTS, "m", PASSING)


async def test_a_refusal_is_final() -> None:
    call = Call(CallFailure("is_archived"))
    with pytest.raises(SlackCallError):
        await with_retries(call, "m", wait=0)
    assert call.count == 1


async def test_what_may_be_done_is_not_repeated_where_that_would_do_it_twice() -> None:
    call = Call(UNSURE)
    with pytest.raises(SlackCallError):
        await with_retries(call, "m", wait=0, repeatable=False)
    assert call.count == 1
    assert await with_retries(Call(PASSING), "m", wait=0, repeatable=False) == "done"


async def test_the_time_is_bounded() -> None:
    for failure, wait in ((PASSING, 9.0), (CallFailure("ratelimited", transient=True, retry_after=9.0), 0.0)):
        call = Call(failure)
        started = time.monotonic()
        with pytest.raises(SlackCallError):
            await with_retries(call, "m", wait=wait, seconds=1.0)
        assert call.count == 1
        assert time.monotonic() - started < 8, "it waited for the nine seconds"


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (502, None, CallFailure("http_502", transient=True, maybe_done=True)),
        (408, {}, CallFailure("http_408", transient=True, maybe_done=True)),
        (200, None, CallFailure("unreadable_answer", transient=True, maybe_done=True)),
        (200, {"error": "fatal_error"}, CallFailure("fatal_error", transient=True, maybe_done=True)),
        (200, {"error": "ratelimited"}, CallFailure("ratelimited", transient=True)),
        (200, {"error": "is_archived"}, CallFailure("is_archived")),
        (404, {"error": "used_url"}, CallFailure("used_url")),
        (403, {"error": "Jane Roe"}, CallFailure("http_403")),
        (200, {"error": ["is_archived"]}, CallFailure("unreadable_answer", transient=True, maybe_done=True)),
    ],
)
def test_an_answer_is_a_failure_of_its_kind(status: int, body: Any, expected: CallFailure) -> None:
    assert failure_of_reply(status, body) == expected


@pytest.mark.parametrize(("header", "seconds"), [("7", 7.0), ("", 0.0), ("soon", 0.0), ("-1", 0.0), ("9" * 50, 3600.0)])
def test_retry_after_is_read_with_care(header: str, seconds: float) -> None:
    assert failure_of_reply(429, None, header).retry_after == seconds


def test_an_exception_is_a_failure_of_its_kind() -> None:
    refused = SlackApiError("", {"ok": False, "error": "not_in_channel"})  # type: ignore[no-untyped-call]
    assert failure_of(refused) == CallFailure("not_in_channel")
    assert failure_of(TimeoutError()).maybe_done
    assert failure_of(aiohttp.ServerDisconnectedError()).maybe_done
    assert failure_of(KeyError("Jane Roe")) == CallFailure("KeyError")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (aiohttp.ClientConnectorDNSError(KEY, socket.gaierror(-2, "Name or service not known")), "name_not_resolved"),
        (aiohttp.ClientConnectorError(KEY, OSError(errno.ECONNREFUSED, "refused")), "connection_refused"),
        (aiohttp.ClientConnectorError(KEY, OSError(errno.EHOSTUNREACH, "no route")), "no_route"),
        (aiohttp.ClientConnectorSSLError(KEY, ssl.SSLError(1, "TLS")), "certificate_refused"),
        (aiohttp.ClientConnectorError(KEY, OSError(errno.EACCES, "denied")), "unreachable"),
    ],
)
def test_a_connection_that_is_not_made_says_why_and_is_tried_again(error: Exception, reason: str) -> None:
    assert failure_of(error) == CallFailure(reason, transient=True)

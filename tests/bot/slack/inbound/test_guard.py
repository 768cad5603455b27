"""What the guard lets through, and what it turns away without a look inside."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.signature import Clock, SignatureVerifier

from hcpcs_bot.http.asgi import Message
from hcpcs_bot.slack.inbound.guard import MAX_AGE, RefusedRequest, RequestGuard, is_genuine, signature

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
NOW = 1_531_420_618


class Fixed(Clock):
    def now(self) -> float:
        return NOW


def request(
    body: bytes, *, stamp: bytes = str(NOW).encode(), signed: bytes | None = None, pieces: int = 1, **more: bytes
) -> tuple[dict[str, Any], Callable[[], Awaitable[Message]]]:
    headers = [(b"x-slack-request-timestamp", stamp)]
    headers.append((b"x-slack-signature", signature(SECRET.encode(), stamp, body) if signed is None else signed))
    headers += [(name.replace("_", "-").encode(), value) for name, value in more.items()]
    size = max(1, -(-len(body) // pieces))
    chunks = [body[start : start + size] for start in range(0, len(body), size)] or [b""]
    messages = [
        {"type": "http.request", "body": chunk, "more_body": n < len(chunks) - 1} for n, chunk in enumerate(chunks)
    ]

    async def receive() -> Message:
        return messages.pop(0)

    return {"type": "http", "headers": headers}, receive


def guard(**settings: Any) -> RequestGuard:
    return RequestGuard(SECRET, clock=lambda: NOW, **settings)


async def refusal(*parts: Any, **settings: Any) -> int:
    with pytest.raises(RefusedRequest) as refused:
        await guard(**settings).admit(*parts)
    return refused.value.status


@given(st.text(max_size=1_000).map(str.encode), st.integers(min_value=-400, max_value=400))
def test_agrees_with_slack_sdk_on_any_utf8_bytes(body: bytes, off: int) -> None:
    """slack_sdk itself fails on other bytes; the guard verifies them all the same (below)."""
    stamp = str(NOW + off)
    ours = signature(SECRET.encode(), stamp.encode(), body)
    theirs = SignatureVerifier(SECRET, clock=Fixed())
    assert theirs.generate_signature(timestamp=stamp, body=body) == ours.decode()
    assert theirs.is_valid(body, stamp, ours.decode()) is is_genuine(SECRET.encode(), stamp.encode(), ours, body, NOW)


@given(st.binary(max_size=200), st.binary(min_size=1, max_size=8), st.integers(min_value=0, max_value=200))
def test_a_changed_body_is_not_genuine(body: bytes, change: bytes, place: int) -> None:
    stamp = str(NOW).encode()
    other = body[:place] + change + body[place:]
    signed = signature(SECRET.encode(), stamp, body)
    assert is_genuine(SECRET.encode(), stamp, signed, other, NOW) is (other == body)


@given(st.binary(max_size=3_000), st.integers(min_value=1, max_value=9))
async def test_a_signed_body_comes_through_whole_in_any_pieces(body: bytes, pieces: int) -> None:
    assert await guard().admit(*request(body, pieces=pieces)) == body


@pytest.mark.parametrize(
    "stamp",
    [
        b"",
        b"abc",
        b"-1531420618",
        b"1531420618.0",
        b" 1531420618",
        b"1_531_420_618",
        "１５３１４２０６１８".encode(),
        b"9" * 400,
        str(NOW - MAX_AGE - 1).encode(),
        str(NOW + MAX_AGE + 1).encode(),
    ],
)
async def test_a_timestamp_that_is_stale_or_no_digits_is_401(stamp: bytes) -> None:
    assert await refusal(*request(b"text=S9328", stamp=stamp)) == 401


@pytest.mark.parametrize("signed", [b"", b"v0=", b"v0=" + b"0" * 64, b"v1=x", "v0=é".encode(), b"\xff" * 67])
async def test_a_wrong_signature_is_401(signed: bytes) -> None:
    assert await refusal(*request(b"text=S9328", signed=signed)) == 401


async def test_headers_that_stand_twice_are_not_trusted() -> None:
    scope, receive = request(b"text=S9328")
    scope["headers"] = scope["headers"] * 2
    assert await refusal(scope, receive) == 401


async def test_a_body_over_the_cap_is_413_by_its_stated_length_before_it_is_read() -> None:
    scope, _ = request(b"", content_length=b"11")

    async def never() -> Message:
        raise AssertionError("the body was read")

    assert await refusal(scope, never, max_body=10) == 413


async def test_a_body_over_the_cap_is_413_however_it_arrives() -> None:
    assert await refusal(*request(b"x" * 11, pieces=11), max_body=10) == 413


async def test_a_body_of_exactly_the_cap_is_read() -> None:
    assert await guard(max_body=10).admit(*request(b"x" * 10)) == b"x" * 10


async def test_a_request_broken_off_is_refused() -> None:
    async def gone() -> Message:
        return {"type": "http.disconnect"}

    assert await refusal(request(b"")[0], gone) == 400


async def test_the_clock_is_the_machine_s_own_unless_told() -> None:
    stamp = str(int(time.time())).encode()
    assert await RequestGuard(SECRET).admit(*request(b"a=b", stamp=stamp)) == b"a=b"


async def test_a_body_that_does_not_end_is_408() -> None:
    async def never() -> Message:
        await asyncio.sleep(60)
        raise AssertionError

    scope, _ = request(b"a=b")
    with pytest.raises(RefusedRequest) as refused:
        await guard(seconds=0.01).admit(scope, never)
    assert refused.value.status == 408


@pytest.mark.parametrize("headers", [{"signed": b""}, {"signed": b"v0=0"}, {"stamp": b"1"}, {"stamp": b""}])
async def test_a_body_is_not_read_whose_headers_slack_would_not_send(headers: dict[str, bytes]) -> None:
    async def read() -> Message:
        raise AssertionError("read")

    scope, _ = request(b"a=b", **headers)
    with pytest.raises(RefusedRequest) as refused:
        await guard().admit(scope, read)
    assert refused.value.status == 401

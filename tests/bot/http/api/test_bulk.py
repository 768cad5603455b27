"""Large requests: they take turns in a few threads, and their answers come in parts that are the whole together."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import orjson
import pytest
from tests.bot.http.service_client import service_of

from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.http.api.bulk import BULK_THREADS, in_turns
from hcpcs_bot.http.api.code_routes import CODES_A_PART
from hcpcs_bot.http.api.models import BatchObject
from hcpcs_bot.http.asgi import Message, Scope

REQUESTS = 6
PARTS = 3


async def test_large_requests_take_turns_and_only_a_few_are_at_work_at_once() -> None:
    at_work = most = 0
    order: list[int] = []
    lock, event_loop_s = threading.Lock(), threading.current_thread()

    def parts(request: int) -> Iterator[bytes]:
        nonlocal at_work, most
        for _ in range(PARTS):
            with lock:
                at_work += 1
                most = max(most, at_work)
                order.append(request)
            assert threading.current_thread() is not event_loop_s
            waiting.wait(0.01)
            with lock:
                at_work -= 1
            yield b"part"

    waiting = threading.Event()

    async def ask(request: int) -> list[bytes]:
        return [part async for part in in_turns(parts(request))]

    answers = await asyncio.gather(*map(ask, range(REQUESTS)))
    assert answers == [[b"part"] * PARTS] * REQUESTS
    assert most == BULK_THREADS
    # Everyone has had a turn before anyone is done.
    first_done = min(position for position, one in enumerate(order) if order[: position + 1].count(one) == PARTS)
    assert set(order[:first_done]) == set(range(REQUESTS))


async def sent_parts(body: bytes, accept: str) -> list[bytes]:
    """The parts of the body that answers a posted batch."""
    received = iter([{"type": "http.request", "body": body, "more_body": False}])
    sent: list[bytes] = []

    async def receive() -> Message:
        message = next(received, None)
        return message or await asyncio.Future[Message]()

    async def send(message: Message) -> None:
        sent.append(message.get("body", b""))

    scope: Scope = {
        "type": "http",
        "method": "POST",
        "path": "/api/v1/codes:batch",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json"), (b"accept", accept.encode())],
    }
    await service_of(starter_desk)(scope, receive, send)
    return [part for part in sent if part]


@pytest.mark.parametrize("accept", ["application/json", "text/csv"])
async def test_many_codes_come_in_parts_of_a_few_codes(accept: str) -> None:
    codes = ["S9353", "S9328"] * CODES_A_PART
    body = orjson.dumps({"codes": [{"code": code} for code in codes]})
    parts = await sent_parts(body, accept)
    one = len(b"".join(await sent_parts(orjson.dumps({"codes": [{"code": "S9353"}]}), accept)))
    assert max(map(len, parts)) < one * (CODES_A_PART + 1)
    if accept == "application/json":
        answers = BatchObject.model_validate_json(b"".join(parts)).answers
        assert [answer.codes for answer in answers] == [[code] for code in codes]
    else:
        lines = b"".join(parts).decode().splitlines()[1:]
        assert [line.partition(",")[0] for line in lines] == codes

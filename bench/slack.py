"""Signed slash commands: the whole app against the same Bolt app with an empty listener.

Three measures in one run: in process (the ASGI application called directly), over uvicorn on loopback as fast as it
goes, and at 100 requests a second with their latency. What counts is the ratio within the run. Bolt is taken at its
best (answers before it responds, fixed authorization), with its own ASGI adapter and its own check of signatures.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import hashlib
import hmac
import time
from collections.abc import Iterator, Sequence
from typing import Any, Final
from urllib.parse import urlencode

import uvloop

from bench.figure import Goal, Row, Table, of_value, one_column
from bench.loopback import latencies_at_pace, rate_over_loopback, read_answer
from bench.release import newest_catalog
from bench.slack_apps import EMPTY, SECRET, WHOLE, Asgi, make, served
from hcpcs.catalog.catalog import Catalog

USERS: Final = 2_000
"""Number of Slack users that the commands come from."""
PACE: Final = 100
"""Requests per second at which latency is measured."""

CARD: Final = Goal(0.6, " ms")
LATENCY: Final = Goal(25, " ms")
"""The p99; Slack's own limit is 3 seconds."""
Rates = dict[str, list[float]]
"""Requests per second of each contender, round by round."""


def questions(catalog: Catalog, count: int) -> list[str]:
    """Codes spread over the release, each of them once while there are enough."""
    codes = list(catalog.codes())
    step = max(1, len(codes) // count)
    spread = codes[::step]
    return [spread[n % len(spread)] for n in range(count)]


def form(text: str, number: int) -> bytes:
    """The body of a slash command by one of many users."""
    fields = {
        "token": "x",
        "team_id": "T024BE7LD",
        "team_domain": "example",
        "channel_id": "C2147483705",
        "channel_name": "billing",
        "user_id": f"U{number % USERS:010}",
        "user_name": "ann",
        "command": "/hcpcs",
        "text": text,
        "api_app_id": "A123456",
        "response_url": "https://hooks.slack.com/commands/1234/5678",
        "trigger_id": "13345224609.738474920.8088930838d88f008e0",
    }
    return urlencode(fields).encode()


def signed(body: bytes) -> list[tuple[bytes, bytes]]:
    """The headers of a request signed now."""
    stamp = str(int(time.time())).encode()
    digest = hmac.new(SECRET.encode(), b"v0:" + stamp + b":" + body, hashlib.sha256).hexdigest()
    return [
        (b"host", b"127.0.0.1"),
        (b"content-type", b"application/x-www-form-urlencoded"),
        (b"content-length", str(len(body)).encode()),
        (b"x-slack-request-timestamp", stamp),
        (b"x-slack-signature", f"v0={digest}".encode()),
    ]


async def call(app: Asgi, headers: list[tuple[bytes, bytes]], body: bytes) -> int:
    """One request, in process. Returns the bytes of the answer."""
    size = 0
    status = 0

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        nonlocal size, status
        status = message.get("status", status)
        size += len(message.get("body", b""))

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/slack/events",
        "query_string": b"",
        "headers": headers,
    }
    await app(scope, receive, send)
    if status != 200:
        raise RuntimeError(f"HTTP {status}")
    return size


async def rate_in_process(app: Asgi, bodies: Sequence[bytes]) -> float:
    """Requests per second of CPU time, one after the other."""
    requests = [(signed(body), body) for body in bodies]
    started = time.process_time()
    for headers, body in requests:
        await call(app, headers, body)
    return len(bodies) / (time.process_time() - started)


async def exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: bytes) -> None:
    """One request over a keep-alive connection."""
    head = b"".join(b"%s: %s\r\n" % header for header in signed(body))
    writer.write(b"POST /slack/events HTTP/1.1\r\n" + head + b"\r\n" + body)
    await read_answer(reader)


def in_process(catalog: Catalog, bodies: Sequence[bytes], rounds: int) -> Rates:
    """The rates in process; the contenders take turns."""
    apps = {kind: make(kind, catalog) for kind in (EMPTY, WHOLE)}
    rates: Rates = {kind: [] for kind in apps}
    gc.freeze()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        for _ in range(rounds + 1):
            for kind, app in apps.items():
                rates[kind].append(runner.run(rate_in_process(app, bodies)))
    return rates


def over_loopback(bodies: Sequence[bytes], rounds: int) -> tuple[Rates, Table]:
    """The rates over uvicorn, where the contenders take turns, and the latency at a steady pace."""
    rates: Rates = {EMPTY: [], WHOLE: []}
    latencies = []
    with served(EMPTY) as empty, served(WHOLE) as whole:
        contenders = ((EMPTY, empty, None), (WHOLE, whole, LATENCY))
        for _ in range(rounds + 1):
            for kind, port, _goal in contenders:
                rates[kind].append(asyncio.run(rate_over_loopback(port, bodies, exchange)))
        for kind, port, goal in contenders:
            taken = asyncio.run(latencies_at_pace(port, bodies[: PACE * 10], PACE, exchange))
            p50, p99 = taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
            cells = (f"{p50:.1f} ms", f"{p99:.1f} ms", f"{taken[-1]:.0f} ms")
            latencies.append(Row(f"{PACE} a second, {kind}", cells, goal, p99))
    return rates, Table(("latency over uvicorn", "p50", "p99", "longest"), tuple(latencies))


def rate_rows(where: str, rates: Rates) -> Iterator[Row]:
    """One comparison: the first round, in which every code is new, and the best of the others.

    Both are divided by the best round of Bolt: its own first round is slower for reasons that have nothing to do with
    the answers.
    """
    base = max(rates[EMPTY])
    first, again = rates[WHOLE][0], max(rates[WHOLE][1:])
    for name, rate in (("asked about for the first time", first), ("asked about before", again)):
        yield Row(f"{where}, codes {name}", (f"{rate:,.0f}", f"{base:,.0f}", f"{rate / base:.2f}x"))


def run(arguments: Sequence[str]) -> list[Table]:
    """All measures."""
    parser = argparse.ArgumentParser(prog="bench slack", description=__doc__)
    parser.add_argument("--requests", type=int, default=1_000, metavar="N", help="requests of each round")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="rounds of each contender")
    options = parser.parse_args(arguments)
    catalog = newest_catalog()
    bodies = [form(text, number) for number, text in enumerate(questions(catalog, options.requests))]
    inside = in_process(catalog, bodies, options.rounds)
    rates, latencies = over_loopback(bodies, options.rounds)
    shares = (*rate_rows("in process", inside), *rate_rows("over uvicorn", rates))
    card = of_value(
        "a card asked for the first time, with its request, in process", "{:.2f} ms", 1000 / inside[WHOLE][0], CARD
    )
    return [Table(("requests", "a second", "warm Bolt", "share"), shares), one_column([card]), latencies]

"""Requests to the query service: in process, over connections of loopback as fast as it goes, and at a steady pace."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import Any, Final

from bench.http_server import Asgi

CONNECTIONS: Final = 8
"""Number of connections over loopback at the same time."""
PACE: Final = 200
"""Requests per second at which latency is measured."""
Paths = Sequence[str]


async def call(app: Asgi, path: str) -> int:
    """One request, in process. Returns the bytes of the answer."""
    size, status = 0, 0
    plain, _, query = path.partition("?")

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        nonlocal size, status
        status = message.get("status", status)
        size += len(message.get("body", b""))

    scope = {
        "type": "http",
        "method": "GET",
        "path": plain,
        "raw_path": plain.encode(),
        "query_string": query.encode(),
        "headers": [(b"host", b"127.0.0.1"), (b"accept", b"*/*")],
    }
    await app(scope, receive, send)
    if status != 200:
        raise RuntimeError(f"HTTP {status}: {path}")
    return size


async def rate_in_process(app: Asgi, paths: Paths) -> tuple[float, int]:
    """Requests per second of CPU time, one after the other, and the mean bytes of an answer."""
    size = 0
    started = time.process_time()
    for path in paths:
        size += await call(app, path)
    return len(paths) / (time.process_time() - started), size // len(paths)


async def exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str, body: bytes = b"") -> None:
    """One request over a keep-alive connection."""
    method = "POST" if body else "GET"
    head = f"{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: */*\r\n"
    sent = f"content-type: application/json\r\ncontent-length: {len(body)}\r\n" if body else ""
    writer.write(f"{head}{sent}\r\n".encode() + body)
    answer = await reader.readuntil(b"\r\n\r\n")
    if not answer.startswith(b"HTTP/1.1 200"):
        status = answer.split(b"\r\n", 1)[0].decode()
        raise RuntimeError(f"{status}: {path}")
    length = int(answer.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
    await reader.readexactly(length)


async def rate_over_loopback(port: int, paths: Paths) -> float:
    """Requests per second over several connections at once."""
    waiting = iter(paths)

    async def work() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for path in waiting:
            await exchange(reader, writer, path)
        writer.close()

    started = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(CONNECTIONS)))
    return len(paths) / (time.perf_counter() - started)


async def latencies(port: int, paths: Paths, pace: int = PACE) -> list[float]:
    """Milliseconds of each request, sorted; each is sent on schedule, whether or not earlier ones were answered."""
    free: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        free.put_nowait(await asyncio.open_connection("127.0.0.1", port))
    taken: list[float] = []
    start = time.perf_counter()

    async def one(number: int, path: str) -> None:
        due = start + number / pace
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        connection = await free.get()
        await exchange(*connection, path)
        taken.append((time.perf_counter() - due) * 1000)
        free.put_nowait(connection)

    await asyncio.gather(*(one(number, path) for number, path in enumerate(paths)))
    while not free.empty():
        free.get_nowait()[1].close()
    return sorted(taken)


async def latencies_beside(port: int, paths: Paths, slow: Sequence[tuple[str, bytes]]) -> list[float]:
    """The same while somebody else asks the ``slow`` questions again and again, one connection for each."""

    async def ask_again(path: str, body: bytes) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while True:
            await exchange(reader, writer, path, body)

    asking = [asyncio.create_task(ask_again(*one)) for one in slow]
    try:
        return await latencies(port, paths)
    finally:
        for one in asking:
            one.cancel()

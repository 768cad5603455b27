"""Requests to the query service: in process, over a connection, and beside slow ones."""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from bench.http_server import Asgi
from bench.loopback import latencies_at_pace, read_answer

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
    await read_answer(reader)


class SlowRequest(NamedTuple):
    """What somebody else asks: a name for the table, the path, a body, and how many ask it at the same time."""

    name: str
    path: str
    body: bytes = b""
    times: int = 1


async def _ask_again(port: int, slow: SlowRequest) -> None:
    async def ask() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while True:
            await exchange(reader, writer, slow.path, slow.body)

    await asyncio.gather(*(ask() for _ in range(slow.times)))


def _ask_forever(port: int, slow: SlowRequest) -> None:
    asyncio.run(_ask_again(port, slow))


def latencies_beside(port: int, paths: Paths, slow: SlowRequest | None) -> list[float]:
    """The same while another process asks ``slow`` again and again."""
    asking = None
    if slow is not None:
        asking = multiprocessing.get_context("spawn").Process(target=_ask_forever, args=(port, slow), daemon=True)
        asking.start()
        time.sleep(1.5)
        if not asking.is_alive():
            raise RuntimeError(f"not answered: {slow.name}")
    try:
        return asyncio.run(latencies_at_pace(port, paths, PACE, exchange))
    finally:
        if asking is not None:
            asking.terminate()
            asking.join()

"""Requests over connections of loopback: as fast as it goes, and at a steady pace."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, TypeVar

CONNECTIONS: Final = 8
"""Number of connections over loopback at the same time."""

_Request = TypeVar("_Request")
Exchange = Callable[[asyncio.StreamReader, asyncio.StreamWriter, _Request], Awaitable[None]]
"""Sends one request over a keep-alive connection, and reads its answer."""


async def read_answer(reader: asyncio.StreamReader) -> None:
    """Reads one answer to its end, which may come in chunks. Raises ``RuntimeError`` if it is not 200."""
    answer = await reader.readuntil(b"\r\n\r\n")
    if not answer.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(answer.split(b"\r\n", 1)[0].decode())
    stated = answer.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
    if stated:
        await reader.readexactly(int(stated))
        return
    while size := int(await reader.readuntil(b"\r\n"), 16):
        await reader.readexactly(size + 2)
    await reader.readexactly(2)


async def rate_over_loopback(port: int, requests: Sequence[_Request], exchange: Exchange[_Request]) -> float:
    """Requests per second over several connections at once."""
    waiting = iter(requests)

    async def work() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request in waiting:
            await exchange(reader, writer, request)
        writer.close()

    started = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(CONNECTIONS)))
    return len(requests) / (time.perf_counter() - started)


async def latencies_at_pace(
    port: int, requests: Sequence[_Request], pace: int, exchange: Exchange[_Request]
) -> list[float]:
    """Milliseconds of each request, sorted; each is sent on schedule, whether or not earlier ones were answered."""
    free: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        free.put_nowait(await asyncio.open_connection("127.0.0.1", port))
    taken: list[float] = []
    start = time.perf_counter()

    async def one(number: int, request: _Request) -> None:
        due = start + number / pace
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        connection = await free.get()
        await exchange(*connection, request)
        taken.append((time.perf_counter() - due) * 1000)
        free.put_nowait(connection)

    await asyncio.gather(*(one(number, request) for number, request in enumerate(requests)))
    while not free.empty():
        free.get_nowait()[1].close()
    return sorted(taken)

"""Work in the database's own threads: its result, its error, and its end."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Iterator
from contextlib import closing
from threading import Event

import pytest

from hcpcs_bot.state.connections import state_threads
from hcpcs_bot.state.connections.state_threads import THREADS, StateThreads


class SocketConnection:
    """A connection as psycopg has it, as far as it is cut: its socket, and whether it is closed."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.socket = socket.create_connection(address)

    @property
    def closed(self) -> bool:
        return self.socket.fileno() < 0

    def fileno(self) -> int:
        if self.closed:
            raise OSError("the connection is closed")
        return self.socket.fileno()


@pytest.fixture
def server() -> Iterator[socket.socket]:
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        yield listening


async def test_work_has_a_result_or_an_error() -> None:
    threads = StateThreads()
    assert await threads.run(lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        await threads.run(lambda: 1 // 0)
    threads.close()
    assert await threads.run(lambda: 8) == 8, "they may be used again"
    threads.close()


async def test_what_still_waits_for_a_thread_is_canceled_when_closing_takes_too_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(state_threads, "CLOSE_SECONDS", 0.1)
    threads, released = StateThreads(), Event()
    running = [asyncio.create_task(threads.run(lambda: released.wait(60))) for _ in range(THREADS)]
    waiting = asyncio.create_task(threads.run(lambda: True))
    await asyncio.sleep(0.05)
    closing = asyncio.create_task(asyncio.to_thread(threads.close))
    with pytest.raises(asyncio.CancelledError):
        await waiting
    released.set()
    await closing
    assert await asyncio.gather(*running) == [True] * THREADS


async def test_a_connection_that_is_closed_or_reset_does_not_keep_another_from_being_cut(
    server: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state_threads, "CLOSE_SECONDS", 0.1)
    closed, reset, hanging = (SocketConnection(server.getsockname()) for _ in range(3))
    accepted = [server.accept()[0] for _ in range(3)]
    closed.socket.close()
    accepted[1].setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    accepted[1].close()
    threads = StateThreads()
    threads._connections.update((closed, reset, hanging))
    reading = asyncio.create_task(threads.run(lambda: hanging.socket.recv(1)))
    await asyncio.sleep(0.05)
    await asyncio.to_thread(threads.close)
    assert await reading == b""
    for one in (reset.socket, hanging.socket, accepted[0], accepted[2]):
        one.close()

"""The threads in which the database is used, and how they end: also those that wait for a server that hangs."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from typing import Any, Final, TypeVar
from weakref import WeakSet

from sqlalchemy import Engine, event

THREADS: Final = 8
"""Threads of the database's own, so that a database that hangs holds up nothing else."""
CLOSE_SECONDS: Final = 3.0
"""Maximum seconds for which closing waits for what runs: longer than a statement or a new connection may take."""

_Result = TypeVar("_Result")


class StateThreads:
    """Runs work in threads, and ends them within a bounded time. It may be used again after that."""

    def __init__(self) -> None:
        self._threads = _new_threads()
        self._running: set[Future[Any]] = set()
        self._connections: WeakSet[Any] = WeakSet()

    def watch(self, engine: Engine) -> None:
        """Ends the connections of an engine to PostgreSQL, too, when a thread can't end without that."""
        event.listen(engine, "connect", lambda connection, _: self._connections.add(connection))

    async def run(self, work: Callable[[], _Result]) -> _Result:
        """The result of ``work``; whoever no longer waits for it leaves its thread running."""
        future = self._threads.submit(work)
        self._running.add(future)
        future.add_done_callback(self._running.discard)
        return await asyncio.wrap_future(future)

    def close(self) -> None:
        """Waits for what runs. After ``CLOSE_SECONDS`` it cancels the rest, and cuts the connections.

        A server that hangs keeps to no limit of its own, and the threads would keep the process from ending.
        """
        threads, self._threads = self._threads, _new_threads()
        if wait(set(self._running), CLOSE_SECONDS).not_done:
            threads.shutdown(wait=False, cancel_futures=True)
            for connection in list(self._connections):
                _cut(connection)
        threads.shutdown()


def _new_threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(THREADS, thread_name_prefix="state")


def _cut(connection: Any) -> None:
    """Ends the socket of a connection of psycopg, which a thread may be reading from; nothing if it is closed."""
    if connection.closed:
        return
    with socket.socket(fileno=os.dup(connection.fileno())) as one, suppress(OSError):  # the server may have ended it
        one.shutdown(socket.SHUT_RDWR)

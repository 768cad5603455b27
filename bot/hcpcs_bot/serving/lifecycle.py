"""What a server does once it is ready, and how it stops in the time that there is before it would be killed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Final

import structlog

from hcpcs_bot.serving.memory import adding_much

STOP_SECONDS: Final = 18.0
"""Maximum seconds, once the requests are finished, for what is still to be sent and for the background tasks. With the
seconds of the requests it is less than the 30 after which Kubernetes kills."""

log = structlog.get_logger("hcpcs_bot.server")


async def stop_in_time(stopping: Coroutine[Any, Any, None], seconds: float = STOP_SECONDS) -> None:
    """Waits until what runs in the background has stopped; breaks it off after ``seconds``, and logs that."""
    try:
        async with asyncio.timeout(seconds):
            await stopping
    except TimeoutError:
        log.error("not stopped in time", seconds=seconds)


class Preparation:
    """A service that does in a thread, once the server is ready, what the first requests that need it would wait for.

    A request that comes before does the same itself. A step that fails is logged, and tried again by such a request.
    """

    def __init__(self, *steps: Callable[[], object]) -> None:
        self._steps = steps
        self._running: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Starts the first step, and doesn't wait for it."""
        self._running = asyncio.create_task(self._prepare())

    async def stop(self) -> None:
        """Waits for the steps to end: a thread can't be broken off."""
        if self._running is not None:
            await self._running

    async def _prepare(self) -> None:
        for step in self._steps:
            done = asyncio.create_task(asyncio.to_thread(_run, step))
            await asyncio.wait({done})
            error = done.exception()
            if error is not None:
                log.error("not prepared", error=type(error).__name__)


def _run(step: Callable[[], object]) -> None:
    with adding_much():
        step()

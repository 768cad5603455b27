"""Answers the look-up of every code in the background, so that nobody's first one takes longer than the next."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from typing import Final

import structlog

from hcpcs.answers.desk import Desk
from hcpcs_bot.http.caching.answer_cache import AnswerCache

CODE_PATH: Final = "/api/v1/codes/"
PAUSE: Final = 4
"""Length of the pause after each code, in the time that the code took: a fifth of one core at most, and less of a busy
one."""
POLL_SECONDS: Final = 30.0
"""Seconds between two checks for another day or another release."""

log = structlog.get_logger("hcpcs_bot.http")


class AnswerWarmer:
    """A service that puts the look-up of every code of the desk in use into ``cache``."""

    def __init__(self, desk: Callable[[], Desk], cache: AnswerCache) -> None:
        self._desk = desk
        self._cache = cache
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Starts to answer."""
        self._task = asyncio.create_task(self._run())
        self._task.add_done_callback(_log_failure)

    async def stop(self) -> None:
        """Stops, wherever it is."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})

    async def codes(self) -> AsyncIterator[str]:
        """Answers what is missing and yields each code; ends early where another desk is in use."""
        desk = self._desk()
        for code in desk.catalog.codes():
            path = CODE_PATH + code
            if self._cache.has(path):
                continue
            if self._desk() is not desk:
                return
            await self._cache.fill(path)
            yield code

    async def _run(self) -> None:
        while True:
            started = time.perf_counter()
            async for _ in self.codes():
                await asyncio.sleep(PAUSE * (time.perf_counter() - started))
                started = time.perf_counter()
            await asyncio.sleep(POLL_SECONDS)


def _log_failure(task: asyncio.Task[None]) -> None:
    error = None if task.cancelled() else task.exception()
    if error is not None:
        log.error("answers are not prepared any more", error=type(error).__name__)

"""Work that goes on after Slack got its answer: each task is held, its failure told, none lost at the end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Final

DRAIN_SECONDS: Final = 20.0

Work = Coroutine[Any, Any, None]
Failed = Callable[[BaseException], Work | None]
"""Told of a task's error; may give further work (telling the user), whose own error is told once more."""


class Tasks:
    """The background tasks of one face."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def start(self, work: Work, failed: Failed) -> None:
        """Begins ``work``; where it raises, ``failed`` is told."""
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(lambda done: self._ended(done, failed))

    def _ended(self, task: asyncio.Task[None], failed: Failed) -> None:
        self._running.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is None:
            return
        further = failed(error)
        if further is not None:
            self.start(further, lambda again: self._close(failed(again)))

    @staticmethod
    def _close(work: Work | None) -> None:
        if work is not None:
            work.close()

    def __len__(self) -> int:
        return len(self._running)

    async def drain(self, seconds: float = DRAIN_SECONDS) -> int:
        """Waits for all tasks, those too that they start; cancels what is left. Returns how many were cut off."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while self._running and loop.time() < deadline:
            await asyncio.wait(set(self._running), timeout=deadline - loop.time())
        cut = set(self._running)
        for task in cut:
            task.cancel()
        await asyncio.gather(*cut, return_exceptions=True)
        return len(cut)

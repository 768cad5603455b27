"""Work after the response to Slack: each task is kept, its failure handled, and none lost at shutdown."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Final

DRAIN_SECONDS: Final = 14.0
"""Maximum seconds for the tasks at shutdown, within those that the server has for stopping."""

Work = Coroutine[Any, Any, None]
OnFailure = Callable[[BaseException], Work | None]
"""Called with a task's error; may return further work (a notice to the user), whose own error it gets too."""


class Tasks:
    """The background tasks of one app."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def start(self, work: Work, on_failure: OnFailure) -> None:
        """Starts ``work``; if it raises, ``on_failure`` is called."""
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(lambda done: self._finish(done, on_failure))

    def _finish(self, task: asyncio.Task[None], on_failure: OnFailure) -> None:
        self._running.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is None:
            return
        further = on_failure(error)
        if further is not None:
            # One level of further work: what it returns for its own error is closed and not started.
            self.start(further, lambda again: self._close(on_failure(again)))

    @staticmethod
    def _close(work: Work | None) -> None:
        if work is not None:
            work.close()

    def __len__(self) -> int:
        return len(self._running)

    async def drain(self, seconds: float = DRAIN_SECONDS) -> int:
        """Waits for all tasks, and those that they start; cancels what is left. Returns how many were canceled."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while self._running and loop.time() < deadline:
            await asyncio.wait(set(self._running), timeout=deadline - loop.time())
        left = set(self._running)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        return len(left)

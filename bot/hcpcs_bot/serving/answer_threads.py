"""The threads in which questions are answered, so that the event loop serves others while a slow one is answered.

Nearly every answer takes a few milliseconds. A few take longer: the changes of ten years, a message of 40,000
characters. Which ones can't be known before, so no question is answered in the event loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final, ParamSpec, TypeVar

THREADS: Final = 4
"""Answers at once. With one thread every question would wait behind a slow one; but Python runs one thread at a time,
and with many of them the event loop would wait for its turn."""

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


class AnswerThreads:
    """Runs what asks a desk, or draws its answer. Needs no closing: its threads end with it."""

    def __init__(self, threads: int = THREADS) -> None:
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="answer")

    async def run(
        self, work: Callable[_Arguments, _Result], *arguments: _Arguments.args, **named: _Arguments.kwargs
    ) -> _Result:
        """The result of ``work``, which computes and changes nothing that the event loop uses."""
        return await asyncio.get_running_loop().run_in_executor(self._executor, partial(work, *arguments, **named))

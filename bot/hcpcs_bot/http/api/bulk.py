"""Large requests: their work in a few threads of their own, and their answers part by part.

A thousand codes or a claims file take a second of work. It is done in steps of about ten milliseconds, each in one of
two threads for all large requests: Python runs one thread at a time, and with many at work everybody else would wait
for a turn. Between two steps another large request has its turn, so that none waits until the one before has ended.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from itertools import islice
from typing import Final, TypeVar

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar

BULK_THREADS: Final = 2
"""Large requests that are at work at once."""
_LIMITER: Final[RunVar[CapacityLimiter]] = RunVar("bulk_threads")

_Entry = TypeVar("_Entry")
_Result = TypeVar("_Result")


def _limiter() -> CapacityLimiter:
    """The limiter of the event loop that runs."""
    try:
        return _LIMITER.get()
    except LookupError:
        limiter = CapacityLimiter(BULK_THREADS)
        _LIMITER.set(limiter)
        return limiter


async def run_in_bulk(work: Callable[[], _Result]) -> _Result:
    """The result of ``work``, done in one of the threads of large requests."""
    return await to_thread.run_sync(work, limiter=_limiter())


async def in_turns(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The parts of an answer, each made in one of the threads of large requests when the one before is sent."""
    while (part := await run_in_bulk(lambda: next(parts, None))) is not None:
        yield part


def batches(entries: Iterable[_Entry], size: int) -> Iterator[list[_Entry]]:
    """The entries in lists of ``size``, the last one perhaps shorter."""
    remaining = iter(entries)
    while batch := list(islice(remaining, size)):
        yield batch

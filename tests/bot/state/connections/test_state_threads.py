"""Work in the database's own threads: its result, its error, and its end."""

from __future__ import annotations

import asyncio
from threading import Event

import pytest

from hcpcs_bot.state.connections import state_threads
from hcpcs_bot.state.connections.state_threads import THREADS, StateThreads


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

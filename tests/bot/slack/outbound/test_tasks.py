"""Background tasks: their failures are handled, and none is lost at shutdown."""

from __future__ import annotations

import asyncio

from hcpcs_bot.slack.outbound.tasks import Tasks, Work


async def test_a_failed_task_is_reported_and_what_follows_it_is_done() -> None:
    tasks = Tasks()
    seen: list[str] = []

    async def fail() -> None:
        raise ValueError("first")

    async def follow() -> None:
        seen.append("followed")
        raise KeyError("second")

    def on_failure(error: BaseException) -> Work:
        seen.append(type(error).__name__)
        return follow()

    tasks.start(fail(), on_failure)
    await tasks.drain()
    await asyncio.sleep(0)
    await tasks.drain()
    assert seen == ["ValueError", "followed", "KeyError"]
    assert len(tasks) == 0


async def test_tasks_that_do_not_end_are_cancelled_and_counted() -> None:
    tasks = Tasks()
    tasks.start(asyncio.sleep(60), lambda _: None)
    assert await tasks.drain(0.01) == 1

"""``python -m bench event_loop`` sees the callback that holds up the others."""

from __future__ import annotations

import asyncio

from bench.event_loop import MAXIMUM, LoopTimes, paths_of


def test_a_callback_that_takes_long_is_counted() -> None:
    now = 0.0
    times = LoopTimes(lambda: now)

    def work() -> None:
        nonlocal now
        now += 2 * MAXIMUM / 1000

    async def scenario() -> None:
        with times.measuring():
            await asyncio.sleep(0)
            asyncio.get_running_loop().call_soon(work)
            await asyncio.sleep(0.01)

    asyncio.run(scenario())
    row = times.row("one request")
    assert row.cells[1:] == (f"{2 * MAXIMUM:.1f} ms", "1")
    assert row.missed
    assert len(times.taken) > 2


def test_every_face_of_the_query_service_is_asked() -> None:
    faces = {path.split("/")[1] for path in paths_of(["E0601"])}
    assert faces >= {"", "codes", "api", "fhir", "changes"}

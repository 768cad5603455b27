"""The background work of a server: it follows the catalogue on the shelf, updates it on a schedule, and tells channels.

Nothing here can stop the serving: each round is a task of its own, whose failure is logged and tried again. Loading
a release takes seconds of computing, so an update runs in a process of its own (``hcpcs update``); the desk in use
is then opened anew beside the old one, and requests at hand keep the one that they began with.
"""

from __future__ import annotations

import asyncio
import random
import re
import sys
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, Protocol

import orjson
import structlog

from hcpcs.errors import HcpcsError
from hcpcs_bot.watches.delivery import SearchingDesk

LOOK_SECONDS: Final = 5.0
"""How often the shelf is looked at: one small file is read."""
AGAIN_SECONDS: Final = 60.0
"""When telling channels is tried again after a failure."""
UPDATE_SECONDS: Final = 3600.0
"""An update that takes longer is ended."""
SHORTEST_INTERVAL: Final = timedelta(seconds=1)
JITTER: Final = 0.05
"""Share of the interval by which replicas spread their updates."""

log = structlog.stdlib.get_logger("hcpcs_bot.staying_current")

Announce = Callable[[SearchingDesk], Awaitable[float | None]]
_INTERVAL: Final = re.compile(r"([0-9]{1,6})\s*([smhd])")
_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class IntervalError(HcpcsError):
    """An interval that can't be read."""


class UpdateFailedError(HcpcsError):
    """An update that failed, in the one line that it said itself."""


class FollowedDesk(Protocol):
    """The desk in use, which can move on to what was published since."""

    def __call__(self) -> SearchingDesk:
        """The desk in use."""
        ...

    def refresh(self) -> bool:
        """Opens what was published since; whether there was anything."""
        ...


def read_interval(written: str) -> timedelta:
    """``24h``, ``30m``, ``7d`` or ``90s``. Raises ``IntervalError`` for anything else, and for none at all."""
    match = _INTERVAL.fullmatch(written.strip().lower())
    interval = timedelta(**{_UNITS[match[2]]: int(match[1])}) if match else timedelta()
    if interval < SHORTEST_INTERVAL:
        raise IntervalError(f"{written!r} is no interval: write it like 24h, 90m or 7d.")
    return interval


class Updater:
    """Runs ``hcpcs update`` for a home, from CMS's page or another ``url``."""

    def __init__(self, home: Path, url: str = "", seconds: float = UPDATE_SECONDS) -> None:
        self._command = [sys.executable, "-m", "hcpcs_bot", "update", "--json", "--home", str(home)]
        self._command += ["--url", url] if url else []
        self._seconds = seconds

    async def __call__(self) -> None:
        """One update. Raises ``UpdateFailedError``."""
        process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
        try:
            out, err = await asyncio.wait_for(process.communicate(), self._seconds)
        except TimeoutError:
            raise UpdateFailedError("hcpcs update took too long and was ended") from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode != 0:
            said = err.decode("utf-8", "replace").strip().splitlines()
            raise UpdateFailedError(said[-1] if said else f"hcpcs update ended with {process.returncode}")
        told = orjson.loads(out)
        newest = told["newest"]["release"] if told["newest"] else None
        log.info("updated", outcome=told["outcome"], newest=newest, changes=told["changes"], digest=told["digest"])


class UpdateScheduler:
    """The background tasks of one server: ``start`` them once its loop runs, ``stop`` them before it ends.

    ``announce`` tells channels of the desk's newest release and gives the seconds after which to be called again;
    ``update`` is one update, run every ``every``.
    """

    def __init__(
        self,
        desk: FollowedDesk,
        *,
        announce: Announce | None = None,
        update: Callable[[], Coroutine[Any, Any, None]] | None = None,
        every: timedelta | None = None,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self._desk = desk
        self._announce = announce
        self._update = update
        self._every = every
        self._look_seconds = look_seconds
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begins to follow, and to update if that was asked for."""
        self._tasks.append(asyncio.create_task(self._follow()))
        if self._update is not None and self._every is not None:
            self._tasks.append(asyncio.create_task(self._keep_updating(self._update, self._every)))

    async def stop(self) -> None:
        """Ends the tasks; a digest that is being posted is finished first."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()

    async def _follow(self) -> None:
        loop = asyncio.get_running_loop()
        tell_at: float | None = loop.time()
        while True:
            moved = await _outcome("following the shelf", asyncio.to_thread(self._desk.refresh))
            if moved:
                log.info("release in use", release=self._desk().catalog.newest.label)
                tell_at = loop.time()
            if self._announce is not None and tell_at is not None and loop.time() >= tell_at:
                tell_at = await self._tell(loop)
            await asyncio.sleep(self._look_seconds)

    async def _tell(self, loop: asyncio.AbstractEventLoop) -> float | None:
        """Tells channels, and gives when to do so again."""
        if self._announce is None:
            return None
        told: list[float | None] = []

        async def announcing(announce: Announce) -> bool:
            told.append(await announce(self._desk()))
            return True

        if not await _outcome("telling channels", announcing(self._announce)):
            return loop.time() + AGAIN_SECONDS
        wait = told[0]
        return None if wait is None else loop.time() + wait

    async def _keep_updating(self, update: Callable[[], Coroutine[Any, Any, None]], every: timedelta) -> None:
        while True:
            await _outcome("updating", update())
            spread = random.uniform(-JITTER, JITTER)
            await asyncio.sleep(every.total_seconds() * (1 + spread))


async def _outcome(what: str, work: Coroutine[Any, Any, Any]) -> Any:
    """What ``work`` gives; ``None`` where it failed, which is logged: our own errors in their words, others by kind."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task})
    finally:
        if not task.done():
            task.cancel()
            await asyncio.wait({task})
    error = None if task.cancelled() else task.exception()
    if error is None:
        return task.result()
    said = str(error) if isinstance(error, HcpcsError) else type(error).__name__
    log.error("failed", what=what, error=said)
    return None

"""The background tasks of a server: follow the catalog on the shelf, update it on a schedule, and deliver digests.

Nothing here can stop the server: each round is a task of its own, whose failure is logged and tried again. A new
version is opened beside the one in use, and requests in progress finish with the one that they started with.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any, Final, NamedTuple, Protocol

import structlog

from hcpcs.errors import HcpcsError
from hcpcs_bot.http.health import Condition, PartHealth
from hcpcs_bot.watches.delivery import SearchingDesk

POLL_SECONDS: Final = 5.0
"""Seconds between two checks of the shelf for a new version: one small file is read."""
RETRY_DELIVERY_SECONDS: Final = 60.0
"""Seconds before delivery is tried again after a failure."""
RETRY_UPDATE_SECONDS: Final = 3600.0
"""Maximum seconds before an update is tried again after a failure: a server that is back is not missed for a day."""
REPEAT_SECONDS: Final = 60.0
"""Seconds after which a failure that lasts is logged again."""
JITTER: Final = 0.05
"""Share of the interval by which each update comes earlier or later, so that replicas don't update all at once."""

Deliver = Callable[[SearchingDesk], Awaitable[float | None]]
"""Delivers the digests of the desk's newest release; returns the seconds until it should be called again."""
Update = Callable[[], Coroutine[Any, Any, None]]
"""Runs one update."""

log = structlog.stdlib.get_logger("hcpcs_bot.updates")


FOLLOWING: Final = "following the shelf"
DELIVERING: Final = "delivering digests"
UPDATING: Final = "updating"


class _Failure(NamedTuple):
    """A failure that lasts: why, how often so far, and when it was last logged (event loop time)."""

    reason: str
    times: int
    logged: float


class FollowedDesk(Protocol):
    """The desk in use, which can move on to a version published since."""

    def __call__(self) -> SearchingDesk:
        """The desk in use."""
        ...

    def refresh(self) -> bool:
        """Opens the version in use if it is another one, and returns whether it was."""
        ...


class UpdateScheduler:
    """The background tasks of one server: ``start`` them once its event loop runs, ``stop`` them before it ends.

    ``update`` is one update, run every ``every`` (plus or minus ``JITTER``).
    """

    def __init__(
        self,
        desk: FollowedDesk,
        *,
        deliver: Deliver | None = None,
        update: Update | None = None,
        every: timedelta | None = None,
        poll_seconds: float = POLL_SECONDS,
    ) -> None:
        self._desk = desk
        self._deliver = deliver
        self._update = update
        self._every = every
        self._poll_seconds = poll_seconds
        self._tasks: list[asyncio.Task[None]] = []
        self._failures: dict[str, _Failure] = {}
        self.rounds: Counter[tuple[str, str]] = Counter()
        """How often each job (following the shelf, delivering digests, updating) was done, and how often it failed."""

    def health(self) -> PartHealth:
        """Degraded while the last update, or the last delivery of digests, failed."""
        failing = [(what, self._failures[what]) for what in (UPDATING, DELIVERING) if what in self._failures]
        detail = " ".join(
            f"{what.capitalize()} has failed {'once' if one.times == 1 else f'{one.times} times'}: {one.reason}."
            for what, one in failing
        )
        return PartHealth(part="updates", condition=Condition.DEGRADED if failing else Condition.OK, detail=detail)

    async def start(self) -> None:
        """Starts following the shelf, and updating if that was asked for."""
        self._tasks.append(asyncio.create_task(self._follow()))
        if self._update is not None and self._every is not None:
            self._tasks.append(asyncio.create_task(self._update_forever(self._update, self._every)))

    async def stop(self) -> None:
        """Ends the tasks; a digest that is being posted is finished first."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()

    async def _follow(self) -> None:
        loop = asyncio.get_running_loop()
        deliver_at: float | None = loop.time()
        while True:
            _, moved = await self._attempt(FOLLOWING, asyncio.to_thread(self._desk.refresh))
            if moved:
                log.info("release in use", release=self._desk().catalog.newest.label)
                deliver_at = loop.time()
            if self._deliver is not None and deliver_at is not None and loop.time() >= deliver_at:
                deliver_at = await self._deliver_once(self._deliver)
            await asyncio.sleep(self._poll_seconds)

    async def _deliver_once(self, deliver: Deliver) -> float | None:
        """Delivers, and returns when to do so again (event loop time); ``None`` for not before the next release."""
        succeeded, wait = await self._attempt(DELIVERING, deliver(self._desk()))
        if not succeeded:
            wait = RETRY_DELIVERY_SECONDS
        return None if wait is None else asyncio.get_running_loop().time() + wait

    async def _update_forever(self, update: Update, every: timedelta) -> None:
        while True:
            succeeded, _ = await self._attempt(UPDATING, update())
            seconds = every.total_seconds() if succeeded else min(every.total_seconds(), RETRY_UPDATE_SECONDS)
            await asyncio.sleep(seconds * (1 + random.uniform(-JITTER, JITTER)))

    async def _attempt(self, what: str, work: Awaitable[Any]) -> tuple[bool, Any]:
        """Whether ``work`` succeeded, and its result.

        A failure is logged: our own errors with their text, any other by its class alone, since it may quote a user.
        The same failure is logged again only after a minute: the shelf is read every few seconds.
        """
        task = asyncio.ensure_future(work)
        try:
            await asyncio.wait({task})
        finally:
            if not task.done():
                task.cancel()
                await asyncio.wait({task})
        error = None if task.cancelled() else task.exception()
        self.rounds[what, "done" if error is None else "failed"] += 1
        if error is None:
            if self._failures.pop(what, None) is not None:
                log.info("works again", what=what)
            return True, task.result()
        reason = str(error) if isinstance(error, HcpcsError) else type(error).__name__
        now = asyncio.get_running_loop().time()
        former = self._failures.get(what)
        if former is None or former.reason != reason or now - former.logged >= REPEAT_SECONDS:
            log.error("failed", what=what, error=reason)
            former = _Failure(reason, former.times if former else 0, now)
        self._failures[what] = former._replace(times=former.times + 1)
        return False, None

"""The log of refused requests and connections: one line for the first of a kind, then one a minute with their number.

Anybody who reaches the port could otherwise fill a disk with it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

import structlog

SUMMARY_SECONDS: Final = 60.0
"""Seconds between two lines about refusals of one kind."""
KINDS: Final = 100
"""Maximum kinds that are counted; those that were logged longest ago are forgotten."""

log = structlog.get_logger("hcpcs_bot.server")


class RefusalLog:
    """Counts refusals by status and reason, and logs them at most once a minute each."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kinds: dict[tuple[int, str], tuple[float, int]] = {}

    def note(self, status: int, reason: str) -> None:
        """Counts one; ``count`` of the line is how many there were since the last line of its kind, with this one."""
        kind = (status, reason)
        now = self._clock()
        logged, before = self._kinds.pop(kind, (float("-inf"), 0))
        if now - logged < SUMMARY_SECONDS:
            self._kinds[kind] = (logged, before + 1)
            return
        if len(self._kinds) >= KINDS:
            del self._kinds[next(iter(self._kinds))]
        self._kinds[kind] = (now, 0)
        log.warning("refused", status=status, reason=reason, count=before + 1)


refusals: Final = RefusalLog()
"""Those of this process."""

"""The rate limit: a token bucket per user."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

USER_LIMIT: Final = 50_000
"""Maximum users whose buckets are kept; those who asked longest ago are forgotten first."""


class RateLimit:
    """Allows each user ``burst`` requests at once, and ``per_minute`` after that."""

    def __init__(
        self,
        burst: int,
        per_minute: int,
        users: int = USER_LIMIT,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._burst = float(burst)
        self._per_second = per_minute / 60.0
        self._users = users
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, user: str) -> bool:
        """Whether ``user`` may ask now; counts the request if so."""
        now = self._clock()
        tokens, since = self._buckets.pop(user, (self._burst, now))
        tokens = min(self._burst, tokens + (now - since) * self._per_second)
        allowed = tokens >= 1.0
        self._buckets[user] = (tokens - 1.0 if allowed else tokens, now)
        if len(self._buckets) > self._users:
            self._buckets.popitem(last=False)
        return allowed

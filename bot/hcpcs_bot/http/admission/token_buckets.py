"""Token buckets: how many requests somebody may still make."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from math import ceil
from typing import Final, NamedTuple

MAX_BUCKETS: Final = 50_000
"""Maximum buckets that are kept; those that were used longest ago are forgotten first: about 10 MB."""
WINDOW: Final = 60
"""Seconds in which an empty bucket is full again."""


class Allowance(NamedTuple):
    """Whether a request is allowed, the requests left after it, and the whole seconds until there is one more."""

    allowed: bool
    left: int
    seconds: int


class TokenBuckets:
    """A bucket for each name, with ``per_minute`` requests at once; it fills evenly, in a minute."""

    def __init__(
        self, per_minute: int, buckets: int = MAX_BUCKETS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.per_minute = per_minute
        self._per_second = per_minute / WINDOW
        self._limit = buckets
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, name: str) -> Allowance:
        """Takes a request from the bucket of ``name``, if there is one."""
        now = self._clock()
        tokens, since = self._buckets.pop(name, (float(self.per_minute), now))
        tokens = min(float(self.per_minute), tokens + (now - since) * self._per_second)
        allowed = tokens >= 1.0
        if allowed:
            tokens -= 1.0
        self._buckets[name] = (tokens, now)
        if len(self._buckets) > self._limit:
            self._buckets.popitem(last=False)
        missing = 1.0 - tokens % 1.0 if tokens < self.per_minute else 0.0
        return Allowance(allowed, int(tokens), max(1, ceil(missing / self._per_second)))

    def __len__(self) -> int:
        return len(self._buckets)

"""What the face remembers for a while, bounded: keys already seen, codes asked, and who asked how often."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from typing import Final

SEEN_SECONDS: Final = 900.0
"""Slack repeats an event at once, after one minute and after five; ten minutes and more are safe."""
SEEN_KEYS: Final = 100_000
RECENT_CODES: Final = 10
RECENT_TEAMS: Final = 1_000
USERS: Final = 50_000

Clock = Callable[[], float]


class SeenKeys:
    """Keys claimed within the last ``seconds``: the in-memory form of ``ports.Memory``."""

    def __init__(self, seconds: float = SEEN_SECONDS, keys: int = SEEN_KEYS, clock: Clock = time.monotonic) -> None:
        self._seconds = seconds
        self._keys = keys
        self._clock = clock
        self._claimed: OrderedDict[str, float] = OrderedDict()

    async def claim(self, key: str) -> bool:
        """True for the first to claim ``key`` within the time, False for everyone after."""
        now = self._clock()
        while self._claimed:
            oldest, when = next(iter(self._claimed.items()))
            if now - when < self._seconds and len(self._claimed) <= self._keys:
                break
            del self._claimed[oldest]
        if key in self._claimed:
            return False
        self._claimed[key] = now
        return True

    async def release(self, key: str) -> None:
        """Forget a key whose work failed."""
        self._claimed.pop(key, None)


class RecentCodes:
    """The codes that each team asked for last, newest first. Codes alone: never a text, never a person."""

    def __init__(self, codes: int = RECENT_CODES, teams: int = RECENT_TEAMS) -> None:
        self._codes = codes
        self._teams: OrderedDict[str, deque[str]] = OrderedDict()
        self._most = teams

    def add(self, team: str, codes: Iterable[str]) -> None:
        """Puts ``codes`` before the others of the team."""
        asked = self._teams.pop(team, None)
        if asked is None:
            asked = deque(maxlen=self._codes)
        for code in codes:
            if code in asked:
                asked.remove(code)
            asked.appendleft(code)
        self._teams[team] = asked
        if len(self._teams) > self._most:
            self._teams.popitem(last=False)

    def of(self, team: str) -> tuple[str, ...]:
        """The team's codes, newest first."""
        return tuple(self._teams.get(team, ()))


class RateLimit:
    """How often one user may ask: ``burst`` at once, then ``per_minute`` (a token bucket for each user)."""

    def __init__(self, burst: int, per_minute: int, users: int = USERS, clock: Clock = time.monotonic) -> None:
        self._burst = float(burst)
        self._rate = per_minute / 60.0
        self._users = users
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, user: str) -> bool:
        """Whether ``user`` may ask now; counts the request if so."""
        now = self._clock()
        tokens, since = self._left.pop(user, (self._burst, now))
        tokens = min(self._burst, tokens + (now - since) * self._rate)
        allowed = tokens >= 1.0
        self._left[user] = (tokens - 1.0 if allowed else tokens, now)
        if len(self._left) > self._users:
            self._left.popitem(last=False)
        return allowed

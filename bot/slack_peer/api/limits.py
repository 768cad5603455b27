"""Slack's limits: a trigger id is used once, and messages are posted at a limited rate."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from typing import Final

from slack_peer.errors import ApiError

TRIGGER_SECONDS: Final = 3.0
"""Seconds for which a trigger id is valid (docs.slack.dev, "Handling user interaction")."""


class Triggers:
    """Trigger ids: each opens one view, once, within three seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, seconds: float = TRIGGER_SECONDS) -> None:
        self._clock = clock
        self._seconds = seconds
        self._issued: dict[str, tuple[str, float]] = {}
        self._used: set[str] = set()

    def issue(self, user: str) -> str:
        """A trigger id for what ``user`` just did."""
        trigger = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**9)}.{secrets.token_hex(16)}"
        self._issued[trigger] = (user, self._clock())
        return trigger

    def use(self, trigger: str) -> str:
        """The user whose trigger it is. Raises ``ApiError`` for one that is unknown, used or too old."""
        if trigger in self._used:
            raise ApiError("exchanged_trigger_id")
        if trigger not in self._issued:
            raise ApiError("invalid_trigger_id")
        user, since = self._issued.pop(trigger)
        if self._clock() - since > self._seconds:
            raise ApiError("expired_trigger_id")
        self._used.add(trigger)
        return user


class PostingLimit:
    """Slack's limit on posting: one message per second and channel, after ``burst`` at once."""

    def __init__(self, burst: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst = burst
        self._clock = clock
        self._tokens: dict[str, tuple[float, float]] = {}

    def take(self, channel: str) -> None:
        """Counts a message. Raises ``ApiError`` (ratelimited) above the limit."""
        now = self._clock()
        tokens, since = self._tokens.get(channel, (self._burst, now))
        tokens = min(self._burst, tokens + now - since)
        if tokens < 1:
            raise ApiError("ratelimited", retry_after=1)
        self._tokens[channel] = (tokens - 1, now)

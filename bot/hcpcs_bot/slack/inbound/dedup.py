"""Which events are answered: a person's own words, once, however often Slack delivers them."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any, Final

from hcpcs_bot.slack.inbound.request import SlackRequest
from hcpcs_bot.slack.ports import SeenKeys

KEY_SECONDS: Final = 900.0
"""Seconds for which a key is remembered: Slack repeats an event at once, after one minute and after five."""
KEY_LIMIT: Final = 100_000
"""Maximum keys in memory; the oldest are forgotten first."""
ANSWERED_SUBTYPES: Final = frozenset({"", "file_share", "thread_broadcast"})
"""Subtypes of message events that are a person's own words."""


class InMemorySeenKeys:
    """Keys claimed within the last ``seconds``, in this process: ``ports.SeenKeys`` for a single replica."""

    def __init__(
        self, seconds: float = KEY_SECONDS, limit: int = KEY_LIMIT, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._seconds = seconds
        self._limit = limit
        self._clock = clock
        self._claimed: OrderedDict[str, float] = OrderedDict()

    async def claim(self, key: str) -> bool:
        """True for the first to claim ``key`` within the time, False for everyone after."""
        now = self._clock()
        while self._claimed:
            oldest, claimed_at = next(iter(self._claimed.items()))
            if now - claimed_at < self._seconds and len(self._claimed) <= self._limit:
                break
            del self._claimed[oldest]
        if key in self._claimed:
            return False
        self._claimed[key] = now
        return True

    async def release(self, key: str) -> None:
        """Forgets a key whose work failed."""
        self._claimed.pop(key, None)


def is_written_by_a_person(event: Mapping[str, Any]) -> bool:
    """Whether an event is a person's new message, and not a bot's, an edit, a deletion or a notice of joining."""
    subtype = event.get("subtype") or ""
    by_bot = event.get("bot_id") or event.get("bot_profile")
    return bool(event.get("user")) and not by_bot and subtype in ANSWERED_SUBTYPES and not event.get("edited")


async def is_first_delivery(seen_events: SeenKeys, request: SlackRequest, part: str = "") -> bool:
    """Whether this is the first delivery of the event, or of a ``part`` of it.

    Slack repeats an event that it believes was not received.
    """
    event_id = request.text("event_id")
    if not event_id:
        return True
    return await seen_events.claim(f"event {request.team} {event_id} {part}".rstrip())

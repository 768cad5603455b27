"""What happened in the stand-in, in order: the page and the tests each read it from their own position."""

from __future__ import annotations

import asyncio
from typing import Any, Final, NamedTuple

EVENTS_KEPT: Final = 2_000
"""Maximum events kept for readers who come late; a reader further behind asks for a snapshot."""


class FeedEvent(NamedTuple):
    """One event: ``kind`` names it (message, modals, home, prompts, request), ``subject`` is what it is about.

    ``by_app`` says whether the app brought it about, and not a person.
    """

    number: int
    kind: str
    subject: Any
    by_app: bool


class Feed:
    """An ordered list of events that can be waited for."""

    def __init__(self) -> None:
        self._events: list[FeedEvent] = []
        self._published = asyncio.Event()
        self.number = 0

    def publish(self, kind: str, subject: Any, *, by_app: bool) -> None:
        """Adds an event and wakes all who wait."""
        self.number += 1
        self._events.append(FeedEvent(self.number, kind, subject, by_app))
        del self._events[:-EVENTS_KEPT]
        self._published.set()
        self._published = asyncio.Event()

    def since(self, number: int) -> list[FeedEvent]:
        """The events after event ``number``, as far as they are kept."""
        return [event for event in self._events if event.number > number]

    async def after(self, number: int) -> list[FeedEvent]:
        """The events after event ``number``; waits until there is one."""
        while not (events := self.since(number)):
            await self._published.wait()
        return events

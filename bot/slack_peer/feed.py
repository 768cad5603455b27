"""What happened in the stand-in, in order: the page and the tests read it, each from its own place."""

from __future__ import annotations

import asyncio
from typing import Any, Final, NamedTuple

KEPT: Final = 2_000
"""Happenings kept for readers who come late; a reader further behind asks for everything anew."""


class FeedEvent(NamedTuple):
    """One thing that happened: ``kind`` names it (message, modals, home, notice, wire ...), ``subject`` is it.

    ``by_app`` tells what the app brought about from what a person did.
    """

    number: int
    kind: str
    subject: Any
    by_app: bool


class Feed:
    """An ordered list of happenings that can be waited for."""

    def __init__(self) -> None:
        self._kept: list[FeedEvent] = []
        self._news = asyncio.Event()
        self.number = 0

    def tell(self, kind: str, subject: Any, *, by_app: bool) -> None:
        """Adds a happening and wakes all who wait."""
        self.number += 1
        self._kept.append(FeedEvent(self.number, kind, subject, by_app))
        del self._kept[:-KEPT]
        self._news.set()
        self._news = asyncio.Event()

    def since(self, number: int) -> list[FeedEvent]:
        """What happened after happening ``number``, as far as it is kept."""
        return [happening for happening in self._kept if happening.number > number]

    async def after(self, number: int) -> list[FeedEvent]:
        """What happened after ``number``; waits until something has."""
        while not (news := self.since(number)):
            await self._news.wait()
        return news

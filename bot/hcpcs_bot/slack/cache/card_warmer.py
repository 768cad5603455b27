"""Draws the card of every code while nobody asks, so that a code asked for the first time is answered at once.

A card is the same for everyone who asks on one day, and to draw it takes ten times as long as to find it. A release
has some nine thousand, which take a minute of the day and some 40 MB: one at a time, with a pause after each, so that
no request waits for more than one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

import structlog

from hcpcs_bot.slack.cache.card_cache import CardCache
from hcpcs_bot.slack.context import told_by
from hcpcs_bot.slack.ids import MODIFIER_LENGTH
from hcpcs_bot.slack.outbound.answer import drawn
from hcpcs_bot.slack.ports import DeskProvider

PAUSE_SECONDS: Final = 0.005
LOOK_SECONDS: Final = 30.0
"""How often it is seen whether another day or another release has begun."""

log = structlog.get_logger("hcpcs_bot.slack")


class CardWarmer:
    """A service that lays the cards of the desk in use by, in ``prepared``."""

    def __init__(self, desk: DeskProvider, prepared: CardCache, today: Callable[[], date] = date.today) -> None:
        self._desk = desk
        self._prepared = prepared
        self._today = today
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begins to draw."""
        self._task = asyncio.create_task(self._go_on())
        self._task.add_done_callback(_tell)

    async def stop(self) -> None:
        """Ends it, wherever it is."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})

    def cards(self) -> Iterator[str]:
        """Lays by the cards that are not ready, and gives each code; ends early where desk or day has changed."""
        desk, today = self._desk(), self._today()
        self._prepared.of(desk, today)
        for code in desk.catalog.codes():
            if len(code) == MODIFIER_LENGTH or code in self._prepared:
                continue
            answer = drawn(desk, today, code)
            if self._desk() is not desk or not self._prepared.of(desk, self._today()):
                return
            self._prepared.lay_by(code, answer)
            yield code

    async def _go_on(self) -> None:
        while True:
            for _ in self.cards():
                await asyncio.sleep(PAUSE_SECONDS)
            await asyncio.sleep(LOOK_SECONDS)


def _tell(task: asyncio.Task[None]) -> None:
    error = None if task.cancelled() else task.exception()
    if error is not None:
        log.error("cards are no longer drawn ahead", **told_by(error))

"""Renders the card of every code in the background, so that a code asked about for the first time is answered at once.

A card is the same for everyone who asks on one day, and rendering it takes ten times as long as looking up its record.
A release has about nine thousand cards, which take a minute per day and about 40 MB. They are rendered one at a time,
in a thread of their own, with a pause after each, so that requests come first.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from datetime import date
from typing import Final

import structlog

from hcpcs.records.codes import is_modifier
from hcpcs_bot.serving.answer_threads import AnswerThreads
from hcpcs_bot.slack.blockkit.message_bodies import ephemeral
from hcpcs_bot.slack.cache.card_cache import CachedCard, CardCache
from hcpcs_bot.slack.cards import CardPlace, CardTarget, draw
from hcpcs_bot.slack.inbound.request_log import AnswerSummary, error_fields
from hcpcs_bot.slack.ports import AnsweringDesk, DeskProvider

PAUSE_SECONDS: Final = 0.005
"""Seconds of pause after each card."""
POLL_SECONDS: Final = 30.0
"""Seconds between two checks for another day or another release."""

log = structlog.get_logger("hcpcs_bot.slack")


def render_card(desk: AnsweringDesk, today: date, question: str) -> CachedCard:
    """The rendered private answer to a question, in ASCII, which takes the least memory and is sent the fastest."""
    answer = desk.ask(question, today=today)
    card = draw(answer, CardTarget(CardPlace.PRIVATE, today))
    return CachedCard(json.dumps(ephemeral(*card), separators=(",", ":")), AnswerSummary.of(answer))


class CardWarmer:
    """A service that puts the card of every code of the desk in use into ``cache``."""

    def __init__(self, desk: DeskProvider, cache: CardCache, today: Callable[[], date] = date.today) -> None:
        self._threads = AnswerThreads(1)
        self._desk = desk
        self._cache = cache
        self._today = today
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Starts to render."""
        self._task = asyncio.create_task(self._run())
        self._task.add_done_callback(_log_failure)

    async def stop(self) -> None:
        """Stops, wherever it is."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})

    async def cards(self) -> AsyncIterator[str]:
        """Renders the cards that are missing and yields each code; ends early where desk or day has changed."""
        desk, today = self._desk(), self._today()
        self._cache.switch_to(desk, today)
        for code in desk.catalog.codes():
            if is_modifier(code) or code in self._cache:
                continue
            card = await self._threads.run(render_card, desk, today, code)
            if self._desk() is not desk or not self._cache.switch_to(desk, self._today()):
                return
            self._cache.put_card(code, card)
            yield code

    async def _run(self) -> None:
        while True:
            async for _ in self.cards():
                await asyncio.sleep(PAUSE_SECONDS)
            await asyncio.sleep(POLL_SECONDS)


def _log_failure(task: asyncio.Task[None]) -> None:
    error = None if task.cancelled() else task.exception()
    if error is not None:
        log.error("cards are no longer rendered ahead", **error_fields(error))

"""Counts questions in memory, and writes the counts to the database now and then, so that no question waits for it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Final

import structlog

from hcpcs_bot.state.database import StateError
from hcpcs_bot.team.report import TeamReport
from hcpcs_bot.team.usage_store import QuestionKind, UnknownWords, UsageStore, feedback_key

WRITE_SECONDS: Final = 30.0
"""Seconds between two writes: how many counts a killed process may lose."""
PENDING_LIMIT: Final = 1_000
"""Maximum different counts in memory while the database is down; further ones are dropped."""

log = structlog.get_logger("hcpcs_bot.team")


class UsageLog:
    """A service that counts for every team. ``count`` is quick and never fails."""

    def __init__(
        self, store: UsageStore, today: Callable[[], date] = date.today, seconds: float = WRITE_SECONDS
    ) -> None:
        self._store = store
        self._today = today
        self._seconds = seconds
        self._questions: Counter[QuestionKind] = Counter()
        self._unknown: Counter[UnknownWords] = Counter()
        self._task: asyncio.Task[None] | None = None

    def count(self, team: str, intent: str, outcome: str, words: tuple[str, ...] = ()) -> None:
        """Counts a question; ``words`` are its known words, if it was not understood."""
        if not team or not outcome:
            return
        kind = QuestionKind(team, self._today(), intent, outcome)
        if kind in self._questions or len(self._questions) < PENDING_LIMIT:
            self._questions[kind] += 1
        if words:
            unknown = UnknownWords(team, kind.day, words)
            if unknown in self._unknown or len(self._unknown) < PENDING_LIMIT:
                self._unknown[unknown] += 1

    async def rate(self, team: str, person: str, message: str, intent: str, outcome: str, *, useful: bool) -> None:
        """Counts one person's word on the answer in a message, once; ``person`` is a hash. Raises ``StateError``."""
        kind = QuestionKind(team, self._today(), intent, outcome)
        await self._store.run(self._store.rate, feedback_key(team, person, message), kind, useful=useful)

    async def report(self, team: str) -> TeamReport:
        """The counts of a team, those in memory included. Raises ``StateError``."""
        await self.write()
        return await self._store.run(self._store.report, team, self._today())

    async def write(self) -> None:
        """Writes what was counted since the last time; keeps it for the next time where the database fails."""
        questions, unknown = self._questions, self._unknown
        if not questions:
            return
        self._questions, self._unknown = Counter(), Counter()
        try:
            await self._store.run(self._store.add, questions, unknown, self._today())
        except StateError as error:
            log.warning("counts can't be written", error=type(error).__name__, detail=str(error))
            self._questions.update(questions)
            self._unknown.update(unknown)

    async def start(self) -> None:
        """Starts to write now and then."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stops, and writes what is left."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})
        await self.write()

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(self._seconds)
            await self.write()

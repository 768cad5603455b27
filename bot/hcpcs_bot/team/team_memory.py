"""What a team keeps, in memory for a moment, so that a card costs no call to the database."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final, NamedTuple

import structlog

from hcpcs_bot.state.database import StateError
from hcpcs_bot.team.note import NoteBook
from hcpcs_bot.team.note_store import NoteStore

FRESH_SECONDS: Final = 2.0
"""Seconds after which what a team keeps is read again: how long another replica may show a note as it was."""
READ_SECONDS: Final = 0.5
"""Maximum seconds to wait for the database: Slack waits three for the whole answer."""
TEAM_LIMIT: Final = 100
"""Maximum teams in memory; the one that asked longest ago is forgotten first."""

log = structlog.get_logger("hcpcs_bot.team")


class TeamKnowledge(NamedTuple):
    """What a team keeps: its notes and the abbreviation of its state; not ``available`` while it can't be read."""

    notes: NoteBook = NoteBook()
    area: str | None = None
    available: bool = True


NOTHING_KNOWN: Final = TeamKnowledge()
UNAVAILABLE: Final = TeamKnowledge(available=False)


class StoredTeamMemory:
    """What the teams keep in the database. ``recall`` never raises and never waits for long."""

    def __init__(
        self, notes: NoteStore, seconds: float = FRESH_SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._notes = notes
        self._seconds = seconds
        self._clock = clock
        self._teams: OrderedDict[str, tuple[float, TeamKnowledge]] = OrderedDict()

    async def recall(self, team: str) -> TeamKnowledge:
        """What a team keeps, at most ``seconds`` old; unavailable where the database fails or is slow."""
        read_at, knowledge = self._teams.get(team, (0.0, None))
        if knowledge is not None and self._clock() - read_at < self._seconds:
            return knowledge
        try:
            async with asyncio.timeout(READ_SECONDS):
                notes, area = await self._notes.run(self._notes.read, team)
            knowledge = TeamKnowledge(NoteBook(notes), area)
        except (StateError, TimeoutError) as error:
            log.warning("notes can't be read", error=type(error).__name__, detail=str(error))
            knowledge = UNAVAILABLE
        self._teams[team] = (self._clock(), knowledge)
        self._teams.move_to_end(team)
        if len(self._teams) > TEAM_LIMIT:
            self._teams.popitem(last=False)
        return knowledge

    def forget(self, team: str) -> None:
        """Reads a team's again at the next recall: something of it has changed."""
        self._teams.pop(team, None)


class NoTeamMemory:
    """Where no database is used: nothing is kept."""

    async def recall(self, _: str) -> TeamKnowledge:
        """Nothing."""
        return NOTHING_KNOWN

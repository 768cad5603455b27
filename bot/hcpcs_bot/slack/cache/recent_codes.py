"""The codes that a team asked for last, for its App Home. Codes only: never a text, never a person."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterable
from typing import Final

CODES_PER_TEAM: Final = 10
"""Maximum codes kept per team."""
TEAM_LIMIT: Final = 1_000
"""Maximum teams; the one that asked longest ago is forgotten first."""


class RecentCodes:
    """The codes of each team, newest first."""

    def __init__(self, codes: int = CODES_PER_TEAM, teams: int = TEAM_LIMIT) -> None:
        self._code_limit = codes
        self._team_limit = teams
        self._teams: OrderedDict[str, deque[str]] = OrderedDict()

    def add(self, team: str, codes: Iterable[str]) -> None:
        """Puts ``codes`` before the others of the team."""
        recent = self._teams.pop(team, None)
        if recent is None:
            recent = deque(maxlen=self._code_limit)
        for code in codes:
            if code in recent:
                recent.remove(code)
            recent.appendleft(code)
        self._teams[team] = recent
        if len(self._teams) > self._team_limit:
            self._teams.popitem(last=False)

    def of(self, team: str) -> tuple[str, ...]:
        """The team's codes, newest first."""
        return tuple(self._teams.get(team, ()))

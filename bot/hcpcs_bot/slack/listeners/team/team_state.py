"""``/hcpcs state``: the state for which a workspace asks, where a question names none."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final

from hcpcs.questions.recognizers.codes.code_scanner import scan
from hcpcs.records.billing.areas import area_name, areas
from hcpcs_bot.slack.ids import COMMAND
from hcpcs_bot.slack.ports import Asker, Subcommand
from hcpcs_bot.state.database import StateError
from hcpcs_bot.team.note_store import NoteStore
from hcpcs_bot.team.permissions import TeamRoles
from hcpcs_bot.team.team_memory import StoredTeamMemory

CLEARED_BY: Final = frozenset({"none", "no", "clear", "off", "remove", "delete"})
NOT_NOW: Final = "The team's state can't be read or changed right now. Please try again in a few minutes."
NOT_ALLOWED: Final = "Only the app's administrators set the team's state here. Please ask one of them."
HOW_TO: Final = f"To set it: {COMMAND} state TX. To clear it: {COMMAND} state none"
LONGEST_NAME: Final = 4
"""Maximum words of a state's name that is misspelled; a longer text is a question."""


class TeamStateCommand:
    """The subcommand on one store."""

    def __init__(self, notes: NoteStore, memory: StoredTeamMemory, roles: TeamRoles) -> None:
        self._notes = notes
        self._memory = memory
        self._roles = roles

    def subcommands(self) -> dict[str, Subcommand]:
        """The subcommand by name."""
        return {"state": self.state}

    async def state(self, asker: Asker, text: str) -> str | None:
        """Shows, sets or clears the team's state; ``None`` for another question."""
        written = " ".join(text.strip(" .!?").split())
        try:
            if not written:
                return await self._show(asker)
            if written.lower() in CLEARED_BY:
                return await self._set(asker, None)
            area = area_of(written)
            if area is not None:
                return await self._set(asker, area)
        except StateError:
            return NOT_NOW
        return None if len(written.split()) > LONGEST_NAME or scan(written) else unknown_line(written)

    async def _show(self, asker: Asker) -> str:
        _, area = await self._notes.run(self._notes.read, asker.team)
        if area is None:
            return f"Your team has set no state. {HOW_TO}"
        return f"Your team's state is {area_name(area)}. {HOW_TO}"

    async def _set(self, asker: Asker, area: str | None) -> str:
        if not self._roles.may_set_state(asker.user):
            return NOT_ALLOWED
        await self._notes.run(self._notes.set_area, asker.team, area)
        self._memory.forget(asker.team)
        if area is None:
            return "Your team's state is cleared. Answers are for a state only where a question names one."
        return (
            f"Your team's state is {area_name(area)} now. Amounts, prior authorization, policies and contractors are "
            "answered for it where a question names no other state, and the answer says so."
        )


def area_of(written: str) -> str | None:
    """The abbreviation of a state or territory that a text names; ``None`` for any other text."""
    if written.upper() in areas():
        return written.upper()
    names = {area.name.lower(): code for code, area in areas().items()}
    return names.get(written.lower())


def unknown_line(written: str) -> str:
    """What to write instead of a text that names no state, with the name that is nearest to it."""
    names = [area.name for area in areas().values()]
    near = get_close_matches(written.title(), names, 1, 0.75)
    hint = f"Did you mean {near[0]}? " if near else ""
    return f"“{written}” is not a US state or territory. {hint}{HOW_TO}"

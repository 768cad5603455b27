"""The target of a card: where it is shown, and who sees it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from hcpcs_bot.slack.ids import AnswerMode
from hcpcs_bot.team.note import TeamNote


class CardPlace(StrEnum):
    """Where a card is shown: it decides which controls make sense, and whether it can contain a table."""

    PRIVATE = "private"
    PUBLIC = "public"
    VIEW = "view"
    UNFURL = "unfurl"


class CardTarget(NamedTuple):
    """Who and where a card is drawn for.

    ``today`` is the asker's day, ``shared_by`` the user who shared it; ``notes`` are what the team itself noted about
    the ``codes`` of the answer, shown apart from CMS's facts; ``notes_missing`` says that they can't be read, and
    ``notes_first`` that the question asks for them.
    """

    place: CardPlace
    today: date
    shared_by: str = ""
    hint: str = ""
    mode: AnswerMode = AnswerMode.ASK
    codes: tuple[str, ...] = ()
    notes: tuple[TeamNote, ...] = ()
    notes_missing: bool = False
    notes_first: bool = False

    @property
    def tables(self) -> bool:
        """Whether Slack takes a table block here (in messages only)."""
        return self.place in {CardPlace.PRIVATE, CardPlace.PUBLIC}

    @property
    def controls(self) -> bool:
        """Whether the card may carry controls (an unfurl carries none)."""
        return self.place is not CardPlace.UNFURL

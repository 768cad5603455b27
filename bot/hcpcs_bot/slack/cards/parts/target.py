"""The target of a card: where it is shown, and who sees it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from hcpcs_bot.slack.cards.parts.facts import CardFact
from hcpcs_bot.slack.ids import AnswerMode


class CardPlace(StrEnum):
    """Where a card is shown: it decides which controls make sense, and whether it can contain a table."""

    PRIVATE = "private"
    PUBLIC = "public"
    VIEW = "view"
    UNFURL = "unfurl"


class CardTarget(NamedTuple):
    """Who and where a card is drawn for.

    ``today`` is the asker's day, ``shared_by`` the user who shared it; ``notes`` are what the team itself noted about
    the codes of the answer, shown apart from CMS's facts.
    """

    place: CardPlace
    today: date
    shared_by: str = ""
    hint: str = ""
    mode: AnswerMode = AnswerMode.ASK
    notes: tuple[CardFact, ...] = ()

    @property
    def tables(self) -> bool:
        """Whether Slack takes a table block here (in messages only)."""
        return self.place in {CardPlace.PRIVATE, CardPlace.PUBLIC}

    @property
    def controls(self) -> bool:
        """Whether the card may carry controls (an unfurl carries none)."""
        return self.place is not CardPlace.UNFURL

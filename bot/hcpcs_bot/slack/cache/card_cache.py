"""Answers kept ready: what many people ask in the same words is drawn once, and the card of each code before it is.

Only questions made of codes and everyday words are kept, so that nothing a person wrote of their own, a name or a
date of birth, stays in memory. An answer belongs to one desk and one day; with either changed all are forgotten.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from datetime import date
from typing import Final, NamedTuple

from hcpcs_bot.slack.inbound.request import AnswerSummary
from hcpcs_bot.slack.ports import AnsweringDesk

KEPT: Final = 2_048
"""Answers; about 20 MB."""
LONGEST: Final = 80
_CODE: Final = re.compile(r"[A-Za-z]\d{4}|[A-Za-z]\d{1,3}\*")
_SPLIT: Final = re.compile(r"[\s,;?!.-]+")
EVERYDAY: Final = frozenset(
    """a about active and are billable by changed changes code compare contact contacts cover coverage covered covers
    define difference do does for hcpcs help history how i in is it mean means medicare modifier note now of or pay
    payable pays price priced pricing processing quarter show status still tell the this valid versus vs what with
    who""".split()
)


def as_asked(text: str) -> str:
    """A question as it is looked up and answered: a code in capitals, any other text as it is."""
    return text.upper() if _CODE.fullmatch(text) else text


class CachedCard(NamedTuple):
    """A finished answer: the body of the response, and what may be known of it."""

    body: str
    gist: AnswerSummary


def may_be_kept(text: str) -> bool:
    """Whether a question consists of codes and everyday words alone."""
    if len(text) > LONGEST:
        return False
    return all(word.lower() in EVERYDAY or _CODE.fullmatch(word) for word in _SPLIT.split(text) if word)


class CardCache:
    """The answers kept ready, those used last."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._desk: AnsweringDesk | None = None
        self._today = date.min
        self._answers: OrderedDict[str, CachedCard] = OrderedDict()
        self._cards: dict[str, CachedCard] = {}

    def __contains__(self, code: str) -> bool:
        """Whether the card of a code is ready."""
        return code in self._cards

    def of(self, desk: AnsweringDesk, today: date) -> bool:
        """Whether what is kept is of this desk and day; what is not is forgotten."""
        if desk is self._desk and today == self._today:
            return True
        self._answers.clear()
        self._cards.clear()
        self._desk, self._today = desk, today
        return False

    def find(self, desk: AnsweringDesk, today: date, text: str) -> CachedCard | None:
        """The answer to ``text`` if it is ready."""
        if not self.of(desk, today):
            return None
        found = self._answers.get(text)
        if found is not None:
            self._answers.move_to_end(text)
            return found
        return self._cards.get(text)

    def lay_by(self, code: str, answer: CachedCard) -> None:
        """Keeps the card of a code for as long as the desk and the day last."""
        self._cards[code] = answer

    def keep(self, desk: AnsweringDesk, today: date, text: str, answer: CachedCard) -> None:
        """Keeps an answer if its question may be kept and it is still of the desk in use."""
        if desk is self._desk and today == self._today and may_be_kept(text):
            self._answers[text] = answer
            if len(self._answers) > self._kept:
                self._answers.popitem(last=False)

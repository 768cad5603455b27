"""Rendered answers in memory, so that a question that many people ask in the same words is rendered once.

Only questions made of codes and everyday words are kept, so that nothing personal, such as a name or a date of
birth, stays in memory. An answer belongs to one desk and one day; when either changes, all are dropped.
"""

from __future__ import annotations

import re
import zlib
from collections import OrderedDict
from datetime import date
from typing import Final, NamedTuple, Self

from hcpcs_bot.slack.inbound.request_log import AnswerSummary
from hcpcs_bot.slack.ports import AnsweringDesk

ANSWER_LIMIT: Final = 1_024
"""Maximum answers kept, about 1 KB each."""
QUESTION_LIMIT: Final = 80
"""Maximum characters of a question whose answer is kept."""
_CODE: Final = re.compile(r"[A-Za-z]\d{4}|[A-Za-z]\d{1,3}\*")
_SEPARATORS: Final = re.compile(r"[\s,;?!.-]+")
EVERYDAY: Final = frozenset(
    """a about active and are billable by changed changes code compare contact contacts cover coverage covered covers
    define difference do does for hcpcs help history how i in is it mean means medicare modifier note now of or pay
    payable pays price priced pricing processing quarter show status still tell the this valid versus vs what with
    who""".split()
)
"""Words that say nothing about a person."""


def cache_key(text: str) -> str:
    """A question as it is looked up and answered: a code in capitals, any other text unchanged."""
    return text.upper() if _CODE.fullmatch(text) else text


def may_be_kept(text: str) -> bool:
    """Whether a question consists of codes and everyday words only."""
    if len(text) > QUESTION_LIMIT:
        return False
    return all(word.lower() in EVERYDAY or _CODE.fullmatch(word) for word in _SEPARATORS.split(text) if word)


class CachedCard(NamedTuple):
    """A rendered answer: the body of the response, compressed to a quarter of its size, and its summary."""

    compressed: bytes
    summary: AnswerSummary

    @classmethod
    def of(cls, body: str, summary: AnswerSummary) -> Self:
        """The answer with a body, which is compressed."""
        return cls(zlib.compress(body.encode(), level=1), summary)

    @property
    def body(self) -> str:
        """The body of the response."""
        return zlib.decompress(self.compressed).decode()


class CardCache:
    """The answers used last."""

    def __init__(self, limit: int = ANSWER_LIMIT) -> None:
        self._limit = limit
        self._desk: AnsweringDesk | None = None
        self._today = date.min
        self._answers: OrderedDict[str, CachedCard] = OrderedDict()

    def switch_to(self, desk: AnsweringDesk, today: date) -> bool:
        """Whether the cache is for this desk and day. If not, drops everything, and is for them from then on."""
        if desk is self._desk and today == self._today:
            return True
        self._answers.clear()
        self._desk, self._today = desk, today
        return False

    def get(self, desk: AnsweringDesk, today: date, text: str) -> CachedCard | None:
        """The answer to ``text`` if it is kept."""
        if not self.switch_to(desk, today):
            return None
        answer = self._answers.get(text)
        if answer is not None:
            self._answers.move_to_end(text)
        return answer

    def put(self, desk: AnsweringDesk, today: date, text: str, answer: CachedCard) -> None:
        """Keeps an answer if its question may be kept and the answer is from the desk in use."""
        if desk is self._desk and today == self._today and may_be_kept(text):
            self._answers[text] = answer
            if len(self._answers) > self._limit:
                self._answers.popitem(last=False)

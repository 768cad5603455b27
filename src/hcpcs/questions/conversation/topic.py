"""What a conversation is about: ids, codes and a day, never a text."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date
from typing import Final

from hcpcs.questions.question import SUBJECT_OF_INTENT, Intent, QuantityRole, Question
from hcpcs.questions.subject import Subject
from hcpcs.records.record import Frozen

TOPIC_CODES_LIMIT: Final = 8
"""Maximum codes that a conversation is about; a question that names more is a list, and nobody calls it "it"."""
LISTED_LIMIT: Final = 10
"""Maximum codes of a list that a conversation remembers: a page of results."""
MODIFIERS_LIMIT: Final = 4
"""Maximum modifiers that are remembered with a code, as many as a claim line has."""
DOSE_LIMIT: Final = 24
"""Maximum characters of a dose."""


class Topic(Frozen):
    """What the last question of a conversation that named codes was about.

    ``codes`` are codes or modifiers; ``payer`` is a name of ``tables/payers.toml``, ``area`` the abbreviation of a
    state; ``day`` is the day of service. ``modifiers`` are those of the one code, ``dose`` is an amount with its unit
    ("30 mg"), blank for none. ``listed`` are the codes of the last list or search, in order, or those that a question
    named; of a list or search ``codes`` is the first one, until the conversation chooses another.
    """

    codes: tuple[str, ...]
    subject: Subject = Subject.DESCRIPTION
    payer: str | None = None
    area: str | None = None
    day: date | None = None
    modifiers: tuple[str, ...] = ()
    dose: str = ""
    listed: tuple[str, ...] = ()

    @property
    def from_list(self) -> bool:
        """Whether the topic is one of several codes that were listed."""
        return len(self.codes) == 1 and len(self.listed) > 1 and self.codes[0] in self.listed


def topic_of(question: Question, existing: Container[str], listed: Sequence[str] = ()) -> Topic | None:
    """The topic of a question; ``None`` where it names no ``existing`` code, or too many.

    ``listed`` are the codes that its answer showed: they are the topic where the question names none.
    """
    mentions = {mention.code: mention for mention in question.codes if mention.code in existing}
    shown = () if mentions else tuple(listed[:LISTED_LIMIT])
    codes = tuple(mentions) or shown[:1]
    if not codes or len(codes) > TOPIC_CODES_LIMIT:
        return None
    several = shown or codes
    intent = question.intent or Intent.CARD
    return Topic(
        codes=codes,
        subject=question.subject or SUBJECT_OF_INTENT[intent],
        payer=question.payer,
        area=question.area,
        day=question.day,
        modifiers=mentions[codes[0]].modifiers[:MODIFIERS_LIMIT] if len(mentions) == 1 else (),
        dose=_dose(question),
        listed=several if len(several) > 1 else (),
    )


def _dose(question: Question) -> str:
    """The one amount that is asked about, as a question names it; blank for none, and for more than one."""
    if len(question.quantities) != 1:
        return ""
    one = question.quantities[0]
    plain = one.role is QuantityRole.DOSE and one.unit and not one.per and not one.written
    return f"{one.amount:g} {one.unit}"[:DOSE_LIMIT] if plain else ""

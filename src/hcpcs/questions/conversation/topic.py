"""What a conversation is about: ids, codes and a day, never a text."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date
from typing import Final

from hcpcs.questions.question import SUBJECT_OF_INTENT, Intent, QuantityRole, Question
from hcpcs.questions.subject import Subject
from hcpcs.records.codes import CodeSystem
from hcpcs.records.record import Frozen

TOPIC_CODES_LIMIT: Final = 8
"""Maximum codes that a conversation is about; a question that names more is a list, and nobody calls it "it"."""
LISTED_LIMIT: Final = 10
"""Maximum codes of a list that a conversation remembers: a page of results."""
MODIFIERS_LIMIT: Final = 4
"""Maximum modifiers that are remembered with a code, as many as a claim line has."""
FIRST_DAY: Final = date(1982, 1, 1)
"""The day from which a day may be one of service: CMS's files have no code that was added before it. An older one is a
date of birth, also where nothing beside it says so ("Smith, John 3/4/1951 E0601"), and is not remembered."""
DOSE_LIMIT: Final = 24
"""Maximum characters of a dose."""


class Topic(Frozen):
    """What the last question of a conversation that named codes was about.

    ``codes`` are codes or modifiers; ``payer`` is a name of ``tables/payers.toml``, ``area`` the abbreviation of a
    state; ``day`` is the day of service. ``modifiers`` are those of the one code, ``dose`` is an amount with its unit
    ("30 mg"), blank for none. ``listed`` are the codes of the last list or search, in order, those that an answer
    offered ("replaced by Q5103 or Q5104"), or those that a question named; of a list or search ``codes`` is the first
    one, until the conversation chooses another.
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

    @property
    def offers_others(self) -> bool:
        """Whether the codes that were listed are other ones than the topic: its replacements."""
        return bool(self.listed) and set(self.codes).isdisjoint(self.listed)


def topic_of(question: Question, existing: Container[str], listed: Sequence[str] = ()) -> Topic | None:
    """The topic of a question; ``None`` where it names no ``existing`` code, or too many.

    ``listed`` are the codes that its answer showed or offered: they are the topic where the question names none. A
    code that isn't in the release stays the topic where others are offered, since none of them is meant yet.
    """
    mentions = {mention.code: mention for mention in question.codes if mention.code in existing}
    if not mentions and listed:
        mentions = {one.code: one for one in question.codes if one.system is CodeSystem.HCPCS}
        if question.codes and not mentions:
            return None
    shown = tuple(listed[:LISTED_LIMIT])
    codes = tuple(mentions) or shown[:1]
    if not codes or len(codes) > TOPIC_CODES_LIMIT:
        return None
    offered = not mentions or any(code not in existing for code in shown)
    intent = question.intent or Intent.CARD
    topic = Topic(
        codes=codes,
        subject=question.subject or SUBJECT_OF_INTENT[intent],
        payer=question.payer,
        area=question.area,
        day=question.day if question.day is not None and question.day >= FIRST_DAY else None,
        modifiers=mentions[codes[0]].modifiers[:MODIFIERS_LIMIT] if len(mentions) == 1 else (),
        dose=_dose(question),
        listed=shown if offered else codes,
    )
    return topic if len(topic.listed) > 1 or topic.offers_others else topic.model_copy(update={"listed": ()})


def _dose(question: Question) -> str:
    """The one amount that is asked about, as a question names it; blank for none, and for more than one."""
    given = [one for one in question.quantities if one.role is not QuantityRole.WASTE]
    if len(given) != 1:
        return ""
    one = given[0]
    plain = one.role is QuantityRole.DOSE and one.unit and not one.per and not one.written
    return f"{one.amount:g} {one.unit}"[:DOSE_LIMIT] if plain else ""

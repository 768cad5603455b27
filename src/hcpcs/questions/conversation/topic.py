"""What a conversation is about: ids, codes and a day, never a text."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from typing import Final

from hcpcs.questions.question import SUBJECT_OF_INTENT, Intent, Question
from hcpcs.questions.subject import Subject
from hcpcs.records.record import Frozen

TOPIC_CODES_LIMIT: Final = 8
"""Maximum codes that a conversation is about; a question that names more is a list, and nobody calls it "it"."""


class Topic(Frozen):
    """What the last question of a conversation that named codes was about.

    ``codes`` are codes or modifiers; ``payer`` is a name of ``tables/payers.toml``, ``area`` the abbreviation of a
    state; ``day`` is the day of service.
    """

    codes: tuple[str, ...]
    subject: Subject = Subject.DESCRIPTION
    payer: str | None = None
    area: str | None = None
    day: date | None = None


def topic_of(question: Question, existing: Container[str]) -> Topic | None:
    """The topic of a question; ``None`` where it names no ``existing`` code, or too many."""
    codes = tuple(dict.fromkeys(mention.code for mention in question.codes if mention.code in existing))
    if not codes or len(codes) > TOPIC_CODES_LIMIT:
        return None
    intent = question.intent or Intent.CARD
    return Topic(
        codes=codes,
        subject=question.subject or SUBJECT_OF_INTENT[intent],
        payer=question.payer,
        area=question.area,
        day=question.day,
    )

"""A completed question: the text of a follow-up with the codes, payer, place and day that it leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from hcpcs.questions.conversation.parsed_text import ParsedText, parse
from hcpcs.questions.conversation.reference import Reference
from hcpcs.questions.conversation.topic import Topic
from hcpcs.questions.subject import Subject
from hcpcs.records.billing.areas import areas
from hcpcs.records.codes import is_modifier
from hcpcs.records.record import Frozen

_WITHOUT_PAYER: Final = frozenset({Subject.STATUS, Subject.REPLACEMENT, Subject.PREDECESSOR, Subject.HISTORY})
"""Subjects on which no payer decides."""
_OF_TODAY: Final = frozenset({Subject.REPLACEMENT, Subject.PREDECESSOR, Subject.HISTORY})
"""Subjects that are the same on every day: what replaced a code that was still valid on the day before."""


class FollowUp(Frozen):
    """A completed question. ``taken_for`` are the words that the codes of the topic stand for, blank for none.

    ``chosen`` says that the words choose from a list; without them, of a list the first code was taken.
    """

    text: str
    topic: Topic
    taken_for: str = ""
    chosen: bool = False


class MissingReferent(Frozen):
    """A question that refers to codes where the conversation is about none, or about a list of which none was chosen.

    ``words`` are those that refer, ``listed`` the codes of the list.
    """

    words: str = ""
    listed: tuple[str, ...] = ()


def finish(text: str, parsed: ParsedText, topic: Topic, today: date, taken_for: str = "") -> FollowUp | None:
    """The completed question with the payer, place and day of the topic where it names none of its own.

    ``None`` where it is not understood as a question about the codes of the topic.
    """
    asked = parsed.question
    payer = None if asked.payer or asked.names_medicare or asked.part else topic.payer
    area = None if asked.area or asked.zip_code else topic.area
    # "since when is it in HCPCS?" asks about no payer: whether a code is valid is the same for all.
    alone = parse(text.rstrip(" ?!."), today).question
    paid = payer if alone.subject not in _WITHOUT_PAYER else None
    of_today = alone.subject in _OF_TODAY
    day = None if asked.day or asked.since or asked.day_written or of_today else topic.day
    ends = [
        f"by {_payer_text(paid, today)}" if paid else "",
        f"in {areas()[area].name}" if area and areas()[area].name not in (payer or "") else "",
        f"on {day.isoformat()}" if day else "",
    ]
    completed = " ".join(part for part in (text.rstrip(" ?!."), *ends) if part)
    understood = parse(completed, today)
    if not set(topic.codes) <= {mention.code for mention in understood.question.codes}:
        return None
    used = topic.model_copy(update={"payer": payer, "area": area, "day": day})
    return FollowUp(text=f"{completed}?", topic=used, taken_for=taken_for)


def replaced(text: str, reference: Reference, topic: Topic) -> str:
    """A text with the codes of a topic in place of the words that stand for them."""
    return f"{text[: reference.start]}{topic_text(topic)}{text[reference.end :]}"


def topic_text(topic: Topic) -> str:
    """The codes of a topic as a question names them; the one code with its modifiers: ``E0601-NU``."""
    return "-".join((codes_text(topic.codes), *topic.modifiers))


def codes_text(codes: Sequence[str]) -> str:
    """Codes as a question names them: the modifiers HI and NO are words, too."""
    return " and ".join(f"modifier {code}" if is_modifier(code) else code for code in codes)


def _payer_text(payer: str, today: date) -> str:
    """A payer as a question names it: Horizon and Oscar are payers only before "health"."""
    return payer if parse(f"covered by {payer}", today).question.payer == payer else f"{payer} health plan"

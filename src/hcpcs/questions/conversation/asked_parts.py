"""The parts of a text that asks several questions, each understood alone."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from hcpcs.questions.extraction.extractor import extract
from hcpcs.questions.extraction.features import features_of
from hcpcs.questions.intent_rules import decide
from hcpcs.questions.parser import build_question, parse_question
from hcpcs.questions.question import SUBJECT_OF_INTENT, Intent, Question
from hcpcs.questions.subject import Subject
from hcpcs.questions.words.normalize import plain, trim_question

READ: Final = 300
"""Maximum characters of a text in which several questions are looked for: a longer one is a note or a claim."""
PARTS: Final = 4
"""Maximum parts of a text: of more, the last has the rest."""
# Where a next question begins, by three ways to go on. A code after a question mark: "1 unit = 1 month? and E2103
# needs an order"; a question mark, "and", or a comma behind a question, then a word that asks: "covered after surgery
# and for how many days", "is it still active, what mod", but not an age: "broke and is 6 years old".
_BETWEEN: Final = re.compile(
    r"(?:\?\s*(?:and|also|,|&|plus)?\s+(?=[A-Va-v]\d{4}\b(?: \w+)+)"
    r"|(?:\?\s*(?:and|also|,|&|plus)?\s+|\s*[;,.]?\s+(?:and also|and|also|plus|&)\s+|[;,]\s+)"
    r"(?:also |then |if so,? |for )?"
    r"(?=(?:how (?:many|much|long|often|soon|do|does|should)|what(?:'?s)?|which|when|who|where|does|do|is|are|can|could"
    r"|will|should|need|needs)\b)(?!(?:is|are) \w+ (?:years?|yrs?|months?|mos?) old\b))",
    re.IGNORECASE,
)
# What a part has that is a question, where it gives no number: "what does it pay", "needs an order".
_ASKS: Final = re.compile(r"\b(?:how|what|which|when|who|where|does|is|are|can|will|should|needs?)\b", re.IGNORECASE)
_OF_THE_WHOLE: Final = (
    ("day", "day_written", "last_day"),
    ("area", "other_areas", "zip_code", "zip_written", "rural"),
    ("setting",),
    ("payer", "part", "names_medicare"),
)
"""Fields of a question, together, that hold for each part that states none: "covered on 1/5/24 and in what units"."""
_COMMA: Final = re.compile(r"[;,]\s+(?:also |then |if so,? |for )?", re.IGNORECASE)
_BEGINS: Final = re.compile(rf"\W*{_ASKS.pattern}", re.IGNORECASE)
"""A part that begins as a question: what stands before a comma is often the case that is asked about."""
_HOW: Final = re.compile(r"(?:how|when|who) ", re.IGNORECASE)
"""A part that asks more than what a code is, even where nothing more is known of it."""
_NO_QUESTION: Final = frozenset({Intent.HELP, Intent.SEARCH, Intent.DEFINE, Intent.COMPARE})
"""Intents of a part that is not a question of its own: its words belong to the whole."""


class AskedPart(NamedTuple):
    """One of several questions in a text: its words, and how they are understood beside the codes of the text.

    ``subject`` is ``None`` where only its words say what is asked.
    """

    text: str
    subject: Subject | None
    question: Question


def asked_parts(question: Question, today: date) -> tuple[AskedPart, ...]:
    """The questions of a text about codes, in order, without a part that is not one; none where there is one."""
    if not question.codes or len(question.text) > READ:
        return ()
    parts = _split(question.text)
    if len(parts) == 1 or not all(_ASKS.search(part) or any(map(str.isdigit, part)) for part in parts):
        return ()
    return tuple(asked for part in parts if (asked := _asked(part, question, today)) is not None)


def _split(text: str) -> list[str]:
    """The parts of a text between which a next question begins, at most ``PARTS``."""
    parts: list[str] = []
    start = 0
    for between in _BETWEEN.finditer(text):
        before = text[start : between.start()]
        if _COMMA.fullmatch(between[0]) and _BEGINS.match(before) is None:
            continue
        parts.append(before)
        start = between.end()
        if len(parts) == PARTS - 1:
            break
    return [*parts, text[start:]]


def _asked(part: str, whole: Question, today: date) -> AskedPart | None:
    """What a part asks, of its own codes or of those of the whole; ``None`` if it is not a question."""
    asked = trim_question(plain(part))
    state = extract(asked, today)
    if state.codes:
        features = features_of(state)
        understood = build_question(asked, state, features, decide(features), today)
    else:
        codes = " ".join(mention.code for mention in whole.codes)
        understood = parse_question(f"{codes} {part}", today).model_copy(update={"codes": whole.codes})
    if understood.intent is None or understood.intent in _NO_QUESTION:
        return None
    subject = understood.subject or SUBJECT_OF_INTENT[understood.intent]
    open_question = subject is Subject.DESCRIPTION and _HOW.match(part) is not None
    return AskedPart(part.strip(" ?.,;"), None if open_question else subject, _in_the_whole(understood, whole))


def _in_the_whole(part: Question, whole: Question) -> Question:
    """``part`` with the day, the place and the payer of ``whole`` where it has none of its own."""
    carried: dict[str, object] = {}
    for group in _OF_THE_WHOLE:
        if not any(getattr(part, field) for field in group):
            carried |= {field: getattr(whole, field) for field in group}
    return part.model_copy(update=carried)

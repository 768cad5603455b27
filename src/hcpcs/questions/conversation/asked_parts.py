"""The parts of a text that asks two questions, each understood alone."""

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
"""Maximum characters of a text in which two questions are looked for: a longer one is a note or a claim."""
# Where a second question begins, by three ways to go on. A code after a question mark: "1 unit = 1 month? and E2103
# needs an order"; a question mark or "and", then a word that asks: "covered after surgery and for how many days", but
# not an age: "broke and is 6 years old".
_BETWEEN: Final = re.compile(
    r"(?:\?\s*(?:and|also|,|&|plus)?\s+(?=[A-Va-v]\d{4}\b(?: \w+)+)"
    r"|(?:\?\s*(?:and|also|,|&|plus)?\s+|\s*[;,.]?\s+(?:and also|and|also|plus|&)\s+)(?:also |then |if so,? |for )?"
    r"(?=(?:how (?:many|much|long|often|soon|do|does|should)|what(?:'?s)?|which|when|who|where|does|do|is|are|can|could"
    r"|will|should|need|needs)\b)(?!(?:is|are) \w+ (?:years?|yrs?|months?|mos?) old\b))",
    re.IGNORECASE,
)
# What a part has that is a question, where it gives no number: "what does it pay", "needs an order".
_ASKS: Final = re.compile(r"\b(?:how|what|which|when|who|where|does|is|are|can|will|should|needs?)\b", re.IGNORECASE)
_HOW: Final = re.compile(r"(?:how|when|who) ", re.IGNORECASE)
"""A part that asks more than what a code is, even where nothing more is known of it."""
_NO_QUESTION: Final = frozenset({Intent.HELP, Intent.SEARCH, Intent.DEFINE, Intent.CONTACT, Intent.COMPARE})
"""Intents of a part that is not a question of its own: its words belong to the whole."""


class AskedPart(NamedTuple):
    """One of two questions in a text: its words, and its subject; ``None`` where only its words say what is asked.

    ``fields`` are those of the record that it names.
    """

    text: str
    subject: Subject | None
    fields: tuple[str, ...]


def asked_parts(question: Question, today: date) -> tuple[AskedPart, ...]:
    """The two questions of a text about codes, in order, without a part that is not one; none where there is one."""
    if not question.codes or len(question.text) > READ:
        return ()
    between = _BETWEEN.search(question.text)
    if between is None:
        return ()
    parts = (question.text[: between.start()], question.text[between.end() :])
    if not all(_ASKS.search(part) or any(map(str.isdigit, part)) for part in parts):
        return ()
    codes = " ".join(mention.code for mention in question.codes)
    return tuple(asked for part in parts if (asked := _asked(part, codes, today)) is not None)


def _asked(part: str, codes: str, today: date) -> AskedPart | None:
    """What a part asks, of its own codes or of ``codes``; ``None`` if it is not a question."""
    asked = trim_question(plain(part))
    state = extract(asked, today)
    if state.codes:
        features = features_of(state)
        understood = build_question(asked, state, features, decide(features), today)
    else:
        understood = parse_question(f"{codes} {part}", today)
    if understood.intent is None or understood.intent in _NO_QUESTION:
        return None
    subject = understood.subject or SUBJECT_OF_INTENT[understood.intent]
    open_question = subject is Subject.DESCRIPTION and _HOW.match(part) is not None
    return AskedPart(part.strip(" ?.,;"), None if open_question else subject, understood.fields)

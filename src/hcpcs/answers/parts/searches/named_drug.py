"""The drug that a question names beside a code that is of another drug: "J0885 retacrit", "J1440 neupogen"."""

from __future__ import annotations

import re
from typing import Final

from hcpcs.answers.answer import Draft, Outcome
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.rendering.sentences import capitalized, join_words
from hcpcs.questions.question import AskedDetail
from hcpcs.questions.words.common_words import common_words
from hcpcs.search_port import Confidence, Hit

_DRUGS: Final = ("C9", "J", "Q0", "Q2", "Q5")
"""Beginnings of the codes of drugs and biologics."""
_LETTERS: Final = 5
"""Minimum letters of a word that may be the name of a drug."""
_HITS_READ: Final = 50
"""Maximum hits of a name that are looked through for the code."""
_CODES_NAMED: Final = 3
"""Maximum codes of a drug that are named."""
_OWN: Final = frozenset({"brand", "item"})
"""Rules by which a brand leads to codes of its own."""


def with_named_drug(context: AnswerContext, draft: Draft) -> Draft:
    """``draft`` behind the sentence that the drug named beside its only code is billed with another code."""
    question = context.question
    if draft.outcome is not Outcome.ANSWERED or len(question.codes) != 1 or len(draft.records) != 1:
        return draft
    mention = question.codes[0]
    statement = context.state(mention.code) if mention.code.startswith(_DRUGS) else None
    if statement is None or not statement.active or context.catalog.is_not_otherwise_classified(statement.record):
        return draft
    everyday = common_words("verbs", "others")
    for word in question.unused:
        hits = _hits_of(context, word) if len(word) >= _LETTERS and word.lower() not in everyday else []
        if hits and all(hit.code != mention.code for hit in hits):
            own = [hit for hit in hits if _is_own(hit, word)] or [hit for hit in hits if _is_of_brand(hit)]
            named = join_words([hit.code for hit in own][:_CODES_NAMED], "or")
            asked = AskedDetail.YES_NO in question.details and question.trait.endswith(word.lower())
            no = "No. " if asked else ""
            sentence = f"{no}{capitalized(word)} isn't {mention.code}: it is billed with {named}."
            lead = f"{sentence} {draft.lead}".rstrip()
            return draft.model_copy(update={"headline": f"{sentence} {draft.headline}", "lead": lead})
    return draft


def _hits_of(context: AnswerContext, word: str) -> list[Hit]:
    """The codes in use that the brand of a drug finds, those of the same substance as well; none for any other word."""
    result = context.index.search(word, limit=_HITS_READ)
    hits = [hit for hit in result.hits if hit.active]
    if result.confidence is not Confidence.HIGH or result.repairs or not hits:
        return []
    if not all(hit.code.startswith(_DRUGS) for hit in hits) or not (_is_own(hits[0], word) or _is_of_brand(hits[0])):
        return []
    return hits


def _is_own(hit: Hit, word: str) -> bool:
    """Whether a hit is the code of this brand: by the table of brands, or in brackets in its description."""
    by_code = any(why.field == "code" and why.rule in _OWN for why in hit.why)
    brackets = rf"\((?:[a-z-]+/)*{re.escape(word.lower())}[/)]"
    return by_code or re.search(brackets, hit.long_description.lower()) is not None


def _is_of_brand(hit: Hit) -> bool:
    """Whether a hit has the substance of the brand that was searched for."""
    return any(why.rule in _OWN for why in hit.why)

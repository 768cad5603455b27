"""The drug that a question names beside a code that is of another drug: "J0885 retacrit", "J1440 neupogen"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from hcpcs.answers.answer import Draft, Outcome
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.rendering.sentences import capitalized, join_words
from hcpcs.questions.question import AskedDetail, Intent
from hcpcs.questions.words.common_words import common_words
from hcpcs.records.terms.drug_names import is_biosimilar, substance_of, suffix_of
from hcpcs.search_port import Confidence, Hit

_OF_A_CODE: Final = frozenset({Intent.CARD, Intent.COVERAGE, Intent.PRICING, Intent.STATUS, Intent.UNITS})
"""Intents that a drug beside the code is the item of; beside another subject it may be an alternative."""
_DRUGS: Final = ("C9", "J", "Q0", "Q2", "Q5")
"""Beginnings of the codes of drugs and biologics."""
_LETTERS: Final = 5
"""Minimum letters of a word that may be the name of a drug; a shorter one may be the first part of one ("depo")."""
_HITS_READ: Final = 50
"""Maximum hits of a name that are looked through for the code."""
_CODES_NAMED: Final = 3
"""Maximum codes of a drug that are named."""
_OWN: Final = frozenset({"brand", "item"})
"""Rules by which a brand leads to its drug."""


def with_named_drug(context: AnswerContext, draft: Draft) -> Draft:
    """``draft`` behind the sentence that the drug named beside its only code is billed with another code."""
    question = context.question
    of_one_code = len(question.codes) == len(draft.records) == 1 and question.intent in _OF_A_CODE
    if draft.outcome is not Outcome.ANSWERED or not of_one_code or not question.codes[0].code.startswith(_DRUGS):
        return draft
    code = question.codes[0].code
    statement = context.state(code)
    if statement is None or not statement.active or context.catalog.is_not_otherwise_classified(statement.record):
        return draft
    for word in _names(question.unused):
        own = _own_codes(context, word, code, statement.record.long_description)
        if own:
            asked = AskedDetail.YES_NO in question.details and question.trait.endswith(word.lower())
            named = join_words(own[:_CODES_NAMED], "or")
            sentence = f"{'No. ' if asked else ''}{capitalized(word)} isn't {code}: it is billed with {named}."
            lead = f"{sentence} {draft.lead}".rstrip()
            return draft.model_copy(update={"headline": f"{sentence} {draft.headline}", "lead": lead})
    return draft


def _names(words: Sequence[str]) -> list[str]:
    """The words that may be the whole name of a drug: not the second part of "depo medrol"."""
    everyday = common_words("verbs", "others")
    return [
        word
        for before, word in pairwise(["", *words])
        if len(word) >= _LETTERS and word.lower() not in everyday and not 0 < len(before) < _LETTERS
    ]


def _own_codes(context: AnswerContext, word: str, code: str, description: str) -> list[str]:
    """The codes in use of the brand that a word is, where ``code`` is of another drug; none for any other word."""
    result = context.index.search(word, limit=_HITS_READ)
    if result.confidence is not Confidence.HIGH or result.repairs or any(hit.code == code for hit in result.hits):
        return []
    hits = [hit for hit in result.hits if context.is_in_use(hit.code)]
    named = [hit for hit in hits if _is_own(hit, word)] or [hit for hit in hits if _is_of_brand(hit)]
    of_drugs = all(hit.code.startswith(_DRUGS) for hit in hits)
    other = all(_is_another_drug(hit.long_description, description) for hit in result.hits)
    return [hit.code for hit in named] if of_drugs and other else []


def _is_own(hit: Hit, word: str) -> bool:
    """Whether a hit is the code of this brand: by the table of brands, or in brackets in its description."""
    by_code = any(why.field == "code" and why.rule in _OWN for why in hit.why)
    brackets = rf"\((?:[a-z-]+/)*{re.escape(word.lower())}[/)]"
    return by_code or re.search(brackets, hit.long_description.lower()) is not None


def _is_of_brand(hit: Hit) -> bool:
    """Whether a hit has the substance of the brand that was searched for."""
    return any(why.rule in _OWN for why in hit.why)


def _is_another_drug(one: str, other: str) -> bool:
    """Whether two descriptions are of different drugs: of another substance, or a biosimilar and what it is like."""
    similar = is_biosimilar(one) != is_biosimilar(other) or (is_biosimilar(one) and suffix_of(one) != suffix_of(other))
    return similar or substance_of(one).partition("-")[0] != substance_of(other).partition("-")[0]

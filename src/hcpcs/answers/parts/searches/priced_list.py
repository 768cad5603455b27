"""Which codes are priced under a pricing indicator ("codes with pricing indicator 46", "capped rental E codes")?

The index has no pricing indicators: they are read from the catalog, and the index is asked for the words alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hcpcs.answers.answer import Draft, Outcome
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.lookup import hit_of
from hcpcs.answers.notices.refusals import starter_notice
from hcpcs.answers.rendering.sentences import in_sentence, join_words
from hcpcs.records.terms.vocabularies import VocabularyName, vocabularies
from hcpcs.search_port import Confidence, Filters, Hit

_HITS_READ: Final = 200
"""Maximum hits of the words whose pricing indicator is checked; codes further down are not listed."""


def answer_priced_list(context: AnswerContext) -> Draft | None:
    """The codes in use that have the pricing indicator and the words; ``None`` where none is asked for."""
    question = context.question
    indicators = question.filters.pricing_indicators
    if not indicators:
        return None
    others = question.filters.model_copy(update={"pricing_indicators": frozenset(), "active": True})
    last = context.offset + context.limit
    if question.words:
        found = context.index.search(question.words, filters=others, limit=_HITS_READ).hits
        priced = {*_codes(context, others, indicators)}
        hits: Sequence[Hit] = [hit for hit in found if hit.code in priced]
        page, total = tuple(hits[context.offset : last]), len(hits)
    else:
        codes = _codes(context, others, indicators)
        statements = (context.state(code) for code in codes[context.offset : last])
        page, total = tuple(hit_of(one) for one in statements if one is not None), len(codes)
    return Draft(
        outcome=Outcome.ANSWERED if total else Outcome.NOT_FOUND,
        codes=tuple(hit.code for hit in page),
        headline=_headline(context, indicators, total),
        hits=page,
        total=total,
        offset=context.offset,
        confidence=Confidence.HIGH,
        notices=starter_notice(context),
    )


def _codes(context: AnswerContext, filters: Filters, indicators: frozenset[str]) -> Sequence[str]:
    """The codes in use that have one of the indicators and pass the other filters, in order."""
    return sorted(
        one.code
        for one in context.catalog.dated_codes.codes
        if not indicators.isdisjoint(one.pricing_indicators)
        and one.code.startswith(filters.prefix or "")
        and (filters.first is None or filters.first <= one.code)
        and (filters.last is None or one.code <= filters.last)
        and (not filters.coverage or one.coverage in filters.coverage)
        and context.is_in_use(one.code)
    )


def _headline(context: AnswerContext, indicators: frozenset[str], total: int) -> str:
    """How many codes have the indicator, and what it means."""
    question = context.question
    noun = f"{question.prefix} code" if question.prefix else "code"
    which = f' for "{question.words}"' if question.words else ""
    if question.filters.first and question.filters.last:
        which = f" from {question.filters.first} to {question.filters.last}"
    meaning = vocabularies()[VocabularyName.PRICING_INDICATOR]
    named = [
        f"{one} ({in_sentence(meaning.meaning(one) or 'a value without a published meaning')})"
        for one in sorted(indicators)
    ]
    be, have = ("", "has") if total == 1 else ("s", "have")
    return f"{total or 'No'} {noun}{be}{which} in use {have} pricing indicator {join_words(named, 'or')}."

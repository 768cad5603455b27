"""Which codes for some words were added or ended in a span of time ("wheelchair codes added since 2024")?"""

from __future__ import annotations

from typing import Final

from hcpcs.answers.answer import Draft
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.parts.dated_changes import DATED_KINDS, Span, codes_in, later_changes, span_asked
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.records.change_kinds import ChangeKind
from hcpcs.search_port import Confidence, Hit

_HITS_READ: Final = 200
"""Maximum hits whose days are checked; codes further down are not found."""
_LOOSE: Final = frozenset({"lay", "repair"})
"""Reasons of which one alone is not enough: "power mobility" is in lay words an electric, portable suction pump."""
_CODES_NAMED: Final = 3
"""Maximum codes that the first sentence names."""


def answer_dated_search(context: AnswerContext) -> Draft | None:
    """The codes that have all of the words and were added or ended in the time; ``None`` where that is not asked."""
    question = context.question
    kinds = question.change_kinds & DATED_KINDS
    if question.since is None or not kinds or not question.words or context.catalog.starter:
        return None
    span = span_asked(context)
    hits = _hits_in(context, span)
    page = hits[context.offset : context.offset + context.limit]
    return Draft(
        codes=tuple(hit.code for hit in page),
        headline=_headline(context, span, hits),
        hits=page,
        total=len(hits),
        offset=context.offset,
        confidence=Confidence.HIGH,
        notices=later_changes(context, span),
    )


def _hits_in(context: AnswerContext, span: Span) -> tuple[Hit, ...]:
    question = context.question
    best = context.index.search(question.words, limit=1).hits
    words = {why.word for hit in best for why in hit.why}
    single = {word for word in words if " " not in word} or words
    wanted = codes_in(context, span)
    # Ended codes rank below all others, which may fill every hit that is read.
    ended = ChangeKind.ADDED not in question.change_kinds
    filters = question.filters.model_copy(update={"active": False}) if ended else question.filters
    result = context.index.search(question.words, filters=filters, limit=_HITS_READ)
    return tuple(
        hit
        for hit in result.hits
        if hit.code in wanted
        and single <= {why.word for why in hit.why}
        and any(why.rule not in _LOOSE for why in hit.why)
    )


def _headline(context: AnswerContext, span: Span, hits: tuple[Hit, ...]) -> str:
    question = context.question
    ended = ChangeKind.DISCONTINUED in question.change_kinds
    end = "ended" if question.by_last_day else "discontinued"
    happened = end if ended else "added"
    if ended and ChangeKind.ADDED in question.change_kinds:
        happened = f"added or {end}"
    number, noun, verb = f"{len(hits):,}" if hits else "No", "codes", "were "
    if len(hits) == 1:
        noun, verb = "code", "was "
    if happened == "ended":
        verb = ""
    named = f": {join_words([hit.code for hit in hits[:_CODES_NAMED]])}" if 0 < len(hits) <= _CODES_NAMED else ""
    return f'{number} {noun} for "{question.words.removeprefix("with ")}" {verb}{happened} {span.text}{named}.'

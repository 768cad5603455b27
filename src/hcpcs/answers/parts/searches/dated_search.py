"""Which codes for some words were added or ended in a span of time ("wheelchair codes added since 2024")?"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from hcpcs.answers.answer import Draft
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Notice, NoticeKind
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
    if not hits and question.by_last_day:  # "terminated April 2025": on March 31, which is discontinued on April 1
        other = replace(context, question=question.model_copy(update={"by_last_day": False}))
        discontinued = _hits_in(other, span)
        context, hits = (other, discontinued) if discontinued else (context, hits)
    page = hits[context.offset : context.offset + context.limit]
    return Draft(
        codes=tuple(hit.code for hit in page),
        headline=_headline(context, span, hits),
        hits=page,
        total=len(hits),
        offset=context.offset,
        confidence=Confidence.HIGH,
        notices=(*_by_words(context, hits), *later_changes(context, span)),
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


def _by_words(context: AnswerContext, hits: tuple[Hit, ...]) -> tuple[Notice, ...]:
    """That codes are listed by words of which some are found nowhere, as "products" in "wound care products"."""
    found = {word.lower() for hit in hits for why in hit.why for word in why.word.split()}
    if not hits or all(word.lower() in found for word in context.question.words.split()):
        return ()
    text = f'Found by their words: "{_words(context)}" isn\'t a family of codes known here, so others may fit, too.'
    return (Notice(kind=NoticeKind.SELECTION, text=text),)


def _words(context: AnswerContext) -> str:
    return context.question.words.removeprefix("with ")


def _headline(context: AnswerContext, span: Span, hits: tuple[Hit, ...]) -> str:
    question = context.question
    ended = ChangeKind.DISCONTINUED in question.change_kinds
    end = "ended" if question.by_last_day else "discontinued"
    happened = end if ended else "added"
    if ended and ChangeKind.ADDED in question.change_kinds:
        happened = f"added or {end}"
    words = _words(context)
    if not hits:
        that = "that ended" if happened == "ended" else happened
        found = f"was found by {'those words' if ' ' in words else 'it'}"
        return f'"{words}" isn\'t a family of codes known here, and no code {that} {span.text} {found}.'
    number, noun, verb = f"{len(hits):,}", "codes", "were "
    if len(hits) == 1:
        noun, verb = "code", "was "
    if happened == "ended":
        verb = ""
    named = f": {join_words([hit.code for hit in hits[:_CODES_NAMED]])}" if len(hits) <= _CODES_NAMED else ""
    return f'{number} {noun} for "{words}" {verb}{happened} {span.text}{named}.'

"""The codes of an item whose changes are asked about ("wheelchair codes added since 2024"), found by its words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.parts.change_lists.dated_changes import Span
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.questions.question import Question
from hcpcs.questions.words.common_words import common_words
from hcpcs.records.change_kinds import ChangeKind
from hcpcs.records.families.code_families import NamedFamily
from hcpcs.records.fields import long_date
from hcpcs.search_port import Confidence, Filters, Hit

_HITS_READ: Final = 500
"""Maximum hits of a search that are taken as codes of an item."""
_LOOSE: Final = frozenset({"lay", "repair"})
"""Reasons of which one of a single word is not enough: "mobility" is in lay words a portable suction pump."""
_ADDED: Final = frozenset({ChangeKind.ADDED})
_LATEST_NAMED: Final = 3
"""Maximum codes that are named as the latest ones of an item."""


class ItemCodes(NamedTuple):
    """The codes of an item as a family; ``partial`` says that more codes than are read were found by its words."""

    family: NamedFamily
    partial: bool = False

    @property
    def notice(self) -> str:
        """How the codes were found, and that there may be others."""
        if self.partial:
            return f"Found by their words, of which the first {_HITS_READ} codes were read. Others may fit, too."
        return "Found by the words of their descriptions, so others may fit, too."


class LatestCodes(NamedTuple):
    """A sentence on the latest codes of an item, blank without a day; whether any is found; and these codes."""

    text: str
    found: bool
    codes: tuple[str, ...] = ()


def names_item(question: Question) -> bool:
    """Whether the changes of an item in words are asked about, and the words are not only chat ("should I tell")."""
    words = question.words.lower().split()
    return bool(words) and not common_words("verbs", "others").issuperset(words)


def codes_of_item(context: AnswerContext, span: Span | None = None) -> ItemCodes:
    """The codes that have all of an item's words, of which there may be none; with a ``span`` those of that time."""
    question = context.question
    anytime = question.filters.model_copy(update={"added_since": None, "active": None})
    best = context.index.search(question.words, filters=anytime, limit=1)
    if not best.hits or best.confidence is not Confidence.HIGH:
        return ItemCodes(NamedFamily(question.words, ()))
    reasons = {why.word for why in best.hits[0].why}
    single = frozenset(word for word in reasons if " " not in word) or frozenset(reasons)
    results = [context.index.search(question.words, filters=one, limit=_HITS_READ) for one in _each(context, span)]
    hits = [hit for result in results for hit in result.hits]
    codes = {hit.code for hit in hits if _is_of_the_item(hit, question.words, single)}
    found_by = {part.lower() for reason in reasons for part in reason.split()}
    words = " ".join(word for word in question.words.split() if word.lower() in found_by) or question.words
    noun = "codes" if question.filters.kind is None else "modifiers"
    family = NamedFamily(words, tuple(sorted(codes)), f'{noun} for "{words}"')
    return ItemCodes(family, any(result.total > len(result.hits) for result in results))


def _each(context: AnswerContext, span: Span | None) -> Iterator[Filters]:
    """The filters of the searches for the codes of an item in a time."""
    question = context.question
    anytime = question.filters.model_copy(update={"added_since": None, "active": None})
    if span is None or question.change_kinds != _ADDED:
        yield anytime
    else:
        yield anytime.model_copy(update={"added_since": span.first})
    if span is not None and question.change_kinds != _ADDED:
        # Ended codes rank below all others, which may fill every hit that is read.
        yield anytime.model_copy(update={"active": False})


def _is_of_the_item(hit: Hit, words: str, single: frozenset[str]) -> bool:
    """Whether a hit has each of the words by itself, or is found by all of them together."""
    whole = any(why.word.lower() == words.lower() for why in hit.why)
    sure = any(why.rule not in _LOOSE or " " in f"{why.word}{why.matched}" for why in hit.why)
    return sure and (whole or single <= {why.word for why in hit.why})


def latest_of_item(context: AnswerContext) -> LatestCodes:
    """The codes of an item that were added last, or that ended last where ended codes are asked about."""
    ended = ChangeKind.DISCONTINUED in context.question.change_kinds
    dated = context.catalog.dated_codes.by_code
    # A span makes the search read ended codes of their own.
    codes = codes_of_item(context, Span(date.min, date.max) if ended else None).family.prefixes
    days = {code: day for code in codes if (day := dated[code].ended if ended else dated[code].added) is not None}
    if not days:
        return LatestCodes("", bool(codes))
    latest = max(days.values())
    newest = tuple(code for code, day in days.items() if day == latest)
    named = join_words(newest) if len(newest) <= _LATEST_NAMED else f"{len(newest)} codes"
    happened = "ended" if ended else "added"
    return LatestCodes(f"The latest found by those words: {named}, {happened} on {long_date(latest)}.", True, newest)

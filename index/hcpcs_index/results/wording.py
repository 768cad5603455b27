"""The wording of the best matches: how closely their descriptions follow the query, and what they contradict."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from hcpcs_index.inverted_index.negations import NOTHING_NEGATED
from hcpcs_index.inverted_index.postings import Ranked
from hcpcs_index.inverted_index.search_table import SearchTable
from hcpcs_index.query.concepts import ParsedQuery
from hcpcs_index.results.contradictions import read_signs
from hcpcs_index.search_limits import NEGATED_WINDOW
from hcpcs_index.text.unit_words import asked_units, stated_units
from hcpcs_index.weights import (
    ADJACENT_BONUS,
    EXACT_BONUS,
    HEAD_MEANT_BONUS,
    HEAD_NOUN_BONUS,
    OTHER_UNIT_FACTOR,
    SAME_UNIT_FACTOR,
    SAME_UNIT_SHARE,
    UNASKED_PART_FACTOR,
    WORDING_WINDOW,
)

_ORTHOSIS: Final = "orthosi"
_BODY_PARTS: Final = frozenset(
    "hip knee ankl foot shoulder elbow wrist hand finger cervic thorac lumbar sacral".split()
)
"""Stems of the parts of the body that orthoses are named by."""


class Wording:
    """The wording of the records of one search table."""

    def __init__(self, table: SearchTable) -> None:
        self._stems = table.stems
        self._heads = table.heads
        self._negations = table.negations
        self._long = table.long

    def rerank(self, ranked: Ranked, query: ParsedQuery, exact: Sequence[int]) -> Ranked:
        """The documents, the top ones in the order of their scores times how closely they follow the query.

        ``exact`` are the documents whose short description is the query.
        """
        words, nouns = query.words, query.last_meaning
        if len(ranked) < 2 or not (exact or nouns or len(words) > 1):
            return ranked
        pairs = [f" {first.stem} {second.stem} " for first, second in pairwise(words)]
        meant = query.meanings
        signs = read_signs(query)
        compared = signs.explicit or bool(signs.opposites)
        units, braced = asked_units(query.text), _BODY_PARTS & meant
        window = wording_window(query)
        stems, heads, negations = self._stems, self._heads, self._negations
        top: Ranked = []
        for score, negative in ranked[:window]:
            number = -negative
            factor = 1.0
            head = heads[number].split()
            if head:
                meant_words = 0
                for stem in head:
                    if stem in meant:
                        meant_words += 1
                factor += HEAD_MEANT_BONUS * meant_words / len(head)
                if head[-1] in nouns:
                    factor += HEAD_NOUN_BONUS
                if braced and head[-1] == _ORTHOSIS:
                    score *= UNASKED_PART_FACTOR ** len(_BODY_PARTS.intersection(head) - braced)
            if pairs:
                text = stems[number]
                for pair in pairs:
                    if pair in text:
                        factor += ADJACENT_BONUS
            negated = negations[number]
            if compared or (negated is not NOTHING_NEGATED and signs.negated_by(negated)):
                score *= signs.factor(self._long[number], negated)
            top.append((score * (factor + EXACT_BONUS if number in exact else factor), negative))
        if units:
            top = self._by_unit(top, units)
        top.sort(reverse=True)
        return top + ranked[window:]

    def _by_unit(self, top: Ranked, asked: frozenset[str]) -> Ranked:
        """Documents in the order of the billing unit asked for, if one that matches about as much states it."""
        stated = [stated_units(self._long[-negative]) for _, negative in top]
        scored = [
            (score * (_unit_factor(asked, units) if units else 1.0), number)
            for (score, number), units in zip(top, stated, strict=True)
        ]
        same = [score for (score, _), units in zip(top, stated, strict=True) if not asked.isdisjoint(units)]
        return scored if max(same, default=0.0) >= SAME_UNIT_SHARE * max(score for score, _ in top) else top


def _unit_factor(asked: frozenset[str], stated: frozenset[str]) -> float:
    return OTHER_UNIT_FACTOR if asked.isdisjoint(stated) else SAME_UNIT_FACTOR


def wording_window(query: ParsedQuery) -> int:
    """The number of top records whose wording is compared."""
    return NEGATED_WINDOW if query.negates else WORDING_WINDOW

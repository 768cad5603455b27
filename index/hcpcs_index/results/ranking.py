"""The order of the matches: records that match the whole query first, then those that match part of it.

A record's score is the sum of its concepts' scores, times its prior (active, specific, a procedure), times how
closely its wording follows the query. Records that match only some concepts are added while few match all; their
score falls with the weight of the concepts that they lack.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from heapq import nlargest
from itertools import islice, pairwise
from typing import NamedTuple

from hcpcs_index.inverted_index.postings import Scores, conjunction, disjunction, heads, shared_documents
from hcpcs_index.inverted_index.search_table import SearchTable
from hcpcs_index.query.concepts import Concept, ParsedQuery
from hcpcs_index.query.filters import Allowed
from hcpcs_index.weights import (
    ADJACENT_BONUS,
    COMPLETION_DEPTH,
    COVERAGE_POWER,
    EXACT_BONUS,
    MAX_PARTIAL_MATCHES,
    MIN_FULL_MATCHES,
    MIN_PARTIAL_SCORE,
    MODIFIER_PRIOR,
    SELDOM_BILLED_PREFIXES,
    SELDOM_BILLED_PRIOR,
    TERMINATED_PRIOR,
    UNCLASSIFIED_PRIOR,
    WORDING_WINDOW,
)

Ranked = list[tuple[float, int]]
"""Scores with document numbers, best first. The numbers are negative, so that sorting puts ties in code order."""


class RankedDocuments(NamedTuple):
    """The matches of a query: at least as many as were asked for, best first, and the number of all."""

    ranked: list[tuple[int, float]]
    total: int


class Ranker:
    """Ranks the documents of one search table, on one day."""

    def __init__(self, table: SearchTable, active: Allowed) -> None:
        self._texts = table.stems
        self._priors = [
            _code_prior(code) * (1.0 if number in active else TERMINATED_PRIOR)
            for number, code in enumerate(table.codes)
        ]
        self._specific_priors = [
            prior * (UNCLASSIFIED_PRIOR if number in table.unclassified else 1.0)
            for number, prior in enumerate(self._priors)
        ]
        self._by_short_stems: dict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(table.stems):
            self._by_short_stems[text[: text.index("|")]].append(number)

    def rank(self, query: ParsedQuery, allowed: Allowed | None, count: int) -> RankedDocuments:
        """The best documents of a query among those allowed: ``count`` of them or a few more, or all that match."""
        concepts = query.concepts
        if query.completions or query.name_completions:
            return self._rank_completions(query, count)
        if not concepts:
            return RankedDocuments([], 0)
        priors = self._priors if any(concept.asks_noc for concept in concepts) else self._specific_priors
        count = max(count, WORDING_WINDOW)
        if query.any_of:
            return self._rank_any(concepts, priors, allowed, count)
        if len(concepts) == 1 and not concepts[0].parts:
            matches = concepts[0].matches
            total = len(matches) if allowed is None else len(allowed & matches.keys())
            return RankedDocuments(self._apply_wording(_walk(matches, priors, allowed, count), query), total)
        matches = conjunction([concept.matches for concept in concepts], allowed)
        full = _best([(score * priors[number], -number) for number, score in matches.items()], count)
        ranked = self._apply_wording(full, query)
        if len(matches) >= MIN_FULL_MATCHES:
            return RankedDocuments(ranked, len(matches))
        partial = self._rank_partial(concepts, priors, matches, allowed)
        best = max([score for score, _ in [*full[:1], *partial[:1]]], default=0.0)
        partial = [pair for pair in partial if pair[0] >= MIN_PARTIAL_SCORE * best]
        return RankedDocuments(ranked + self._apply_wording(partial, query), len(matches) + len(partial))

    def _rank_any(
        self, concepts: Sequence[Concept], priors: Sequence[float], allowed: Allowed | None, count: int
    ) -> RankedDocuments:
        lists = [concept.matches for concept in concepts]
        union = set().union(*lists)
        ranked = disjunction(lists, count, allowed, priors)
        return RankedDocuments(ranked, len(union if allowed is None else union & allowed))

    def _rank_partial(
        self, concepts: Sequence[Concept], priors: Sequence[float], full: Mapping[int, float], allowed: Allowed | None
    ) -> Ranked:
        """The best documents that match some concepts but not all, by score and share of the weight matched."""
        weighted = [(concept.partial_matches, concept.weight) for concept in concepts]
        total_weight = sum([weight for _, weight in weighted])
        shared = shared_documents([scores for scores, _ in weighted])
        partial: Ranked = []
        for number in shared:
            if number not in full and (allowed is None or number in allowed):
                score = matched_weight = 0.0
                for scores, weight in weighted:
                    if number in scores:
                        score += scores[number]
                        matched_weight += weight
                coverage = (matched_weight / total_weight) ** COVERAGE_POWER
                partial.append((score * coverage * priors[number], -number))
        shared.update(full)
        for scores, weight in weighted:
            coverage = (weight / total_weight) ** COVERAGE_POWER
            for number, score in heads(scores, MAX_PARTIAL_MATCHES, shared, allowed, priors):
                partial.append((score * coverage * priors[number], -number))
        return _best(partial, MAX_PARTIAL_MATCHES)

    def _rank_completions(self, query: ParsedQuery, count: int) -> RankedDocuments:
        """Documents for text still being typed: those that match its whole words and any completion of the last.

        If there are none, those that match its whole words. Documents of a name's completions are always added.
        """
        matches: dict[int, float] = {}
        if query.concepts:
            whole = conjunction([concept.matches for concept in query.concepts])
            for completion in reversed(query.completions):
                scores = completion.scores
                matches.update({number: whole[number] + scores[number] for number in whole.keys() & scores.keys()})
            matches = matches or whole
        else:
            for completion in reversed(query.completions):
                matches.update(islice(completion.scores.items(), COMPLETION_DEPTH))
        for completion in reversed(query.name_completions):
            matches.update(completion.scores)
        priors = self._specific_priors
        ranked = _best([(score * priors[number], -number) for number, score in matches.items()], count)
        return RankedDocuments([(-number, score) for score, number in ranked], len(matches))

    def _apply_wording(self, ranked: Ranked, query: ParsedQuery) -> list[tuple[int, float]]:
        """The documents, the top ones reordered by how closely their descriptions follow the query's words."""
        stems = [word.stem for word in query.words]
        exact = self._by_short_stems.get(f" {' '.join(stems)} ", ())
        pairs = [f" {first} {second} " for first, second in pairwise(stems)]
        if not exact and not pairs or len(ranked) < 2:
            return [(-number, score) for score, number in ranked]
        top: Ranked = []
        for score, number in ranked[:WORDING_WINDOW]:
            text = self._texts[-number]
            factor = 1.0
            for pair in pairs:
                if pair in text:
                    factor += ADJACENT_BONUS
            top.append((score * (factor + EXACT_BONUS if -number in exact else factor), number))
        top.sort(reverse=True)
        return [(-number, score) for score, number in top + ranked[WORDING_WINDOW:]]


def _code_prior(code: str) -> float:
    if len(code) == 2:
        return MODIFIER_PRIOR
    return SELDOM_BILLED_PRIOR if code.startswith(SELDOM_BILLED_PREFIXES) else 1.0


def _walk(scores: Scores, priors: Sequence[float], allowed: Allowed | None, count: int) -> Ranked:
    """The best of one list, walked from its highest score until no later document can be among them."""
    best: Ranked = []
    threshold = 0.0
    for number, score in scores.items():
        if len(best) >= count and score < threshold:
            break
        if allowed is None or number in allowed:
            best.append((score * priors[number], -number))
            if len(best) % count == 0:
                best = nlargest(count, best)
                threshold = best[-1][0]
    return _best(best, count)


def _best(scored: Ranked, count: int) -> Ranked:
    if len(scored) > 4 * count:
        return nlargest(count, scored)
    scored.sort(reverse=True)
    return scored[:count]

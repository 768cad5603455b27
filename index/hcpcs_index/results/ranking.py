"""The order of the matches: records that match the whole query first, then those that match part of it.

A record's score is the sum of its concepts' scores, times its prior (active, specific, a procedure), times how
closely its wording follows the query. Records that match only some concepts are added while few match all; their
score falls with the weight of the concepts that they lack.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from heapq import nlargest
from itertools import islice, pairwise
from typing import NamedTuple

from hcpcs_index.inverted_index.postings import Scores, conjunction, disjunction, heads, shared_documents
from hcpcs_index.inverted_index.search_table import SearchTable
from hcpcs_index.query.concepts import CODE, Concept, ParsedQuery
from hcpcs_index.query.filters import Allowed
from hcpcs_index.results.contradictions import negates, read_signs
from hcpcs_index.results.priors import Priors
from hcpcs_index.weights import (
    ADJACENT_BONUS,
    COMPLETION_DEPTH,
    COVERAGE_POWER,
    ENDED_MATCH_FACTOR,
    EXACT_BONUS,
    HEAD_MEANT_BONUS,
    HEAD_NOUN_BONUS,
    MAX_ACTIVE_CHECKED,
    MAX_PARTIAL_MATCHES,
    MIN_FULL_MATCHES,
    MIN_PARTIAL_SCORE,
    NEGATED_WINDOW,
    PARTIAL_FACTOR,
    PHRASE_PART_FACTOR,
    TERMINATED_PRIOR,
    WORDING_WINDOW,
)

Ranked = list[tuple[float, int]]
"""Scores with document numbers, best first. The numbers are negated, so that sorting puts ties in code order."""


class RankedDocuments(NamedTuple):
    """The matches of a query: document numbers with scores, best first, and the total number of matches.

    ``ranked`` has at least as many as were asked for, or all of them.
    """

    ranked: list[tuple[int, float]]
    total: int


class Ranker:
    """Ranks the documents of one search table, on one day."""

    def __init__(self, table: SearchTable, active: Allowed) -> None:
        self._texts = table.stems
        self._active = active
        self._heads = table.heads
        self._codes = table.codes
        self._long = table.long
        self._negates = lru_cache(maxsize=None)(lambda number: negates(table.long[number]))
        self._priors = Priors(table, active)
        self._by_short_stems: dict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(table.stems):
            self._by_short_stems[text[: text.index("|")]].append(number)

    def rank(self, query: ParsedQuery, allowed: Allowed | None, count: int) -> RankedDocuments:
        """The best documents of a query among those allowed: ``count`` of them or a few more, or all that match."""
        documents = self._rank_words(query, allowed, count)
        items = {
            number: score
            for item in query.items
            for number, score in item.scores.items()
            if number in self._active and (allowed is None or number in allowed)
        }
        if not items:
            return documents
        rest = [pair for pair in documents.ranked if pair[0] not in items]
        listed = {number for number, _ in documents.ranked}
        essential = [concept.matches for concept in query.concepts if not concept.optional]
        added = sum(
            number not in listed and not (essential and all(number in matches for matches in essential))
            for number in items
        )
        return RankedDocuments([*items.items(), *rest], documents.total + added)

    def _rank_words(self, query: ParsedQuery, allowed: Allowed | None, count: int) -> RankedDocuments:
        concepts = query.asked
        if query.completions or query.name_completions:
            return self._rank_completions(query, count)
        if not concepts:
            return RankedDocuments([], 0)
        priors = self._priors.of_query(query)
        count = max(count, _window(query))
        if query.any_of:
            return self._rank_any(concepts, priors, allowed, count)
        if len(concepts) == 1 and not concepts[0].parts:
            matches = concepts[0].matches
            total = len(matches) if allowed is None else len(allowed & matches.keys())
            walked = _walk(matches, priors, allowed, count)
            return RankedDocuments(self._apply_wording(self._add_named(walked, query, matches, allowed), query), total)
        matches = self._full_matches(concepts, allowed)
        full = _best([(score * priors[number], -number) for number, score in matches.items()], count)
        if len(matches) >= MIN_FULL_MATCHES and self._any_active(matches):
            named = self._add_named(full, query, matches, allowed)
            return RankedDocuments(self._apply_wording(named, query), len(matches))
        partial = self._rank_partial(concepts, priors, matches, allowed)
        best = max([score for score, _ in [*full[:1], *partial[:1]]], default=0.0)
        partial = [
            (PARTIAL_FACTOR * score, number)
            for score, number in partial
            if score >= MIN_PARTIAL_SCORE * best * (1.0 if -number in self._active else TERMINATED_PRIOR)
        ]
        merged = self._add_named(self._merge(full, partial), query, matches, allowed)
        return RankedDocuments(self._apply_wording(merged, query), len(matches) + len(partial))

    def _merge(self, full: Ranked, partial: Ranked) -> Ranked:
        """Full and partial matches in one order: a code that ended stands below every active full match.

        It stands above the active partial matches that match far less.
        """
        active = [pair for pair in full if -pair[1] in self._active]
        least = active[-1][0] if active else float("inf")
        rise = ENDED_MATCH_FACTOR / TERMINATED_PRIOR
        ended = [(min(score * rise, least), number) for score, number in full if -number not in self._active]
        return sorted([*active, *ended, *partial], reverse=True)

    @staticmethod
    def _full_matches(concepts: Sequence[Concept], allowed: Allowed | None) -> dict[int, float]:
        """The documents that match every concept, or at least those that name something ("machine" does not)."""
        essential = [concept for concept in concepts if not concept.optional]
        matches = conjunction([concept.matches for concept in essential or concepts], allowed)
        if essential and len(essential) < len(concepts):
            for concept in concepts:
                if concept.optional:
                    for number in matches:
                        if number in concept.matches:
                            matches[number] += concept.matches[number]
        return matches

    def _add_named(
        self, ranked: Ranked, query: ParsedQuery, matches: Mapping[int, float], allowed: Allowed | None
    ) -> Ranked:
        """The documents, with those that the query names by code or by the whole short description at the front.

        A code is named whether it is active or not; a short description of a code that ended only if no active
        document has all of its words.
        """
        by_code = [
            number
            for concept in query.concepts
            for alternative in concept.alternatives
            if alternative.rule == CODE
            for number in alternative.scores
        ]
        # "Lidocaine injection" is the whole short description of J2001, which ended, but J2003 has the words as well.
        same = self._same_as_short(query)
        by_words = () if same and self._any_active(matches) else same
        named = {number for number in (*by_code, *by_words) if number in matches}
        named -= self._active
        if not named:
            return ranked
        front = sorted((matches[number], -number) for number in named if allowed is None or number in allowed)
        return front[::-1] + [pair for pair in ranked if -pair[1] not in named]

    def _any_active(self, matches: Iterable[int]) -> bool:
        """Whether one of the documents is active, of the first that are checked."""
        return any(map(self._active.__contains__, islice(matches, MAX_ACTIVE_CHECKED)))

    def _same_as_short(self, query: ParsedQuery) -> Sequence[int]:
        """The documents whose short description is the query."""
        return self._by_short_stems.get(f" {' '.join([word.stem for word in query.words])} ", ())

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
        # Each concept's documents, those that match the whole of it, and what either share of its weight is worth.
        total_weight = sum([concept.weight for concept in concepts])
        weighted = [
            (concept.partial_matches, concept.matches, share, PHRASE_PART_FACTOR * share)
            for concept in concepts
            if (share := concept.weight / total_weight)
        ]
        shared = shared_documents([scores for scores, *_ in weighted])
        partial: Ranked = []
        for number in shared - full.keys() if allowed is None else (shared - full.keys()) & allowed:
            score = matched = 0.0
            for scores, whole, share, part in weighted:
                value = scores.get(number)
                if value is not None:
                    score += value
                    matched += share if whole is scores or number in whole else part
            partial.append((score * matched**COVERAGE_POWER * priors[number], -number))
        shared.update(full)
        for scores, whole, share, part in weighted:
            for number, score in heads(scores, MAX_PARTIAL_MATCHES, shared, allowed, priors):
                matched = share if number in whole else part
                partial.append((score * matched**COVERAGE_POWER * priors[number], -number))
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
        priors = self._priors.plain
        typed = query.words[-1].surface.upper()
        # A whole code is named, whether it is active or not.
        ranked = _best(
            [
                (score * (1.0 if self._codes[number] == typed else priors[number]), -number)
                for number, score in matches.items()
            ],
            count,
        )
        return RankedDocuments([(-number, score) for score, number in ranked], len(matches))

    def _apply_wording(self, ranked: Ranked, query: ParsedQuery) -> list[tuple[int, float]]:
        """The documents, the top ones reordered by how closely their descriptions follow the query's words."""
        stems = [word.stem for word in query.words]
        exact = self._same_as_short(query)
        if exact and ranked and -ranked[0][1] in self._active:
            exact = [number for number in exact if number in self._active]
        pairs = [f" {first} {second} " for first, second in pairwise(stems)]
        nouns = query.last_meaning
        meant = query.meanings
        if not exact and not pairs and not nouns or len(ranked) < 2:
            return [(-number, score) for score, number in ranked]
        signs = read_signs(query)
        window = _window(query)
        top: Ranked = []
        for score, number in ranked[:window]:
            text = self._texts[-number]
            head = self._heads[-number].split()
            factor = 1.0
            if head:
                factor += HEAD_MEANT_BONUS * sum(map(meant.__contains__, head)) / len(head)
                if head[-1] in nouns:
                    factor += HEAD_NOUN_BONUS
            for pair in pairs:
                if pair in text:
                    factor += ADJACENT_BONUS
            description = self._long[-number]
            if signs.explicit or self._negates(-number) or signs.opposed_by(description):
                score *= signs.factor(description)
            top.append((score * (factor + EXACT_BONUS if -number in exact else factor), number))
        top.sort(reverse=True)
        return [(-number, score) for score, number in top + ranked[window:]]


def _window(query: ParsedQuery) -> int:
    """The number of top records whose wording is compared."""
    return NEGATED_WINDOW if query.negates else WORDING_WINDOW


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

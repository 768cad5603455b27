"""The order of the matches: records that match the whole query first, then those that match part of it.

A record's score is the sum of its concepts' scores, times its prior (active, specific, a procedure), times how
closely its wording follows the query. Records that match only some concepts are added while few match all; their
score falls with the weight of the concepts that they lack.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from hcpcs_index.inverted_index.postings import Ranked, add_head, best, conjunction, disjunction, shared_documents
from hcpcs_index.inverted_index.search_table import SearchTable
from hcpcs_index.inverted_index.short_descriptions import ShortDescriptions
from hcpcs_index.query.code_words import is_code_prefix
from hcpcs_index.query.concepts import CODE, RANGE, Concept, ParsedQuery
from hcpcs_index.query.filters import Allowed
from hcpcs_index.results.priors import Priors
from hcpcs_index.results.wording import Wording, wording_window
from hcpcs_index.search_limits import ITEM_WITHIN_RANK, MAX_ACTIVE_CHECKED
from hcpcs_index.weights import (
    COMPLETION_DEPTH,
    COVERAGE_POWER,
    ENDED_MATCH_FACTOR,
    MAX_PARTIAL_MATCHES,
    MIN_FULL_MATCHES,
    MIN_PARTIAL_SCORE,
    PARTIAL_FACTOR,
    PHRASE_PART_FACTOR,
    TERMINATED_PRIOR,
)


class RankedDocuments(NamedTuple):
    """The matches of a query: document numbers with scores, best first, and the total number of matches.

    ``ranked`` has at least as many as were asked for, or all of them.
    """

    ranked: list[tuple[int, float]]
    total: int


class Ranker:
    """Ranks the documents of one search table, on one day."""

    def __init__(self, table: SearchTable, active: Allowed) -> None:
        self._active = active
        self._wording = Wording(table)
        self._priors = Priors(table, active)
        self._short = ShortDescriptions(table.stems, table.by_stems)

    def rank(self, query: ParsedQuery, allowed: Allowed | None, count: int) -> RankedDocuments:
        """The best documents of a query among those allowed: ``count`` of them or a few more, or all that match."""
        documents = self._rank_words(query, allowed, count)
        if query.items_within:
            documents = self._add_items_within(documents, query, allowed)
        if not query.items:
            return documents
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

    def _add_items_within(
        self, documents: RankedDocuments, query: ParsedQuery, allowed: Allowed | None
    ) -> RankedDocuments:
        """The documents with those of the item that the query names moved up to ``ITEM_WITHIN_RANK``."""
        ranked = documents.ranked
        first = [number for number, _ in ranked[:ITEM_WITHIN_RANK]]
        added = [
            number
            for item in query.items_within
            for number in item.scores
            if number not in first and number in self._active and (allowed is None or number in allowed)
        ]
        if not added or len(ranked) < ITEM_WITHIN_RANK:
            return documents
        place = ITEM_WITHIN_RANK - len(added)
        score = ranked[place][1]
        listed = {number for number, _ in ranked}
        rest = [pair for pair in ranked[place:] if pair[0] not in added]
        moved = [*ranked[:place], *((number, score) for number in added), *rest]
        return RankedDocuments(moved, documents.total + sum(number not in listed for number in added))

    def _rank_words(self, query: ParsedQuery, allowed: Allowed | None, count: int) -> RankedDocuments:
        concepts = query.asked
        if query.completions or query.name_completions:
            return self._rank_completions(query, count)
        if not concepts:
            return RankedDocuments([], 0)
        priors = self._priors.of_query(query)
        count = max(count, wording_window(query))
        if query.any_of:
            return self._rank_any(concepts, priors, allowed, count)
        if len(concepts) == 1 and not concepts[0].parts:
            matches = concepts[0].matches
            if allowed is None:
                return self._compare_wording(add_head([], matches, count, priors=priors), query, matches, len(matches))
            numbers = allowed & matches.keys()
            walked = best([(matches[number] * priors[number], -number) for number in numbers], count)
            return self._compare_wording(walked, query, matches, len(numbers), allowed)
        matches = self._full_matches(concepts, allowed)
        full = best([(score * priors[number], -number) for number, score in matches.items()], count)
        if len(matches) >= MIN_FULL_MATCHES and self._any_active(matches):
            return self._compare_wording(full, query, matches, len(matches), allowed)
        partial = self._rank_partial(concepts, priors, matches, allowed)
        highest = max([score for score, _ in [*full[:1], *partial[:1]]], default=0.0)
        least = MIN_PARTIAL_SCORE * highest
        partial = [
            (PARTIAL_FACTOR * score, number)
            for score, number in partial
            if score >= least or (score >= least * TERMINATED_PRIOR and -number not in self._active)
        ]
        merged = self._merge(full, partial)
        return self._compare_wording(merged, query, matches, len(matches) + len(partial), allowed)

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

    def _compare_wording(
        self,
        ranked: Ranked,
        query: ParsedQuery,
        matches: Mapping[int, float],
        total: int,
        allowed: Allowed | None = None,
    ) -> RankedDocuments:
        """The documents by their wording, with those that the query names at the front."""
        same = self._short.same(f" {' '.join([word.stem for word in query.words])} ")
        named = self._named(query, same, matches, allowed)
        if named:
            front = sorted([(matches[number], -number) for number in named], reverse=True)
            ranked = front + [pair for pair in ranked if -pair[1] not in named]
        if same and ranked and -ranked[0][1] in self._active:
            same = [number for number in same if number in self._active]
        ranked = self._wording.rerank(ranked, query, same)
        return RankedDocuments([(-number, score) for score, number in ranked], total)

    def _named(
        self, query: ParsedQuery, same: Sequence[int], matches: Mapping[int, float], allowed: Allowed | None
    ) -> set[int]:
        """The ended codes that the query names, by code or by the whole short description, as those in ``same``.

        A short description names an ended code only if no active document has all of its words.
        """
        by_code = [number for concept in query.concepts for number in concept.codes]
        if not by_code and not same:
            return set()
        # "Lidocaine injection" is the whole short description of J2001, which ended, but J2003 has the words as well.
        by_words = () if same and self._any_active(matches) else same
        return {
            number
            for number in (*by_code, *by_words)
            if number in matches and number not in self._active and (allowed is None or number in allowed)
        }

    def _any_active(self, matches: Iterable[int]) -> bool:
        """Whether one of the documents is active, of the first that are checked."""
        return any(map(self._active.__contains__, islice(matches, MAX_ACTIVE_CHECKED)))

    def _rank_any(
        self, concepts: Sequence[Concept], priors: Sequence[float], allowed: Allowed | None, count: int
    ) -> RankedDocuments:
        lists = [concept.matches for concept in concepts]
        union = set().union(*lists)
        ranked = disjunction(lists, count, allowed, priors)
        total = len(union if allowed is None else union & allowed)
        return RankedDocuments([(-number, score) for score, number in ranked], total)

    def _rank_partial(
        self, concepts: Sequence[Concept], priors: Sequence[float], full: Mapping[int, float], allowed: Allowed | None
    ) -> Ranked:
        """The best documents that match some concepts but not all, by score and share of the weight matched."""
        # Each concept's documents, those that match the whole of it, and what either share of its weight is worth.
        total_weight = sum([concept.weight for concept in concepts])
        weighted = [
            (concept.partial_matches, concept.matches, share, PHRASE_PART_FACTOR * share)
            for concept in concepts
            for share in (concept.weight / total_weight,)
        ]
        # A record that only has a number or a word such as "machine" is not what "Opdivo 240" asks for. One that states
        # a range with the amount is: "TPN 80 g protein".
        alone = [
            pair
            for pair, concept in zip(weighted, concepts, strict=True)
            if not concept.optional or concept.alternatives[0].rule == RANGE
        ] or weighted
        shared = shared_documents([scores for scores, *_ in weighted])
        partial: Ranked = []
        for number in shared.difference(full) if allowed is None else shared.difference(full) & allowed:
            score = matched = 0.0
            for scores, whole, share, part in weighted:
                value = scores.get(number)
                if value is not None:
                    score += value
                    matched += share if whole is scores or number in whole else part
            partial.append((score * matched**COVERAGE_POWER * priors[number], -number))
        count = MAX_PARTIAL_MATCHES
        partial = best(partial, count)
        shared.update(full)
        # The rarest word first: the lists of the others are hardly read then.
        for scores, whole, share, part in sorted(alone, key=itemgetter(2), reverse=True):
            if scores is not whole:
                wholly = whole.keys() if allowed is None else whole.keys() & allowed
                partial = add_head(partial, scores, count, shared, wholly, priors, share**COVERAGE_POWER)
                partial = add_head(partial, scores, count, shared | whole.keys(), allowed, priors, part**COVERAGE_POWER)
            else:
                partial = add_head(partial, scores, count, shared, allowed, priors, share**COVERAGE_POWER)
        return partial

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
        surface = query.words[-1].surface
        priors = self._priors.of_query(query) if is_code_prefix(surface) else self._priors.plain
        # A whole code is named, whether it is active or not.
        codes = [number for completion in query.completions if completion.rule == CODE for number in completion.scores]
        ranked = best(
            [(score if number in codes else score * priors[number], -number) for number, score in matches.items()],
            count,
        )
        return RankedDocuments([(-number, score) for score, number in ranked], len(matches))

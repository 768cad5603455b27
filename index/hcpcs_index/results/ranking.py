"""The order of the records found: all words before some, then how well they are said and what the record is.

A record's score is the sum of its concepts' scores, times what the record is (in use, specific, a procedure), times
how it says them (side by side, as its very description). Records that say only some of the words come after those
that say all, weighed by how telling the words are that they say, and only while few say all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from heapq import nlargest
from itertools import islice, pairwise
from typing import Final, NamedTuple

from hcpcs_index.inverted_index.postings import Scores, conjunction, disjunction, heads, held_by_two
from hcpcs_index.inverted_index.search_table import SearchTable
from hcpcs_index.query.concepts import Concept, ParsedQuery
from hcpcs_index.query.filters import Allowed

ENOUGH: Final = 3
"""Records that say only some of the words are added while fewer than this say all."""
SOME: Final = 10
"""So many of them at most."""
WORTH: Final = 0.1
"""And only with so much of the best one's score."""
WINDOW: Final = 15
"""So many of the best are looked at for how they say the words."""
COVERAGE_POWER: Final = 1.5
"""How steeply a record falls with the weight of the words that it doesn't say."""
HEADS: Final = 20
"""Of each ending of a word that is begun, so many of its best records take part where nothing else was typed."""

TERMINATED: Final = 0.4
UNCLASSIFIED: Final = 0.75
MODIFIER: Final = 0.7
RARELY_MEANT: Final = {"S": 0.85, "G8": 0.8, "G9": 0.8, "M1": 0.8}
"""Codes that Medicare doesn't know (S) and quality measures come after codes that say the words as well."""
EXACT: Final = 4.0
ADJACENT: Final = 0.06

Ranked = list[tuple[float, int]]
"""Scores with the documents, best first; documents are negative, so that ties stand in code order."""


class RankedDocuments(NamedTuple):
    """What a reading finds: as many documents as were asked for, best first, and the number of all."""

    ranked: list[tuple[int, float]]
    total: int


class Ranker:
    """Ranks documents of one table on one day."""

    def __init__(self, table: SearchTable, active: Allowed) -> None:
        modifiers = table.sets["kind"].get("modifier", frozenset())
        self._texts = table.stems
        self._any = [
            (1.0 if number in active else TERMINATED)
            * (MODIFIER if number in modifiers else RARELY_MEANT.get(code[0], RARELY_MEANT.get(code[:2], 1.0)))
            for number, code in enumerate(table.codes)
        ]
        self._specific = [
            prior * (UNCLASSIFIED if number in table.unclassified else 1.0) for number, prior in enumerate(self._any)
        ]
        self._by_short: dict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(table.stems):
            self._by_short[text[: text.index("|")]].append(number)

    def rank(self, reading: ParsedQuery, allowed: Allowed | None, need: int) -> RankedDocuments:
        """The best documents of a reading, at least ``need`` if there are so many, of those allowed."""
        concepts = reading.concepts
        if reading.begun or reading.named:
            return self._complete(reading, need)
        if not concepts:
            return RankedDocuments([], 0)
        asked_for = any(concept.unclassified for concept in concepts)
        priors = self._any if asked_for else self._specific
        need = max(need, WINDOW)
        if reading.any_of:
            return self._any_of(concepts, priors, allowed, need)
        if len(concepts) == 1 and not concepts[0].parts:
            full = concepts[0].full
            total = len(full) if allowed is None else len(allowed & full.keys())
            return RankedDocuments(self._by_wording(_walk(full, priors, allowed, need), reading), total)
        every = conjunction([concept.full for concept in concepts], allowed)
        complete = _best([(score * priors[number], -number) for number, score in every.items()], need)
        ranked = self._by_wording(complete, reading)
        if len(every) >= ENOUGH:
            return RankedDocuments(ranked, len(every))
        some = self._some(concepts, priors, every, allowed)
        best = max([score for score, _ in [*complete[:1], *some[:1]]], default=0.0)
        some = [pair for pair in some if pair[0] >= WORTH * best]
        return RankedDocuments(ranked + self._by_wording(some, reading), len(every) + len(some))

    def _any_of(
        self, concepts: Sequence[Concept], priors: Sequence[float], allowed: Allowed | None, need: int
    ) -> RankedDocuments:
        lists = [concept.full for concept in concepts]
        held = set().union(*lists)
        ranked = disjunction(lists, need, allowed, priors)
        return RankedDocuments(ranked, len(held if allowed is None else held & allowed))

    def _some(
        self, concepts: Sequence[Concept], priors: Sequence[float], every: Mapping[int, float], allowed: Allowed | None
    ) -> Ranked:
        """The best documents that say some concepts but not all, weighed by the share of the words that they say."""
        weighed = [(concept.loose, concept.weight) for concept in concepts]
        total = sum([weight for _, weight in weighed])
        several = held_by_two([scores for scores, _ in weighed])
        some: Ranked = []
        for number in several:
            if number not in every and (allowed is None or number in allowed):
                score = said = 0.0
                for scores, weight in weighed:
                    if number in scores:
                        score += scores[number]
                        said += weight
                some.append((score * (said / total) ** COVERAGE_POWER * priors[number], -number))
        several.update(every)
        for scores, weight in weighed:
            share = (weight / total) ** COVERAGE_POWER
            for number, score in heads(scores, SOME, several, allowed, priors):
                some.append((score * share * priors[number], -number))
        return _best(some, SOME)

    def _complete(self, reading: ParsedQuery, need: int) -> RankedDocuments:
        """Documents of text still being typed: those that say its whole words and any ending of the last.

        If there are none, those that its whole words find. What a longer name stands for comes in any case.
        """
        every: dict[int, float] = {}
        if reading.concepts:
            whole = conjunction([concept.full for concept in reading.concepts])
            for way in reversed(reading.begun):
                every.update(
                    {number: whole[number] + way.scores[number] for number in whole.keys() & way.scores.keys()}
                )
            every = every or whole
        else:
            for way in reversed(reading.begun):
                every.update(islice(way.scores.items(), HEADS))
        for way in reversed(reading.named):
            every.update(way.scores)
        priors = self._specific
        ranked = _best([(score * priors[number], -number) for number, score in every.items()], need)
        return RankedDocuments([(-number, score) for score, number in ranked], len(every))

    def _by_wording(self, ranked: Ranked, reading: ParsedQuery) -> list[tuple[int, float]]:
        """The documents, those at the top put in order by how they say the words, too."""
        stems = [word.stem for word in reading.words]
        exact = self._by_short.get(f" {' '.join(stems)} ", ())
        pairs = [f" {first} {second} " for first, second in pairwise(stems)]
        if not exact and not pairs or len(ranked) < 2:
            return [(-number, score) for score, number in ranked]
        texts = self._texts
        top: Ranked = []
        for score, number in ranked[:WINDOW]:
            text = texts[-number]
            gain = 1.0
            for pair in pairs:
                if pair in text:
                    gain += ADJACENT
            top.append((score * (gain + EXACT if -number in exact else gain), number))
        top.sort(reverse=True)
        return [(-number, score) for score, number in top + ranked[WINDOW:]]


def _walk(scores: Scores, priors: Sequence[float], allowed: Allowed | None, need: int) -> Ranked:
    """The best of one list, walked from its highest score until no further one can be among them."""
    best: Ranked = []
    least = 0.0
    for number, score in scores.items():
        if len(best) >= need and score < least:
            break
        if allowed is None or number in allowed:
            best.append((score * priors[number], -number))
            if len(best) % need == 0:
                best = nlargest(need, best)
                least = best[-1][0]
    return _best(best, need)


def _best(scored: Ranked, need: int) -> Ranked:
    if len(scored) > 4 * need:
        return nlargest(need, scored)
    scored.sort(reverse=True)
    return scored[:need]

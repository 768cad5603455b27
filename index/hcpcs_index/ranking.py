"""The order of the records found: all words before some, then how well they are said and what the record is.

A record's score is the sum of its concepts' scores, times what the record is (in use, specific, a procedure), times
how it says them (as its very description, as its head, side by side). Records that say only some of the words come
after those that say all, weighed by how telling the words are that they say, and only while few say all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heappush, heapreplace, nlargest
from itertools import pairwise
from typing import Final, NamedTuple

from hcpcs_index.concepts import Concept, Reading
from hcpcs_index.documents import NOC_WORD
from hcpcs_index.filters import Allowed
from hcpcs_index.postings import Scores, conjunction
from hcpcs_index.table import Table

ENOUGH: Final = 10
"""Records that say only some of the words are added while fewer than this say all."""
SOME: Final = 20
"""So many of them at most."""
WINDOW: Final = 30
"""So many of the best are looked at for how they say the words."""
COVERAGE_POWER: Final = 1.5
"""How steeply a record falls with the weight of the words that it doesn't say."""
PART_OF_PHRASE: Final = 0.9
"""A phrase's words count so much of their share where the phrase is not said."""

TERMINATED: Final = 0.4
UNCLASSIFIED: Final = 0.75
MODIFIER: Final = 0.7

EXACT: Final = 3.0
ADJACENT: Final = 0.06
HEAD: Final = 0.4
FIRST: Final = 0.15
BRIEF: Final = 0.3

Ranked = list[tuple[int, float]]
"""Documents with their scores, best first."""


class Found(NamedTuple):
    """What a reading finds: documents, best first, of which the first ``complete`` say all words."""

    ranked: Ranked
    complete: int


class Ranker:
    """Ranks documents of one table on one day."""

    def __init__(self, table: Table, active: Allowed) -> None:
        modifiers = table.sets["kind"].get("modifier", frozenset())
        self._table = table
        self._priors = [
            (1.0 if number in active else TERMINATED) * (MODIFIER if number in modifiers else 1.0)
            for number in range(len(table.codes))
        ]
        self._specific_first = [
            prior * (UNCLASSIFIED if number in table.unclassified else 1.0) for number, prior in enumerate(self._priors)
        ]
        self._features: dict[int, tuple[frozenset[str], frozenset[str]]] = {}

    def rank(self, reading: Reading, allowed: Allowed | None) -> Found:
        """The documents that say the concepts of a reading, of those allowed."""
        concepts = reading.concepts
        if not concepts:
            return Found([], 0)
        asked = {stem for concept in concepts for way in concept.alternatives for stem in way.stems}
        priors = self._priors if NOC_WORD in asked else self._specific_first
        every = conjunction([concept.full for concept in concepts], allowed)
        ranked = self._order([(number, score * priors[number]) for number, score in every.items()], reading, asked)
        complete = len(ranked)
        if complete < ENOUGH and (len(concepts) > 1 or concepts[0].parts):
            ranked += self._order(self._some(concepts, priors, every, allowed), reading, asked)
        return Found(ranked, complete)

    def _some(
        self, concepts: Sequence[Concept], priors: Sequence[float], every: Mapping[int, float], allowed: Allowed | None
    ) -> Ranked:
        """The best documents that say some concepts but not all, each list walked only as far as it can matter.

        Lists are walked from the most telling one on, highest score first; a document is scored in full when it is
        first met. The walk ends where a document not yet met can't reach the page any more.
        """
        lists = _weighed_lists(concepts)
        total = sum(concept.weight for concept in concepts)
        met: set[int] = set(every)
        best: list[tuple[float, int]] = []
        least = 0.0
        for at, entry in enumerate(lists):
            rest = lists[at:]
            share = (sum(other.weight for other in rest) / total) ** COVERAGE_POWER
            beyond = sum(next(iter(other.scores.values())) for other in rest[1:])
            for number, score in entry.scores.items():
                if len(best) == SOME and (score + beyond) * share <= least:
                    break
                if number in met or (allowed is not None and number not in allowed):
                    continue
                met.add(number)
                value = _partial_score(number, rest, total) * priors[number]
                if len(best) < SOME:
                    heappush(best, (value, -number))
                elif value > least:
                    heapreplace(best, (value, -number))
                least = best[0][0]
        return [(-number, value) for value, number in best]

    def _order(self, scored: Ranked, reading: Reading, asked: set[str]) -> Ranked:
        """The documents in their order: those at the top by how they say the words, too, the others by score."""
        if len(scored) > WINDOW:
            top = nlargest(WINDOW, scored, key=_rank)
            inside = {number for number, _ in top}
            rest = sorted((pair for pair in scored if pair[0] not in inside), key=_rank, reverse=True)
        else:
            top, rest = scored, []
        if len(top) > 1:
            top = self._by_wording(top, reading, asked)
        return top + rest

    def _by_wording(self, top: Ranked, reading: Reading, asked: set[str]) -> Ranked:
        stems = [word.stem for word in reading.words]
        pairs = [f" {first} {second} " for first, second in pairwise(stems)]
        whole = f" {' '.join(stems)} |"
        first = f"| {stems[0]} "
        texts = self._table.stems
        features = self._features
        ordered: Ranked = []
        for number, score in top:
            text = texts[number]
            held = features.get(number)
            if held is None:
                held = features[number] = self._wording(number)
            head, short = held
            gain = 1.0
            if short:
                gain += BRIEF * len(short & asked) / len(short)
            if head:
                gain += HEAD * len(head & asked) / len(head)
            if first in text:
                gain += FIRST
            for pair in pairs:
                if pair in text:
                    gain += ADJACENT
            if text.startswith(whole):
                gain += EXACT
            ordered.append((number, score * gain))
        ordered.sort(key=_rank, reverse=True)
        return ordered

    def _wording(self, number: int) -> tuple[frozenset[str], frozenset[str]]:
        """The stems of a record's head (what it is, without what it is for) and of its short description."""
        short, _, _ = self._table.stems[number].partition("|")
        return frozenset(self._table.heads[number].split()), frozenset(short.split())


class _Weighed(NamedTuple):
    """A posting list with its weight, the place of its concept, and whether it holds the whole concept."""

    scores: Scores
    weight: float
    place: int
    whole: bool


def _weighed_lists(concepts: Sequence[Concept]) -> list[_Weighed]:
    """Every list of the concepts, and of a phrase those of its words, the most telling first."""
    lists: list[_Weighed] = []
    for place, concept in enumerate(concepts):
        lists.append(_Weighed(concept.full, concept.weight, place, whole=True))
        parts = sum(part.weight for part in concept.parts)
        for part in concept.parts:
            weight = concept.weight * PART_OF_PHRASE * part.weight / parts
            lists.append(_Weighed(part.full, weight, place, whole=False))
    return sorted((entry for entry in lists if entry.scores), key=lambda entry: (-entry.weight, not entry.whole))


def _partial_score(number: int, lists: Sequence[_Weighed], total: float) -> float:
    """A document's score by the lists that hold it; a phrase that is said whole counts instead of its words."""
    score = weight = 0.0
    said: set[int] = set()
    for scores, share, place, whole in lists:
        found = scores.get(number)
        if found is not None and place not in said:
            score += found
            weight += share
            if whole:
                said.add(place)
    return score * float((weight / total) ** COVERAGE_POWER)


def _rank(pair: tuple[int, float]) -> tuple[float, int]:
    return pair[1], -pair[0]

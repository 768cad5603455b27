"""What a query is made of once it is understood: concepts, each with every way that a record may say it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log
from typing import Final, NamedTuple

from hcpcs.search import Repair
from hcpcs_index.analysis import Word
from hcpcs_index.postings import NO_SCORES, Scores, impact_order

WORD: Final = "word"
CODE: Final = "code"
PREFIX: Final = "prefix"
REPAIR: Final = "repair"
"""The rules that lead from a word to a record; the kinds of synonyms are the others."""


class Alternative(NamedTuple):
    """One way to say a concept: the rule that leads there, what it says, its stems, and the documents that say it."""

    rule: str
    label: str
    stems: tuple[str, ...]
    scores: Scores


class Concept(NamedTuple):
    """A word or phrase of the query with every way to say it.

    ``full`` holds the documents that say it, each by its best alternative; ``parts`` are the concepts of a phrase's
    words, for documents that hold only some of them; ``weight`` says how telling it is (the rarer the more);
    ``sure`` is false where its meaning was only guessed.
    """

    written: str
    stems: tuple[str, ...]
    alternatives: tuple[Alternative, ...]
    full: Scores
    weight: float
    parts: tuple[Concept, ...] = ()
    sure: bool = True


class Reading(NamedTuple):
    """A query understood: its words as searched for, its concepts, the words that nothing holds, the repairs."""

    words: tuple[Word, ...]
    concepts: tuple[Concept, ...]
    unknown: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()


def concept(
    written: str,
    stems: tuple[str, ...],
    alternatives: Sequence[Alternative],
    documents: int,
    *,
    parts: tuple[Concept, ...] = (),
    sure: bool = True,
) -> Concept:
    """The concept of some alternatives, in an index of so many documents."""
    full = _best_of(alternatives)
    weight = max(log(1 + documents / (1 + len(full))), sum(part.weight for part in parts))
    return Concept(written, stems, tuple(alternatives), full, weight, parts, sure)


def any_of(concepts: Iterable[Concept], documents: int) -> Concept:
    """One concept for several of which any will do ("walker OR cane")."""
    joined = tuple(concepts)
    return concept(
        " or ".join(one.written for one in joined),
        tuple(stem for one in joined for stem in one.stems),
        [alternative for one in joined for alternative in one.alternatives],
        documents,
        sure=all(one.sure for one in joined),
    )


def _best_of(alternatives: Sequence[Alternative]) -> Scores:
    if not alternatives:
        return NO_SCORES
    if len(alternatives) == 1:
        return alternatives[0].scores
    best: dict[int, float] = {}
    for alternative in alternatives:
        for number, score in alternative.scores.items():
            if score > best.get(number, 0.0):
                best[number] = score
    return impact_order(best.items())

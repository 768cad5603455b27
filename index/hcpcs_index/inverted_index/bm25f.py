"""BM25F by the formula and constants of Whoosh, and the scores of a small catalog in memory.

A test compares these scores with those that Whoosh itself gives.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import log

from hcpcs_index.inverted_index.analyzed_document import FIELD_WEIGHTS, AnalyzedDocument
from hcpcs_index.inverted_index.documents import Document
from hcpcs_index.weights import LENGTH_WEIGHT, SATURATION


def score_terms(analyzed: Sequence[AnalyzedDocument]) -> dict[str, dict[int, float]]:
    """For each term, the numbers of its documents with their scores: the weighted sum over the searched fields."""
    total: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for field, weight in FIELD_WEIGHTS.items():
        for term, number, score in _score_field([one.frequencies[field] for one in analyzed]):
            total[term][number] += weight * score
    return total


def _score_field(frequencies: Sequence[Counter[str]]) -> Iterator[tuple[str, int, float]]:
    """Each term of one field with each document number and its BM25 score there."""
    mean_length = sum(count.total() for count in frequencies) / max(len(frequencies), 1) or 1
    document_frequency = Counter(term for count in frequencies for term in count)
    for number, count in enumerate(frequencies):
        length_norm = norm(count.total(), mean_length)
        for term, frequency in count.items():
            yield term, number, score(rarity(len(frequencies), document_frequency[term]), frequency, length_norm)


def rarity(documents: int, frequency: int) -> float:
    """The inverse document frequency of a term that ``frequency`` of all documents have."""
    return log(documents / (frequency + 1)) + 1


def norm(length: int, mean_length: float) -> float:
    """What the length of a text, in terms, adds to each frequency in it."""
    return SATURATION * ((1 - LENGTH_WEIGHT) + LENGTH_WEIGHT * length / mean_length)


def score(rarity: float, frequency: float, norm: float) -> float:
    """The BM25 score of a term that occurs ``frequency`` times in a text."""
    return rarity * ((frequency * (SATURATION + 1)) / (frequency + norm))


def filter_sets(documents: Sequence[Document]) -> dict[str, dict[str, list[int]]]:
    """The document numbers of every filter field and value."""
    sets: dict[str, dict[str, list[int]]] = {
        "kind": defaultdict(list),
        "coverage": defaultdict(list),
        "betos": defaultdict(list),
        "types_of_service": defaultdict(list),
    }
    for number, document in enumerate(documents):
        sets["kind"][document.kind.value].append(number)
        sets["coverage"][document.coverage].append(number)
        sets["betos"][document.betos].append(number)
        for value in document.types_of_service:
            sets["types_of_service"][value].append(number)
    return sets

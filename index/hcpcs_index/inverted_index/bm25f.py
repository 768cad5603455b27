"""BM25F computed in memory for a small catalog, by the formula and constants of Whoosh.

A test compares these scores with those that Whoosh itself gives.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import log

from hcpcs_index.inverted_index.documents import Document, head
from hcpcs_index.text.analysis import index_terms, tokenize
from hcpcs_index.text.stemming import cached_stem
from hcpcs_index.weights import HEAD_WEIGHT, LENGTH_WEIGHT, SATURATION


def score_terms(documents: Sequence[Document], texts: Sequence[str]) -> dict[str, dict[int, float]]:
    """For each term, the numbers of its documents with their scores: the weighted sum over texts, aliases and heads.

    ``texts`` has the searchable text of each document, in the same order.
    """
    fields = (
        (1.0, texts),
        (1.0, [" ; ".join(document.aliases) for document in documents]),
        (HEAD_WEIGHT, [head(document.long_description) for document in documents]),
    )
    total: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for weight, field in fields:
        for term, number, score in _score_field(field):
            total[term][number] += weight * score
    return total


def _score_field(texts: Sequence[str]) -> Iterator[tuple[str, int, float]]:
    """Each term of one field with each document number and its BM25 score there."""
    counts = [Counter(index_terms(tokenize(text, cached_stem), cached_stem)) for text in texts]
    mean_length = sum(count.total() for count in counts) / max(len(counts), 1) or 1
    document_frequency = Counter(term for count in counts for term in count)
    for number, count in enumerate(counts):
        norm = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * count.total() / mean_length)
        for term, frequency in count.items():
            idf = log(len(texts) / (document_frequency[term] + 1)) + 1
            yield term, number, idf * frequency * (SATURATION + 1) / (frequency + norm)


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

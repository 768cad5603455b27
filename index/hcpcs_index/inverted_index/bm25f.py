"""Scores of a small catalog, computed in memory: the formula and constants of Whoosh's BM25F.

A test compares them with the scores that Whoosh itself gives.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import log

from hcpcs_index.inverted_index.documents import Document, head
from hcpcs_index.text.analysis import index_stems, words
from hcpcs_index.weights import HEAD_WEIGHT, LENGTH_WEIGHT, SATURATION


def scores(found: Sequence[Document], texts: Sequence[str]) -> dict[str, dict[int, float]]:
    """For every word its documents, each with its score: the weighted sum over text, names and head."""
    fields = (
        (1.0, texts),
        (1.0, [" ; ".join(document.aliases) for document in found]),
        (HEAD_WEIGHT, [head(document.long_description) for document in found]),
    )
    total: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for weight, field in fields:
        for stem, number, score in _scored(field):
            total[stem][number] += weight * score
    return total


def _scored(texts: Sequence[str]) -> Iterator[tuple[str, int, float]]:
    counts = [Counter(index_stems(words(text))) for text in texts]
    mean_length = sum(count.total() for count in counts) / max(len(counts), 1) or 1
    holding = Counter(stem for count in counts for stem in count)
    for number, count in enumerate(counts):
        damping = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * count.total() / mean_length)
        for stem, times in count.items():
            rarity = log(len(texts) / (holding[stem] + 1)) + 1
            yield stem, number, rarity * times * (SATURATION + 1) / (times + damping)


def filter_sets(found: Sequence[Document]) -> dict[str, dict[str, list[int]]]:
    """The document numbers of every filter field and value."""
    sets: dict[str, dict[str, list[int]]] = {
        "kind": defaultdict(list),
        "coverage": defaultdict(list),
        "betos": defaultdict(list),
        "types_of_service": defaultdict(list),
    }
    for number, document in enumerate(found):
        sets["kind"][document.kind.value].append(number)
        sets["coverage"][document.coverage].append(number)
        sets["betos"][document.betos].append(number)
        for value in document.types_of_service:
            sets["types_of_service"][value].append(number)
    return sets

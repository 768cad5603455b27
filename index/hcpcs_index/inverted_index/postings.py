"""Scored postings: for each term, the documents that contain it with their scores; and the ways to combine them.

The scores are Whoosh's, read once from its index. A posting list is a dictionary in impact order (highest score
first), so membership and score are one look-up, and the best documents come first. ``conjunction`` keeps the
documents of all lists, ``disjunction`` finds the best documents of any. Neither walks a whole list: they work on set
algebra and on the heads of the lists.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Container, Iterable, Mapping, Sequence
from heapq import nlargest, nsmallest
from math import inf
from operator import itemgetter
from typing import Final, TypeVar

Values = TypeVar("Values", "array[int]", "array[float]")

Scores = dict[int, float]
"""Document numbers and scores, highest score first, ties in document order."""

_SCORE: Final = itemgetter(1)

NO_SCORES: Final[Scores] = {}
"""The posting list of a term that no document contains."""


def impact_order(scores: Iterable[tuple[int, float]]) -> Scores:
    """The scores of documents as a posting list, highest first."""
    ordered = sorted(scores)
    ordered.sort(key=_SCORE, reverse=True)
    return dict(ordered)


class PostingLists:
    """The posting list of each term, packed in two arrays; a list is unpacked when it is first used."""

    def __init__(self, terms: dict[str, tuple[int, int]], numbers: array[int], scores: array[float]) -> None:
        self._terms = terms
        self._numbers = numbers
        self._scores = scores
        self._unpacked: dict[str, Scores] = {}
        # All lists share one integer object per document number: comparing by identity is faster, and memory is less.
        self._documents = list(range(max(numbers, default=-1) + 1))

    @classmethod
    def pack(cls, lists: Mapping[str, Mapping[int, float]]) -> PostingLists:
        """The scores of each term's documents, put in order and packed."""
        terms: dict[str, tuple[int, int]] = {}
        numbers: array[int] = array("I")
        scores: array[float] = array("d")
        for term in sorted(lists):
            postings = impact_order(lists[term].items())
            start = len(numbers)
            numbers.extend(postings.keys())
            scores.extend(postings.values())
            terms[term] = (start, len(numbers))
        return cls(terms, numbers, scores)

    def __contains__(self, term: str) -> bool:
        return term in self._terms

    def get(self, term: str) -> Scores:
        """The posting list of a term; empty if no document has it."""
        postings = self._unpacked.get(term)
        if postings is None:
            span = self._terms.get(term)
            if span is None:
                return NO_SCORES
            start, end = span
            numbers = map(self._documents.__getitem__, self._numbers[start:end])
            postings = dict(zip(numbers, self._scores[start:end], strict=True))
            self._unpacked[term] = postings
        return postings

    def to_bytes(self) -> tuple[list[tuple[str, int]], bytes, bytes]:
        """For a file: each term with its document frequency, then the numbers and the scores, little-endian."""
        frequencies = [(term, end - start) for term, (start, end) in self._terms.items()]
        return frequencies, _little_endian(self._numbers).tobytes(), _little_endian(self._scores).tobytes()

    @classmethod
    def from_bytes(cls, frequencies: Iterable[tuple[str, int]], numbers: bytes, scores: bytes) -> PostingLists:
        """The inverse of ``to_bytes``. Raises ``ValueError`` if the parts don't fit each other."""
        terms: dict[str, tuple[int, int]] = {}
        end = 0
        for term, frequency in frequencies:
            terms[term] = (end, end := end + frequency)
        unpacked_numbers: array[int] = array("I")
        unpacked_numbers.frombytes(numbers)
        unpacked_scores: array[float] = array("d")
        unpacked_scores.frombytes(scores)
        if not len(unpacked_numbers) == len(unpacked_scores) == end:
            raise ValueError("posting lists of the wrong length")
        return cls(terms, _little_endian(unpacked_numbers), _little_endian(unpacked_scores))


def _little_endian(values: Values) -> Values:
    if sys.byteorder == "big":
        values = values[:]
        values.byteswap()
    return values


def conjunction(lists: Sequence[Mapping[int, float]], allowed: Container[int] | None = None) -> dict[int, float]:
    """The documents that every list has, each with the sum of its scores, in no particular order."""
    shortest = min(lists, key=len)
    if len(lists) == 1:
        return {n: s for n, s in shortest.items() if allowed is None or n in allowed}
    if len(lists) == 2:
        first, second = lists
        if allowed is None:
            return {n: first[n] + second[n] for n in first.keys() & second.keys()}
        return {n: first[n] + second[n] for n in first.keys() & second.keys() if n in allowed}
    common = set(shortest)
    for postings in lists:
        if postings is not shortest:
            common &= postings.keys()
    if allowed is not None:
        common = {n for n in common if n in allowed}
    return {n: sum([postings[n] for postings in lists]) for n in common}


def disjunction(
    lists: Sequence[Scores],
    limit: int,
    allowed: Container[int] | None = None,
    priors: Sequence[float] | None = None,
) -> list[tuple[int, float]]:
    """The ``limit`` best documents of any list by the sum of their scores, best first, ties in document order.

    ``priors``, if given, multiply each document's sum; none is above 1. A document of only one list can be among the
    best only if it is among the ``limit`` best of that list. So no list is walked to its end: the
    documents that lists share come from set algebra, the others from the heads of the lists.
    """
    lists = [postings for postings in lists if postings]
    shared = shared_documents(lists)
    sums: dict[int, float] = {}
    for number in shared:
        if allowed is None or number in allowed:
            sums[number] = sum([postings[number] for postings in lists if number in postings])
    for postings in lists:
        sums.update(heads(postings, limit, shared, allowed, priors))
    if priors is not None:
        sums = {number: score * priors[number] for number, score in sums.items()}
    return best(sums, limit)


def shared_documents(lists: Sequence[Scores]) -> set[int]:
    """The documents that at least two lists have."""
    union: set[int] = set()
    shared: set[int] = set()
    for postings in lists:
        shared |= union & postings.keys()
        union |= postings.keys()
    return shared


def heads(
    postings: Scores,
    limit: int,
    excluded: Container[int],
    allowed: Container[int] | None,
    priors: Sequence[float] | None,
) -> list[tuple[int, float]]:
    """The postings of a list outside ``excluded``, walked until no later one can be among the ``limit`` best.

    No prior is above 1, so a later posting's score bounds its product.
    """
    head: list[tuple[int, float]] = []
    least = 0.0 if limit else inf
    for number, score in postings.items():
        if score < least:
            break
        if number not in excluded and (allowed is None or number in allowed):
            head.append((number, score))
            if priors is None:
                if len(head) >= limit:
                    break
            elif len(head) % limit == 0:
                least = nlargest(limit, [value * priors[place] for place, value in head])[-1]
    return head


def best(sums: Mapping[int, float], limit: int) -> list[tuple[int, float]]:
    """The ``limit`` highest of the sums, best first, ties in document order."""
    scored = [(-score, number) for number, score in sums.items()]
    scored = nsmallest(limit, scored) if len(scored) > 8 * limit else sorted(scored)[:limit]
    return [(number, -score) for score, number in scored]

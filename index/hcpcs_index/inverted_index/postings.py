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
from heapq import nlargest
from itertools import accumulate, combinations, islice, pairwise
from typing import Final, TypeVar

from hcpcs_index.weights import HIGHEST_PRIOR

Values = TypeVar("Values", "array[int]", "array[float]")

Scores = dict[int, float]
"""Document numbers and scores, highest score first, ties in document order."""

Ranked = list[tuple[float, int]]
"""Scores with document numbers, best first. The numbers are negated, so that sorting puts ties in code order."""

MAX_PAIRED_LISTS: Final = 4
"""Maximum posting lists that are intersected pair by pair, which is quicker for few than adding them up."""

UNPACKED_POSTINGS: Final = 100_000
"""Postings that are kept unpacked, about 70 bytes each; when there are more, unpacking starts again.

A release has 115,000. With 50,000 the p99 of a search is a fifth longer.
"""

NO_SCORES: Final[Scores] = {}
"""The posting list of a term that no document contains."""


def impact_order(scores: Mapping[int, float]) -> Scores:
    """The scores of documents as a posting list, highest first."""
    numbers = sorted(scores)
    numbers.sort(key=scores.__getitem__, reverse=True)
    return {number: scores[number] for number in numbers}


class PostingLists:
    """The posting list of each term, packed in two arrays; a list is unpacked when it is first used.

    ``frequencies`` are the terms with the lengths of their lists, in the order of the arrays.
    """

    def __init__(self, frequencies: Iterable[tuple[str, int]], numbers: array[int], scores: array[float]) -> None:
        lengths: list[int] = []
        self._places: dict[str, int] = {}
        for place, (term, length) in enumerate(frequencies):
            self._places[term] = place
            lengths.append(length)
        self._starts = array("I", accumulate(lengths, initial=0))
        if not len(numbers) == len(scores) == self._starts[-1]:
            raise ValueError("posting lists of the wrong length")
        self._numbers = numbers
        self._scores = scores
        self._unpacked: dict[str, Scores] = {}
        self._kept = 0
        # All lists share one integer object per document number: comparing by identity is faster, and memory is less.
        self._documents = list(range(max(numbers, default=-1) + 1))

    @classmethod
    def pack(cls, lists: Mapping[str, Mapping[int, float]]) -> PostingLists:
        """The scores of each term's documents, put in order and packed."""
        frequencies: list[tuple[str, int]] = []
        numbers: array[int] = array("I")
        scores: array[float] = array("d")
        for term in sorted(lists):
            postings = impact_order(lists[term])
            numbers.extend(postings.keys())
            scores.extend(postings.values())
            frequencies.append((term, len(postings)))
        return cls(frequencies, numbers, scores)

    def __contains__(self, term: str) -> bool:
        return term in self._places

    def get(self, term: str) -> Scores:
        """The posting list of a term; empty if no document has it."""
        postings = self._unpacked.get(term)
        if postings is None:
            place = self._places.get(term)
            if place is None:
                return NO_SCORES
            start, end = self._starts[place], self._starts[place + 1]
            numbers = map(self._documents.__getitem__, self._numbers[start:end])
            postings = dict(zip(numbers, self._scores[start:end], strict=True))
            if self._kept > UNPACKED_POSTINGS:
                self._unpacked.clear()
                self._kept = 0
            self._unpacked[term] = postings
            self._kept += len(postings)
        return postings

    def to_bytes(self) -> tuple[list[tuple[str, int]], bytes, bytes]:
        """For a file: each term with its document frequency, then the numbers and the scores, little-endian."""
        lengths = [end - start for start, end in pairwise(self._starts)]
        frequencies = list(zip(self._places, lengths, strict=True))
        return frequencies, _little_endian(self._numbers).tobytes(), _little_endian(self._scores).tobytes()

    @classmethod
    def from_bytes(cls, frequencies: Iterable[tuple[str, int]], numbers: bytes, scores: bytes) -> PostingLists:
        """The inverse of ``to_bytes``. Raises ``ValueError`` if the parts don't fit each other."""
        unpacked_numbers: array[int] = array("I")
        unpacked_numbers.frombytes(numbers)
        unpacked_scores: array[float] = array("d")
        unpacked_scores.frombytes(scores)
        return cls(frequencies, _little_endian(unpacked_numbers), _little_endian(unpacked_scores))


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
) -> Ranked:
    """The ``limit`` best documents of any list by the sum of their scores, best first, ties in document order.

    ``priors``, if given, multiply each document's sum; none is above ``HIGHEST_PRIOR``. No list is walked to its end:
    the documents that lists share come from set algebra, the others from the heads of the lists.
    """
    lists = [postings for postings in lists if postings]
    shared = shared_documents(lists)
    sums = dict.fromkeys(shared if allowed is None else [number for number in shared if number in allowed], 0.0)
    for postings in lists:
        for number in sums.keys() & postings.keys():
            sums[number] += postings[number]
    ranked = best(
        [(score if priors is None else score * priors[number], -number) for number, score in sums.items()], limit
    )
    for postings in lists:
        ranked = add_head(ranked, postings, limit, shared, allowed, priors)
    return ranked


def shared_documents(lists: Sequence[Scores]) -> set[int]:
    """The documents that at least two lists have."""
    shared: set[int] = set()
    if len(lists) <= MAX_PAIRED_LISTS:
        for first, second in combinations(lists, 2):
            shared |= first.keys() & second.keys()
        return shared
    union: set[int] = set()
    for postings in lists:
        shared |= union & postings.keys()
        union |= postings.keys()
    return shared


def add_head(
    ranked: Ranked,
    postings: Scores,
    limit: int,
    excluded: Container[int] = (),
    allowed: Container[int] | None = None,
    priors: Sequence[float] | None = None,
    factor: float = 1.0,
) -> Ranked:
    """The ``limit`` best of ``ranked`` and of the postings outside ``excluded``, by score times factor and prior.

    The list is walked until no later document can be among them: no prior is above ``HIGHEST_PRIOR``, so the score
    times it and the factor bounds those of all later documents. ``ranked`` is in order, and has at most ``limit``.
    """
    bound = factor if priors is None else factor * HIGHEST_PRIOR
    least = ranked[-1][0] if len(ranked) == limit else 0.0
    for highest in postings.values():
        if highest * bound < least:
            return ranked
        break
    rest = iter(postings.items())
    step = 2 * limit
    while chunk := list(islice(rest, step)):
        if chunk[0][1] * bound < least:
            break
        # Most pairs are too low: so that comes first.
        higher = [
            (product, -number)
            for number, score in chunk
            if (product := score * factor if priors is None else score * factor * priors[number]) >= least
            and number not in excluded
            and (allowed is None or number in allowed)
        ]
        if higher:
            ranked = sorted(ranked + higher, reverse=True)[:limit]
            least = ranked[-1][0] if len(ranked) == limit else 0.0
        step *= 2
    return ranked


def best(ranked: Ranked, limit: int) -> Ranked:
    """The ``limit`` best, in order."""
    if len(ranked) > 8 * limit:
        return nlargest(limit, ranked)
    ranked.sort(reverse=True)
    return ranked[:limit]

"""How alike two descriptions are, by the words that they share and how rare each is among all descriptions."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from sys import intern
from typing import Final, NamedTuple

from hcpcs.method_cache import cached_method

_WORD: Final = re.compile(r"[a-z][a-z0-9]*|[0-9.]*[0-9]")
_IN_PARENTHESES: Final = re.compile(r"\([^()]*\)")
_ABBREVIATIONS: Final = {"hcl": "hydrochloride"}
"""Words that CMS writes in two ways: J3370 ended with "vancomycin hcl", J3373 began with "hydrochloride"."""
_OUTSIDE_FACTOR: Final = 1.25
"""Factor for the similarity outside parentheses before it is compared with that of the whole descriptions.

So the same brand in both parentheses raises the similarity by a quarter at most.
"""


READ_KEPT: Final = 1024
"""Maximum descriptions whose words are kept, 0.7 kB each: the codes added on the days that are asked about most."""


INDEXES_KEPT: Final = 64
"""Maximum days whose codes are kept by their words."""

_Words = dict[str, None]
"""A set of words: a dictionary takes a third of a set's memory."""


class _Weighed(NamedTuple):
    """A set of words and its weight."""

    words: _Words
    weight: float


def _words(text: str) -> _Words:
    # Interned, since most words are in many descriptions.
    return dict.fromkeys([intern(_ABBREVIATIONS.get(word, word)) for word in _WORD.findall(text.lower())])


def _index_words(texts: Sequence[str]) -> dict[str, list[int]]:
    """The places of the texts that have each word."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        for word in _words(text):
            places[word].append(place)
    return dict(places)


class DescriptionWords:
    """The weights of the words of many descriptions."""

    def __init__(self, descriptions: Iterable[str]) -> None:
        counts: Counter[str] = Counter()
        total = 1
        for description in descriptions:
            counts.update(_words(description).keys())
            total += 1
        of_count = {count: math.log((total + 1) / (count + 1)) ** 2 for count in {0, *counts.values()}}
        self._weight_of_unknown = of_count[0]
        self._weights = {word: of_count[count] for word, count in counts.items()}
        self._read = cached_method(self._read_description, maxsize=READ_KEPT)
        self._index = lru_cache(maxsize=INDEXES_KEPT)(_index_words)

    def similarity(self, first: str, second: str) -> float:
        """From 0 (no word in common) to 1 (the same words): the cosine of the words, rare ones counting most.

        The lower of two similarities: that of the whole descriptions, and ``_OUTSIDE_FACTOR`` times that of the text
        outside parentheses. Parentheses contain the brand or maker: "bendamustine (baxter)" is not like
        "cyclophosphamide (baxter)".
        """
        (whole, outside), (other_whole, other_outside) = self._read(first), self._read(second)
        similarity = self._cosine(whole, other_whole)
        if whole is outside and other_whole is other_outside:
            return similarity
        return min(similarity, _OUTSIDE_FACTOR * self._cosine(outside, other_outside))

    def similarities(self, text: str, others: Sequence[str], least: float) -> list[float]:
        """The similarity of a description with each of ``others``; 0 for those that can't reach ``least``.

        Hundreds of codes are added on one day, and nearly all lack the words that decide: they are not compared. The
        cosine is highest for a description that has only words in common: the root of their share of the weight.
        """
        whole, _ = self._read(text)
        having = self._index(tuple(others))
        common = [0.0] * len(others)
        for word in whole.words:
            weight = self._weight([word])
            for place in having.get(word, ()):
                common[place] += weight
        needed = least**2 * whole.weight
        compared = zip(others, common, strict=True)
        return [self.similarity(text, other) if weight >= needed else 0.0 for other, weight in compared]

    def _read_description(self, text: str) -> tuple[_Weighed, _Weighed]:
        """All words of a description, and those outside parentheses."""
        words = _words(text)
        whole = _Weighed(words, self._weight(words))
        if "(" not in text:
            return whole, whole
        outside = _words(_IN_PARENTHESES.sub(" ", text))
        return whole, _Weighed(outside, self._weight(outside))

    def _cosine(self, first: _Weighed, second: _Weighed) -> float:
        lengths = first.weight * second.weight
        return self._weight(first.words.keys() & second.words.keys()) / math.sqrt(lengths) if lengths else 0.0

    def _weight(self, words: Iterable[str]) -> float:
        return sum([self._weights.get(word, self._weight_of_unknown) for word in words])

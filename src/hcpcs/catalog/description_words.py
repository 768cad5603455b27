"""How alike two descriptions are, by the words that they share and how rare each is among all descriptions."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

_WORD: Final = re.compile(r"[a-z][a-z0-9]*|[0-9.]*[0-9]")
_IN_PARENTHESES: Final = re.compile(r"\([^()]*\)")
_ABBREVIATIONS: Final = {"hcl": "hydrochloride"}
"""Words that CMS writes in two ways: J3370 ended with "vancomycin hcl", J3373 began with "hydrochloride"."""
_OUTSIDE_FACTOR: Final = 1.25
"""Factor for the similarity outside parentheses before it is compared with that of the whole descriptions.

So the same brand in both parentheses raises the similarity by a quarter at most.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(_ABBREVIATIONS.get(word, word) for word in _WORD.findall(text.lower()))


class DescriptionWords:
    """The weights of the words of many descriptions."""

    def __init__(self, descriptions: Iterable[str]) -> None:
        counts: Counter[str] = Counter()
        self._descriptions = 1
        for description in descriptions:
            counts.update(_words(description))
            self._descriptions += 1
        self._counts = counts

    def similarity(self, first: str, second: str) -> float:
        """From 0 (no word in common) to 1 (the same words): the cosine of the words, rare ones counting most.

        The lower of two similarities: that of the whole descriptions, and ``_OUTSIDE_FACTOR`` times that of the text
        outside parentheses. Parentheses contain the brand or maker: "bendamustine (baxter)" is not like
        "cyclophosphamide (baxter)".
        """
        whole = self._cosine(_words(first), _words(second))
        outside = (_words(_IN_PARENTHESES.sub(" ", text)) for text in (first, second))
        return min(whole, _OUTSIDE_FACTOR * self._cosine(*outside))

    def _cosine(self, first: frozenset[str], second: frozenset[str]) -> float:
        lengths = self._weight(first) * self._weight(second)
        return self._weight(first & second) / math.sqrt(lengths) if lengths else 0.0

    def _weight(self, words: Iterable[str]) -> float:
        return sum(math.log((self._descriptions + 1) / (self._counts[word] + 1)) ** 2 for word in words)

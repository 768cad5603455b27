"""An index of one column of a table: which rows contain a word, a beginning of a word, or a word of a pattern."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from fnmatch import translate
from itertools import accumulate, chain
from typing import Final

from hcpcs.method_cache import cached_method
from hcpcs_index.text.packed_texts import PackedTexts

Rows = frozenset[int]
"""Positions of rows."""
SHORT_PREFIX: Final = 2
"""Maximum characters of a beginning whose rows are kept: it has many, and is nobody's name."""
CACHED_PREFIXES: Final = 64
"""Beginnings whose rows are kept, per column."""
_WORD: Final = re.compile(r"[a-z0-9]+")
_LAST: Final = "\U0010ffff"


def words_of(text: str) -> list[str]:
    """The words of a text in lower case: runs of letters and digits."""
    return _WORD.findall(text.lower())


class ColumnIndex:
    """The rows of each word of a column. ``cells`` are the words of each row, in lower case."""

    def __init__(self, cells: Iterable[Sequence[str]]) -> None:
        rows: dict[str, list[int]] = defaultdict(list)
        for position, words in enumerate(cells):
            for word in set(words):
                rows[word].append(position)
        words = sorted(rows)
        ordered = [rows[word] for word in words]
        self._words = PackedTexts(words)
        # The rows of all words one after the other: most words have one, and an array for each takes 100 bytes.
        self._rows = array("I", chain.from_iterable(ordered))
        self._starts = array("I", accumulate(map(len, ordered), initial=0))
        self._cached_starting = cached_method(self._starting, maxsize=CACHED_PREFIXES)

    def equal(self, word: str) -> Rows:
        """The rows that contain a word."""
        return self._of(bisect_left(self._words, word), bisect_right(self._words, word))

    def starting(self, prefix: str) -> Rows:
        """The rows that contain a word with this beginning."""
        return self._cached_starting(prefix) if len(prefix) <= SHORT_PREFIX else self._starting(prefix)

    def _starting(self, prefix: str) -> Rows:
        return self._of(bisect_left(self._words, prefix), bisect_left(self._words, prefix + _LAST))

    def like(self, pattern: str) -> Rows:
        """The rows that contain a word of a pattern, in which ``*`` is any characters and ``?`` is one."""
        if pattern.endswith("*") and not any(sign in pattern[:-1] for sign in "*?"):
            return self.starting(pattern[:-1])
        matches = re.compile(translate(pattern.replace("[", "[[]"))).match
        places = [place for place, word in enumerate(self._words) if matches(word)]
        return frozenset().union(*(self._of(place, place + 1) for place in places))

    def between(self, first: str | None, last: str | None) -> Rows:
        """The rows that contain a word from ``first`` to ``last``, both included; ``None`` for no bound."""
        start = 0 if first is None else bisect_left(self._words, first)
        end = len(self._words) if last is None else bisect_left(self._words, last + "\0")
        return self._of(start, max(start, end))

    def _of(self, start: int, end: int) -> Rows:
        """The rows of the words from one place to another."""
        return frozenset(self._rows[self._starts[start] : self._starts[end]])

"""An index of one column of a table: which rows contain a word, a beginning of a word, or a word of a pattern."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from fnmatch import translate
from typing import Final

from hcpcs.method_cache import cached_method

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


def _no_rows() -> array[int]:
    return array("I")


class ColumnIndex:
    """The rows of each word of a column. ``cells`` are the words of each row, in lower case."""

    def __init__(self, cells: Iterable[Sequence[str]]) -> None:
        rows: dict[str, array[int]] = defaultdict(_no_rows)
        count = 0
        for position, words in enumerate(cells):
            count = position + 1
            for word in set(words):
                rows[word].append(position)
        self._rows = dict(rows)
        self._words = sorted(rows)
        self.every: Rows = frozenset(range(count))
        self._cached_starting = cached_method(self._starting, maxsize=CACHED_PREFIXES)

    def equal(self, word: str) -> Rows:
        """The rows that contain a word."""
        return frozenset(self._rows.get(word, ()))

    def starting(self, prefix: str) -> Rows:
        """The rows that contain a word with this beginning."""
        return self._cached_starting(prefix) if len(prefix) <= SHORT_PREFIX else self._starting(prefix)

    def _starting(self, prefix: str) -> Rows:
        return self._union(self._words[bisect_left(self._words, prefix) : bisect_left(self._words, prefix + _LAST)])

    def like(self, pattern: str) -> Rows:
        """The rows that contain a word of a pattern, in which ``*`` is any characters and ``?`` is one."""
        if pattern.endswith("*") and not any(sign in pattern[:-1] for sign in "*?"):
            return self.starting(pattern[:-1])
        matches = re.compile(translate(pattern.replace("[", "[[]"))).match
        return self._union(word for word in self._words if matches(word))

    def between(self, first: str | None, last: str | None) -> Rows:
        """The rows that contain a word from ``first`` to ``last``, both included; ``None`` for no bound."""
        start = 0 if first is None else bisect_left(self._words, first)
        end = len(self._words) if last is None else bisect_left(self._words, last + "\0")
        return self._union(self._words[start:end])

    def _union(self, words: Iterable[str]) -> Rows:
        return frozenset().union(*(self._rows[word] for word in words))

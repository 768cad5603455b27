"""The automaton of phrases: rows such as ``pay|pays for?`` are matched word by word, without writing them out.

The rows of the tables stand for some hundred thousand phrases. A node is the set of places in rows that the words so
far may have come to; nodes are made when words first lead to them, and shared by all the words that do.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from sys import intern
from typing import Final, NamedTuple, Self


class PhraseRow(NamedTuple):
    """A row of a table: for each place its words and whether it may be left out, and the tags of its phrases."""

    choices: tuple[tuple[str, ...], ...]
    optional: tuple[bool, ...]
    tags: frozenset[str]

    @classmethod
    def read(cls, row: str, tags: frozenset[str]) -> Self:
        """The row as the tables write it: ``a|b c?`` is "a", "a c", "b" and "b c"."""
        words = row.split()
        return cls(tuple(map(_choice, words)), tuple(word.endswith("?") for word in words), tags)


@cache
def _choice(word: str) -> tuple[str, ...]:
    """The words of one place, which are the same in many rows."""
    return tuple(map(intern, word.removesuffix("?").split("|")))


_Place = int
"""A place in a row, as one number, which takes a third of a pair: the row's times ``_ROW``, and the words behind it."""
_ROW: Final = 1 << 8


class PhraseNode:
    """Where the words so far lead: the tags of the phrases that end there, and each word that goes on."""

    __slots__ = ("_automaton", "_following", "tags")

    def __init__(self, automaton: PhraseAutomaton, tags: frozenset[str], following: dict[str, list[_Place]]) -> None:
        self.tags = tags
        self._automaton = automaton
        self._following: dict[str, PhraseNode | list[_Place]] = dict(following)

    def after(self, word: str) -> PhraseNode | None:
        """The node that ``word`` leads to, or ``None`` if no phrase goes on with it."""
        following = self._following.get(word)
        if isinstance(following, list):
            following = self._following[word] = self._automaton.node(frozenset(following))
        return following


class PhraseAutomaton:
    """The phrases of rows, from ``start`` on."""

    def __init__(self, rows: Iterable[PhraseRow]) -> None:
        self._rows = tuple(rows)
        self._nodes: dict[frozenset[_Place], PhraseNode] = {}
        # A row whose every word may be left out is not a phrase without words.
        self.start = self._node_at((row * _ROW for row in range(len(self._rows))), tags=frozenset())

    def node(self, places: frozenset[_Place]) -> PhraseNode:
        """The one node of a set of places in rows."""
        if places not in self._nodes:
            at = ((self._rows[place // _ROW], place % _ROW) for place in places)
            ended = (row.tags for row, behind in at if all(row.optional[behind:]))
            self._nodes[places] = self._node_at(places, tags=frozenset().union(*ended))
        return self._nodes[places]

    def _node_at(self, places: Iterable[_Place], *, tags: frozenset[str]) -> PhraseNode:
        following: dict[str, list[_Place]] = {}
        for start in places:
            row = self._rows[start // _ROW]
            for behind in range(start % _ROW, len(row.choices)):
                place = start - start % _ROW + behind + 1
                for word in row.choices[behind]:
                    following.setdefault(word, []).append(place)
                if not row.optional[behind]:
                    break
        return PhraseNode(self, tags, following)

"""Patterns with gates: the plain texts of which every match has one, which are looked for first.

Python tries a pattern at every character of a text, and finds a plain text a hundred times as fast. Most questions have
none of the words that most patterns look for, so that nearly all patterns stay closed, and are never even compiled.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from functools import cached_property
from sys import maxsize
from typing import Final, Generic, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_NOTHING: Final[frozenset[str]] = frozenset()
_ITEM: Final = re.compile(
    r"""
    (?P<around> \(\?<?= ) | (?P<not> \(\?<?! ) | \(\?P=\w+\)
  | (?P<group> \( (?: \?: | \?P<\w+> | \?[a-z]+: | (?!\?) ) ) | (?P<choice> \(\?\(\w+\) )
  | (?P<place> [\^$] | \\[bB] ) | \[\^?\]?(?:\\.|[^\]\\])*\] | \\u\w{4} | \\x\w\w | \\\w | \.
  | (?P<text> [\w\ ,'/-]+ (?![?*+{]) | \\?(?P<letter> . ) )
    """,
    re.VERBOSE | re.DOTALL,
)
"""What a pattern is made of: what is or isn't around it, a group, a choice by a group, a place, or plain text.

Kinds of characters, and what a group has matched before, have no name here.
"""
_LONG_ENOUGH: Final = 3
"""Characters of a plain text that few texts have by chance, and by which an index knows it."""
_NESTED: Final = frozenset({"around", "not", "group", "choice"})
_NEEDED: Final = frozenset({"around", "group"})
_WITHOUT_WIDTH: Final = frozenset({"around", "not", "place"})
_COUNT: Final = re.compile(r"(?P<none>[?*]|\{0?,\d*\}|\{0\})\??|(?:\+|\{\d+(?:,\d*)?\})\??|")
"""How often an item may be there."""


class GatedPattern:
    """A pattern that is tried only on texts that have one of the plain texts of its matches."""

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._written = pattern
        self._flags = flags
        self._ignores_case = bool(flags & re.IGNORECASE)

    @cached_property
    def gate(self) -> frozenset[str]:
        """The plain texts of which every match has one; none if its matches share none."""
        needed = needed_texts(self._written)
        return frozenset(text.lower() for text in needed) if self._ignores_case else needed

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern without its gate."""
        return re.compile(self._written, self._flags)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in a text."""
        return self.compiled.search(text) if self.opens(text) else None

    def finditer(self, text: str, start: int = 0, end: int = maxsize) -> Iterator[re.Match[str]]:
        """Every match in a text, or in a part of it."""
        return self.compiled.finditer(text, start, end) if self.opens(text) else iter(())

    def opens(self, text: str) -> bool:
        """Whether a text has one of the plain texts, without which there is no match."""
        if not self.gate:
            return True
        searched = text.lower() if self._ignores_case else text
        for needed in self.gate:  # noqa: SIM110 - any() takes twice the time
            if needed in searched:
                return True
        return False


class PatternIndex(Generic[_Key]):
    """Patterns for texts in lower case by the beginnings of the plain texts that open them.

    Hundreds of patterns have thousands of plain texts, and a question has some dozens of places where one may begin.
    Only those are looked for whose first three characters are in the question.
    """

    def __init__(self, patterns: Mapping[_Key, GatedPattern]) -> None:
        self._patterns = patterns
        self._always = [key for key, pattern in patterns.items() if not pattern.gate]
        self._short: list[tuple[str, _Key]] = []
        self._by_beginning: defaultdict[str, list[tuple[str, _Key]]] = defaultdict(list)
        for key, pattern in patterns.items():
            for text in pattern.gate:
                known = self._short if len(text) < _LONG_ENOUGH else self._by_beginning[text[:_LONG_ENOUGH]]
                known.append((text, key))

    def opened(self, text: str, beginnings: frozenset[str]) -> dict[_Key, re.Pattern[str]]:
        """The patterns that a text opens, in any order, given its ``beginnings_of``."""
        near = [one for beginning in self._by_beginning.keys() & beginnings for one in self._by_beginning[beginning]]
        keys = [key for needed, key in (*self._short, *near) if needed in text]
        return {key: self._patterns[key].compiled for key in (*self._always, *keys)}


def beginnings_of(text: str) -> frozenset[str]:
    """What plain texts in ``text`` may begin with."""
    return frozenset(text[place : place + _LONG_ENOUGH] for place in range(len(text)))


def needed_texts(pattern: str) -> frozenset[str]:
    """Plain texts, of which every match of ``pattern`` has one in it or around it; none if its matches share none.

    ``(?:prior|pre) ?auth(?:orization)?`` needs "auth", and ``rent(?:al|ed)|bought`` needs "rent" or "bought".
    """
    return _PatternReader(pattern).alternatives()


class _PatternReader:
    """Reads a pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._place = 0

    def alternatives(self) -> frozenset[str]:
        """What is needed of alternatives: of each its own, or nothing if one needs nothing."""
        needed = [self._sequence()]
        while self._pattern.startswith("|", self._place):
            self._place += 1
            needed.append(self._sequence())
        return _NOTHING.union(*needed) if all(needed) else _NOTHING

    def _sequence(self) -> frozenset[str]:
        """The rarest of what the items in a row need."""
        choices: list[frozenset[str]] = []
        run = ""
        while self._place < len(self._pattern) and self._pattern[self._place] not in "|)":
            item = self._match(_ITEM)
            kind = item.lastgroup
            inner = self._inner() if kind in _NESTED else _NOTHING
            count = self._match(_COUNT)
            certain = not count["none"]
            if certain and kind in _NEEDED:
                choices.append(inner)
            if kind in _WITHOUT_WIDTH:
                continue
            if certain and kind == "text":
                run += item["letter"] or item["text"]
            if kind != "text" or count[0]:
                choices.append(frozenset({run}))
                run = ""
        choices.append(frozenset({run}))
        return max((texts for texts in choices if all(map(_is_rare, texts))), key=_rarity, default=_NOTHING)

    def _inner(self) -> frozenset[str]:
        needed = self.alternatives()
        self._place += 1
        return needed

    def _match(self, part: re.Pattern[str]) -> re.Match[str]:
        match = part.match(self._pattern, self._place)
        assert match is not None
        self._place = match.end()
        return match


def _rarity(texts: frozenset[str]) -> tuple[int, bool, int]:
    """Of texts that are long enough, words are rarer than the mark of a code, and the fewest the rarest ones."""
    return min(min(map(len, texts), default=0), _LONG_ENOUGH), all(map(_has_letter, texts)), -len(texts)


def _has_letter(text: str) -> bool:
    return any(map(str.isalpha, text))


def _is_rare(text: str) -> bool:
    """Whether a plain text isn't in nearly every text, as one letter, digit or space is."""
    return len(text) > 1 or not (text.isalnum() or not text.strip())

"""The interface of the search that the desk uses: filters, hits, and the reasons for them.

``hcpcs_index`` implements it on Whoosh; tests may implement it on a list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Final, Protocol

from hcpcs.records.record import Frozen, RecordKind


class Filters(Frozen):
    """What hits must satisfy besides the words; every given filter must hold.

    ``first``/``last`` bound a code range (both included), ``prefix`` a code family (``S93``, ``E060``).
    Values of coverage, type of service and BETOS are the record's coded values, upper case. The desk lists codes by
    pricing indicator itself: no index has them.
    """

    coverage: frozenset[str] = frozenset()
    types_of_service: frozenset[str] = frozenset()
    betos: frozenset[str] = frozenset()
    pricing_indicators: frozenset[str] = frozenset()
    first: str | None = None
    last: str | None = None
    prefix: str | None = None
    kind: RecordKind | None = None
    active: bool | None = None
    added_since: date | None = None


NO_FILTERS: Final = Filters()


class Confidence(StrEnum):
    """How well the best hit matches; unless it is high, interfaces offer families to browse."""

    HIGH = "high"
    LOW = "low"
    NONE = "none"


class Why(Frozen):
    """One reason for a hit: the word of the query, the field and word that it matched, and the rule that led there.

    ``rule`` is ``word``, ``code``, ``prefix``, ``repair`` or the kind of a synonym (brand, lay, abbreviation...).
    For a person, ``trail`` says how the word led to the match ("keytruda → pembrolizumab (brand)") and ``place`` where
    it matched ("in the long description").
    """

    word: str
    field: str
    matched: str
    rule: str
    trail: str
    place: str

    @property
    def text(self) -> str:
        """The whole reason: ``keytruda → pembrolizumab (brand), in the long description``."""
        return f"{self.trail}, {self.place}"


LITERAL_RULES: Final = frozenset({"word", "code", "prefix", "item"})
"""Rules of matches that need no reason: the word is in the record itself, or is what people call its item."""


class Hit(Frozen):
    """A record that matches. ``score`` only orders the hits of one search; higher is better."""

    code: str
    score: float
    short_description: str
    long_description: str
    active: bool
    ended: date | None = None
    why: tuple[Why, ...] = ()

    @property
    def status_note(self) -> str:
        """``(ended 2024-03-31)`` for a terminated code, ``(not active)`` for another inactive one, else nothing."""
        if self.active:
            return ""
        return "(not active)" if self.ended is None else f"(ended {self.ended.isoformat()})"

    @property
    def reason(self) -> str:
        """Why the code was found where no word of the search is in its record: ``keytruda → pembrolizumab (brand)``.

        Blank for a literal match.
        """
        return next((why.trail for why in self.why if why.rule not in LITERAL_RULES), "")


class Repair(Frozen):
    """A misspelled word and the word that was searched for instead."""

    written: str
    searched: str


class CodeFamily(Frozen):
    """A family of codes to browse: the prefix of its codes, and what they are for."""

    prefix: str
    label: str


class SearchResult(Frozen):
    """The result of a search: one page of hits, and the total number of matches.

    ``query`` is the text as searched, cut to the maximum; ``repairs`` are its corrected words. ``families`` are code
    families to browse, offered unless ``confidence`` is high.
    """

    query: str
    hits: tuple[Hit, ...]
    total: int
    confidence: Confidence = Confidence.NONE
    lacking: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    families: tuple[CodeFamily, ...] = ()


class SearchIndex(Protocol):
    """The search that the desk needs. Implementations take text of any content and length, in bounded time."""

    def search(self, text: str, *, filters: Filters = ..., limit: int = ..., offset: int = ...) -> SearchResult:
        """Records that match the words of ``text``, best first; filters without words list records by code."""
        ...

    def finds(self, text: str, codes: Iterable[str]) -> bool:
        """Whether a word or name in ``text`` leads to the record of one of ``codes``."""
        ...

    def suggest(self, text: str, *, limit: int = ...) -> tuple[Hit, ...]:
        """Records for text still being typed: the last word counts as a prefix (of a code too)."""
        ...

    def neighbors(self, text: str, *, excluding: frozenset[str] = ..., limit: int = ...) -> tuple[Hit, ...]:
        """Active records whose description is nearest to ``text`` (successors of a terminated code)."""
        ...


class DeferredIndex:
    """An index that is opened by the first search: a command that looks up a code never needs it."""

    def __init__(self, open_index: Callable[[], SearchIndex]) -> None:
        self._open_index = open_index

    @cached_property
    def _index(self) -> SearchIndex:
        return self._open_index()

    def search(self, text: str, *, filters: Filters = NO_FILTERS, limit: int = 10, offset: int = 0) -> SearchResult:
        """As the index does; raises what opening it raises."""
        return self._index.search(text, filters=filters, limit=limit, offset=offset)

    def finds(self, text: str, codes: Iterable[str]) -> bool:
        """As the index does; raises what opening it raises."""
        return self._index.finds(text, codes)

    def suggest(self, text: str, *, limit: int = 10) -> tuple[Hit, ...]:
        """As the index does; raises what opening it raises."""
        return self._index.suggest(text, limit=limit)

    def neighbors(self, text: str, *, excluding: frozenset[str] = frozenset(), limit: int = 5) -> tuple[Hit, ...]:
        """As the index does; raises what opening it raises."""
        return self._index.neighbors(text, excluding=excluding, limit=limit)

"""Which codes a watch's words find: by their descriptions, by other names, and never by a guess."""

from __future__ import annotations

from collections.abc import Iterable

from hcpcs.search_port import Filters, Hit, Repair, SearchResult, Why
from hcpcs_bot.watches.matching import word_search

NO_FILTERS = Filters()


class ListIndex:
    """An index of ready results."""

    def __init__(self, *hits: Hit, repairs: tuple[Repair, ...] = ()) -> None:
        self.hits = hits
        self.repairs = repairs

    def search(self, text: str, *, filters: Filters = NO_FILTERS, limit: int = 10, offset: int = 0) -> SearchResult:
        return SearchResult(query=text, hits=self.hits, total=len(self.hits), repairs=self.repairs)

    def finds(self, text: str, codes: Iterable[str]) -> bool:
        return any(hit.code in codes for hit in self.hits)

    def suggest(self, text: str, *, limit: int = 10) -> tuple[Hit, ...]:
        return self.hits

    def neighbors(self, text: str, *, excluding: frozenset[str] = frozenset(), limit: int = 5) -> tuple[Hit, ...]:
        return self.hits


def hit(code: str, text: str, *words: str) -> Hit:
    why = tuple(
        Why(word=word, field="long_description", matched=text, rule="brand", trail=text, place="by its code")
        for word in words
    )
    return Hit(code=code, score=1.0, short_description="", long_description=text, active=True, why=why)


def test_every_word_must_be_said_or_met() -> None:
    index = ListIndex(
        hit("J9271", "Injection, pembrolizumab, 1 mg", "keytruda", "injection"),
        hit("J9272", "Injection, dostarlimab, 10 mg", "injection"),
        hit("E0784", "Insulin pump"),
    )
    assert word_search(index)("keytruda injections") == {"J9271"}
    assert word_search(index)("insulin pumps") == {"E0784"}


def test_what_had_to_be_repaired_finds_nothing() -> None:
    index = ListIndex(hit("E0784", "Insulin pump", "insuln"), repairs=(Repair(written="insuln", searched="insulin"),))
    assert word_search(index)("insuln") == frozenset()


def test_no_words_find_nothing() -> None:
    assert word_search(ListIndex(hit("E0784", "Insulin pump")))("of the") == frozenset()

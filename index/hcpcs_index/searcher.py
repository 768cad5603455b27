"""The search index that the desk uses: reads the words, finds, ranks and explains. Threads may share it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final, NamedTuple

from hcpcs.search_port import CodeFamily, Confidence, Filters, Hit, SearchResult
from hcpcs_index.inverted_index.postings import disjunction
from hcpcs_index.inverted_index.search_table import SearchTable
from hcpcs_index.query.concepts import ParsedQuery
from hcpcs_index.query.filters import NO_FILTERS, Allowed, Sieve
from hcpcs_index.query.query_parser import QueryParser
from hcpcs_index.query.vocabulary import SearchVocabulary
from hcpcs_index.results.browse_families import families_to_browse
from hcpcs_index.results.confidence import confidence
from hcpcs_index.results.explain import Explainer
from hcpcs_index.results.ranking import Ranker
from hcpcs_index.text.analysis import MAX_CHARACTERS, fold, words_of_folded

MOST_HITS: Final = 1_000
"""A page never holds more."""
NEIGHBOUR_WORDS: Final = 24
NEIGHBOUR_CHARACTERS: Final = 800
SHARE_OF_OWN: Final = 0.4
"""Neighbours of a record score at least so much of what the record itself does."""

Numbered = list[tuple[int, float]]
"""Documents with their scores, best first."""


class _Day(NamedTuple):
    """What depends on the day: which codes are in use, and the order that follows from it."""

    sieve: Sieve
    ranker: Ranker


class Searcher:
    """The search of one table. ``today`` says on which day a code counts as in use."""

    def __init__(self, table: SearchTable, today: Callable[[], date] = date.today) -> None:
        self._table = table
        self._today = today
        self._lexicon = SearchVocabulary(table)
        self._reader = QueryParser(table, self._lexicon)
        self._explainer = Explainer(table)
        self._letters = sorted({code[0] for code in table.codes if len(code) == 5})
        self._day = self._of(today())

    def search(self, text: str, *, filters: Filters = NO_FILTERS, limit: int = 10, offset: int = 0) -> SearchResult:
        """Records that the words of ``text`` find, best first; filters alone list by code."""
        day = self._current()
        allowed = day.sieve.allowed(filters)
        reading = self._reader.read(text)
        text = text[:MAX_CHARACTERS].encode("utf-8", "replace").decode()
        if not reading.words:
            return self._listed(text, allowed, day, limit, offset)
        found = day.ranker.rank(reading, allowed, offset + limit)
        trust = confidence(reading, found)
        browse: tuple[CodeFamily, ...] = ()
        if trust is not Confidence.HIGH:
            stems = [word.stem for word in reading.words]
            near = [self._table.codes[number] for number, _ in found.ranked[:10]]
            browse = families_to_browse(near, stems, self._letters)
        return SearchResult(
            query=text,
            hits=self._hits(_page(found.ranked, limit, offset), day, reading),
            total=found.total,
            confidence=trust,
            repairs=reading.repairs,
            families=browse,
        )

    def suggest(self, text: str, *, limit: int = 10) -> tuple[Hit, ...]:
        """Records for text still being typed: the last word counts as a prefix (of a code too)."""
        day = self._current()
        reading = self._reader.read(text, typing=True)
        found = day.ranker.rank(reading, None, limit)
        return self._hits(_page(found.ranked, limit, 0), day, reading)

    def neighbours(self, text: str, *, excluding: frozenset[str] = frozenset(), limit: int = 5) -> tuple[Hit, ...]:
        """Active records whose description is nearest to ``text`` (successors of a terminated code)."""
        day = self._current()
        stems = dict.fromkeys(
            word.stem for word in words_of_folded(fold(text[:NEIGHBOUR_CHARACTERS])[:NEIGHBOUR_CHARACTERS])
        )
        lists = [scores for stem in stems if (scores := self._table.postings.get(stem))]
        lists.sort(key=len)
        lists = lists[:NEIGHBOUR_WORDS]
        candidates = disjunction(lists, limit + len(excluding), day.sieve.active)
        near = [pair for pair in candidates if self._table.codes[pair[0]] not in excluding]
        # A text is nearest to its own record: what is far from that shares "injection" or "sodium", not the drug.
        own = [number for number, code in enumerate(self._table.codes) if code in excluding]
        best = max((sum(scores.get(number, 0.0) for scores in lists) for number in own), default=0.0)
        near = [pair for pair in near if pair[1] >= SHARE_OF_OWN * best]
        return self._hits(near[:limit], day, ParsedQuery((), ()))

    def texts(
        self, text: str, *, filters: Filters = NO_FILTERS, limit: int = 10, typing: bool = False
    ) -> list[tuple[str, str, str]]:
        """The bare list, for those who need no reasons: code, short and long description, best first."""
        day = self._current()
        allowed = day.sieve.allowed(filters)
        found = day.ranker.rank(self._reader.read(text, typing=typing), allowed, limit)
        table = self._table
        return [(table.codes[n], table.short[n], table.long[n]) for n, _ in found.ranked[:limit]]

    def _listed(self, text: str, allowed: Allowed | None, day: _Day, limit: int, offset: int) -> SearchResult:
        """Every document that the filters let through, by code; nothing if there are no filters."""
        ranked = [(number, 1.0) for number in sorted(allowed)] if allowed else []
        hits = self._hits(_page(ranked, limit, offset), day, ParsedQuery((), ()))
        trust = Confidence.HIGH if ranked else Confidence.NONE
        browse = () if ranked else families_to_browse((), (), self._letters)
        return SearchResult(query=text, hits=hits, total=len(ranked), confidence=trust, families=browse)

    def _hits(self, page: Numbered, day: _Day, reading: ParsedQuery) -> tuple[Hit, ...]:
        table = self._table
        return tuple(
            Hit(
                code=table.codes[number],
                score=score,
                short_description=table.short[number],
                long_description=table.long[number],
                active=number in day.sieve.active,
                why=self._explainer.why(number, reading),
            )
            for number, score in page
        )

    def _current(self) -> _Day:
        today = self._today()
        day = self._day
        if day.sieve.day != today:
            day = self._day = self._of(today)
        return day

    def _of(self, today: date) -> _Day:
        sieve = Sieve(self._table, self._lexicon, today)
        return _Day(sieve, Ranker(self._table, sieve.active))


def _page(ranked: Numbered, limit: int, offset: int) -> Numbered:
    start = max(offset, 0)
    return ranked[start : start + min(max(limit, 0), MOST_HITS)]

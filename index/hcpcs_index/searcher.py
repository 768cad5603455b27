"""The search index of the desk: parses the words, matches, ranks and explains. Threads may share it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from hcpcs.records.codes import is_modifier
from hcpcs.search_port import NO_FILTERS, CodeFamily, Confidence, Filters, Hit, SearchResult
from hcpcs_index.inverted_index.postings import disjunction
from hcpcs_index.inverted_index.search_table import SearchTable
from hcpcs_index.query.code_words import CodeWords
from hcpcs_index.query.completion import Completer
from hcpcs_index.query.concepts import ParsedQuery
from hcpcs_index.query.filters import Allowed, FilterSets
from hcpcs_index.query.meanings import Meanings
from hcpcs_index.query.query_parser import QueryParser
from hcpcs_index.query.vocabulary import SearchVocabulary
from hcpcs_index.results.browse_families import families_to_browse
from hcpcs_index.results.confidence import judge
from hcpcs_index.results.explain import Explainer
from hcpcs_index.results.ranking import Ranker
from hcpcs_index.search_limits import FAMILY_HITS, MAX_CHARACTERS, MAX_HITS, MAX_NEIGHBOR_CHARACTERS
from hcpcs_index.text.analysis import fold, tokenize_folded
from hcpcs_index.text.word_lists import INJECTION_STEM
from hcpcs_index.weights import MIN_NEIGHBOR_SCORE

Page = list[tuple[int, float]]
"""Document numbers with their scores, best first."""


class _Day(NamedTuple):
    """What depends on the day: the active codes, and the ranking that follows from them."""

    filter_sets: FilterSets
    ranker: Ranker


class Searcher:
    """The search of one table. ``today`` gives the day on which a code counts as active."""

    def __init__(self, table: SearchTable, today: Callable[[], date] = date.today) -> None:
        self._table = table
        self._today = today
        self._codes = CodeWords(table)
        meanings = Meanings(table, self._codes)
        completer = Completer(table, self._codes, meanings)
        vocabulary = SearchVocabulary(table, self._codes, meanings, completer)
        self._parser = QueryParser(table, vocabulary, completer)
        self._explainer = Explainer(table)
        self._first_letters = sorted({code[0] for code in table.codes if not is_modifier(code)})
        self._day = self._prepare_day(today())

    def search(self, text: str, *, filters: Filters = NO_FILTERS, limit: int = 10, offset: int = 0) -> SearchResult:
        """Records that match the words of ``text``, best first; filters without words list records by code."""
        day = self._current_day()
        allowed = day.filter_sets.allowed(filters)
        query = self._parser.parse(text)
        text = text[:MAX_CHARACTERS].encode("utf-8", "replace").decode()
        if not query.words:
            return self._list_by_code(text, allowed, day, limit, offset)
        documents = day.ranker.rank(query, allowed, offset + limit)
        first = self._table.stems[documents.ranked[0][0]].split() if documents.ranked else ()
        confidence, lacking = judge(query, documents, injected=INJECTION_STEM in first)
        families: tuple[CodeFamily, ...] = ()
        if confidence is not Confidence.HIGH:
            stems = [word.stem for word in query.words]
            codes = [self._table.codes[number] for number, _ in documents.ranked[:FAMILY_HITS]]
            families = families_to_browse(codes, stems, self._first_letters)
        return SearchResult(
            query=text,
            hits=self._hits(_page(documents.ranked, limit, offset), day, query),
            total=documents.total,
            confidence=confidence,
            lacking=lacking,
            repairs=query.repairs,
            families=families,
        )

    def finds(self, text: str, codes: Iterable[str]) -> bool:
        """Whether a word or name in ``text`` leads to the record of one of ``codes``, however many others it finds."""
        query = self._parser.parse(text)
        names = [*query.items, *query.items_within]
        matches = [*(concept.matches for concept in query.concepts), *(name.scores for name in names)]
        numbers = [number for code in codes if (number := self._codes.number(code)) is not None]
        return any(number in scores for scores in matches for number in numbers)

    def suggest(self, text: str, *, limit: int = 10) -> tuple[Hit, ...]:
        """Records for text still being typed: the last word counts as a prefix (of a code too)."""
        day = self._current_day()
        query = self._parser.parse(text, typing=True)
        documents = day.ranker.rank(query, None, limit)
        return self._hits(_page(documents.ranked, limit, 0), day, query)

    def neighbors(self, text: str, *, excluding: frozenset[str] = frozenset(), limit: int = 5) -> tuple[Hit, ...]:
        """Active records whose description is nearest to ``text`` (successors of a terminated code)."""
        day = self._current_day()
        folded = fold(text[:MAX_NEIGHBOR_CHARACTERS])[:MAX_NEIGHBOR_CHARACTERS]
        stems = dict.fromkeys(word.stem for word in tokenize_folded(folded, self._table.stem))
        lists = [postings for stem in stems if (postings := self._table.postings.get(stem))]
        candidates = disjunction(lists, limit + len(excluding), day.filter_sets.active)
        neighbors = [(-n, score) for score, n in candidates if self._table.codes[-n] not in excluding]
        # A text is nearest to its own record. One that scores far less shares "injection" or "sodium", not the drug.
        own = [number for code in excluding if (number := self._codes.number(code)) is not None]
        own_score = max((sum(postings.get(number, 0.0) for postings in lists) for number in own), default=0.0)
        neighbors = [pair for pair in neighbors if pair[1] >= MIN_NEIGHBOR_SCORE * own_score]
        return self._hits(neighbors[:limit], day, ParsedQuery((), ()))

    def texts(
        self, text: str, *, filters: Filters = NO_FILTERS, limit: int = 10, typing: bool = False
    ) -> list[tuple[str, str, str]]:
        """Code, short and long description of the best records, best first, without reasons."""
        day = self._current_day()
        allowed = day.filter_sets.allowed(filters)
        documents = day.ranker.rank(self._parser.parse(text, typing=typing), allowed, limit)
        codes, short, long = self._table.codes, self._table.short, self._table.long
        return [(codes[n], short[n], long[n]) for n, _ in documents.ranked[:limit]]

    def _list_by_code(self, text: str, allowed: Allowed | None, day: _Day, limit: int, offset: int) -> SearchResult:
        """Every allowed document, by code; none if there are no filters."""
        numbers = sorted(allowed) if allowed else []
        page = _page([(number, 1.0) for number in numbers], limit, offset)
        return SearchResult(
            query=text,
            hits=self._hits(page, day, ParsedQuery((), ())),
            total=len(numbers),
            confidence=Confidence.HIGH if numbers else Confidence.NONE,
            families=() if numbers else families_to_browse((), (), self._first_letters),
        )

    def _hits(self, page: Page, day: _Day, query: ParsedQuery) -> tuple[Hit, ...]:
        table = self._table
        return tuple(
            Hit(
                code=table.codes[number],
                score=score,
                short_description=table.short[number],
                long_description=table.long[number],
                active=number in day.filter_sets.active,
                ended=self._end_before(number, day.filter_sets.day),
                why=self._explainer.explain(number, query),
            )
            for number, score in page
        )

    def _end_before(self, number: int, day: date) -> date | None:
        """The last day of a document's code, if that is before ``day``."""
        terminated = self._table.terminated[number]
        return date.fromordinal(terminated) if terminated and terminated < day.toordinal() else None

    def _current_day(self) -> _Day:
        today = self._today()
        day = self._day
        if day.filter_sets.day != today:
            day = self._day = self._prepare_day(today)
        return day

    def _prepare_day(self, today: date) -> _Day:
        filter_sets = FilterSets(self._table, self._codes, today)
        return _Day(filter_sets, Ranker(self._table, filter_sets.active))


def _page(ranked: Page, limit: int, offset: int) -> Page:
    start = max(offset, 0)
    return ranked[start : start + min(max(limit, 0), MAX_HITS)]

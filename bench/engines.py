"""The engines compared: each answers the same mixed queries with its ten best records and their texts.

Every engine gets the same two texts (short and long description in one field, Porter stems, no synonyms) and its own
best form of each query. A kind of query that an engine does not support is left out for it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import Final

import bm25s
import numpy

from bench.engine import TOP, CodePlaces, Engine, Entry, Row, tokens
from bench.queries import Kind, MixedQuery
from bench.tantivy_engine import Tantivy, TantivyQueries
from hcpcs.search_port import NO_FILTERS, Filters
from hcpcs_index.searcher import Searcher
from hcpcs_index.text.stemming import stem

PREFIX_LENGTHS: Final = "2 3 4 5"
"""Lengths of the prefixes that SQLite indexes, those of most unfinished words: without it type-ahead takes longer."""


class Ours:
    """The search of this project, as its interfaces use it: reasons, spelling correction, synonyms, confidence."""

    name = "ours, with reasons"

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    def can(self, kind: Kind) -> bool:
        """Everything."""
        return True

    def find(self, query: MixedQuery) -> Sequence[Row]:
        """The ten best, with everything that a card shows of them."""
        if query.kind is Kind.TYPE_AHEAD:
            hits = self._searcher.suggest(our_text(query), limit=TOP)
        else:
            hits = self._searcher.search(our_text(query), filters=our_filters(query), limit=TOP).hits
        return [(hit.code, hit.short_description, hit.long_description) for hit in hits]

    def words(self, text: str, limit: int) -> Sequence[str]:
        """The codes for free text."""
        return [hit.code for hit in self._searcher.search(text, limit=limit).hits]


class OursBare(Ours):
    """The same search, returning what the other engines return: the ten best with their stored texts."""

    name = "ours"

    def find(self, query: MixedQuery) -> Sequence[Row]:
        """The ten best with their texts."""
        typing = query.kind is Kind.TYPE_AHEAD
        return self._searcher.texts(our_text(query), filters=our_filters(query), limit=TOP, typing=typing)


def our_text(query: MixedQuery) -> str:
    """A query as it is typed."""
    if query.kind is Kind.PHRASE:
        return f'"{" ".join(query.words)}"'
    return (" OR " if query.kind is Kind.ANY else " ").join(query.words)


def our_filters(query: MixedQuery) -> Filters:
    """The coverage, range or family that a query is limited to."""
    if not (query.coverage or query.first or query.prefix):
        return NO_FILTERS
    return Filters(
        coverage=frozenset(query.coverage),
        first=query.first or None,
        last=query.last or None,
        prefix=query.prefix or None,
    )


class Fts5:
    """SQLite FTS5 with Porter stems and an index of prefixes, in memory."""

    name = "SQLite FTS5"

    def __init__(self, rows: Sequence[Entry]) -> None:
        self._base = sqlite3.connect(":memory:")
        self._base.execute(
            "CREATE VIRTUAL TABLE records USING fts5(short, long, code UNINDEXED, coverage UNINDEXED, "
            f"tokenize='porter unicode61', prefix='{PREFIX_LENGTHS}')"
        )
        self._base.executemany(
            "INSERT INTO records(rowid, short, long, code, coverage) VALUES (?, ?, ?, ?, ?)",
            [(place, row.short, row.long, row.code, row.coverage) for place, row in enumerate(rows)],
        )
        self._places = CodePlaces(rows)
        self._base.execute("INSERT INTO records(records) VALUES ('optimize')")

    def can(self, kind: Kind) -> bool:
        """Everything; a misspelled word finds nothing."""
        return True

    def find(self, query: MixedQuery) -> Sequence[Row]:
        """The ten best by its BM25."""
        quoted = [f'"{word}"' for word in query.words]
        if query.kind is Kind.PHRASE:
            match = f'"{" ".join(query.words)}"'
        elif query.kind is Kind.TYPE_AHEAD:
            match = " AND ".join(quoted) + "*"
        else:
            match = (" OR " if query.kind is Kind.ANY else " AND ").join(quoted)
        return self._best(match, query)

    def _best(self, match: str, query: MixedQuery) -> list[Row]:
        """The ten best for an expression, among the records that the query is limited to."""
        where = "records MATCH ?"
        values: list[str | int] = [match]
        if query.coverage:
            where, values = f"{where} AND coverage = ?", [*values, query.coverage]
        places = self._places.range_of(query)
        if places is not None:
            where, values = f"{where} AND rowid BETWEEN ? AND ?", [*values, *places]
        return self._select(where, values, TOP)

    def words(self, text: str, limit: int) -> Sequence[str]:
        """The codes of the records that hold any word."""
        quoted = [f'"{token}"' for token in tokens(text)]
        if not quoted:
            return []
        return [code for code, _, _ in self._select("records MATCH ?", [" OR ".join(quoted)], limit)]

    def _select(self, where: str, values: Sequence[str | int], limit: int) -> list[Row]:
        sql = f"SELECT code, short, long FROM records WHERE {where} ORDER BY rank LIMIT {limit}"
        return self._base.execute(sql, values).fetchall()


class Bm25s:
    """bm25s with Porter stems: any of the words, filters by a mask; no phrases, prefixes or misspellings."""

    name = "bm25s"

    def __init__(self, rows: Sequence[Entry]) -> None:
        self._rows = rows
        texts = [[stem(token) for token in tokens(f"{row.short} {row.long}")] for row in rows]
        self._engine = bm25s.BM25()
        self._engine.index(texts, show_progress=False)
        self._places = CodePlaces(rows)
        coverage = numpy.array([row.coverage for row in rows])
        self._covered = {value: (coverage == value).astype("float32") for value in set(coverage.tolist())}

    def can(self, kind: Kind) -> bool:
        """Words and filters."""
        return kind not in (Kind.PHRASE, Kind.TYPO, Kind.TYPE_AHEAD)

    def find(self, query: MixedQuery) -> Sequence[Row]:
        """The ten best by its BM25."""
        mask = self._covered.get(query.coverage) if query.coverage else None
        places = self._places.range_of(query)
        if places is not None:
            mask = numpy.zeros(len(self._rows), "float32")
            mask[places[0] : places[1] + 1] = 1.0
        return self._top(query.words, TOP, mask)

    def words(self, text: str, limit: int) -> Sequence[str]:
        """The codes of the records that hold any word."""
        return [code for code, _, _ in self._top(tokens(text), limit, None)]

    def _top(self, words: Sequence[str], limit: int, mask: numpy.ndarray | None) -> list[Row]:
        asked = [[stem(word) for word in words]]
        if not asked[0]:
            return []
        numbers, scores = self._engine.retrieve(asked, k=limit, show_progress=False, weight_mask=mask)
        rows = (self._rows[number] for number, score in zip(numbers[0], scores[0], strict=True) if score > 0)
        return [(row.code, row.short, row.long) for row in rows]


RIVALS: Final[tuple[Callable[[Sequence[Entry]], Engine], ...]] = (Fts5, Tantivy, TantivyQueries, Bm25s)

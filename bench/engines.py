"""The engines side by side: each answers the same mixed queries with its ten best records and their texts.

Every engine gets the same two texts (short and long description in one field, Porter stems, no synonyms) and its own
best form of each query, built by hand. What an engine can't do it says, and it is left out of that kind.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, Protocol

import bm25s
import numpy
import tantivy

from bench.queries import Kind, MixedQuery
from hcpcs.catalog.catalog import Catalog
from hcpcs.search_port import Filters
from hcpcs_index.searcher import Searcher
from hcpcs_index.text.stemming import stem

TOP: Final = 10
_TOKEN: Final = re.compile(r"[a-z0-9]+")

Row = tuple[str, str, str]
"""Code, short and long description."""


class Entry(NamedTuple):
    """What is indexed of one code."""

    code: str
    short: str
    long: str
    coverage: str


class Engine(Protocol):
    """An engine that was built and is open."""

    @property
    def name(self) -> str:
        """What it is called in the tables."""
        ...

    def can(self, kind: Kind) -> bool:
        """Whether the engine has this kind of query."""
        ...

    def find(self, query: MixedQuery) -> Sequence[Row]:
        """The ten best records of a mixed query."""
        ...

    def words(self, text: str, limit: int) -> Sequence[str]:
        """The codes of the best records for free text, by any of its words."""
        ...


def entries(catalog: Catalog) -> list[Entry]:
    """What is indexed of a catalogue."""
    records = (catalog.current(code, catalog.newest.effective) for code in catalog.codes())
    return [
        Entry(s.record.code, s.record.short_description, s.record.long_description, s.record.coverage)
        for s in records
        if s is not None
    ]


def tokens(text: str) -> list[str]:
    """The plain words of a text."""
    return _TOKEN.findall(text.lower())


class Ours:
    """The search of this project, as faces ask it: with reasons, repairs, synonyms and confidence."""

    name = "ours, with reasons"

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    def can(self, kind: Kind) -> bool:
        """Everything."""
        return True

    def find(self, query: MixedQuery) -> Sequence[Row]:
        """The ten best, with all that a face shows of them."""
        if query.kind is Kind.BEGUN:
            hits = self._searcher.suggest(" ".join(query.words), limit=TOP)
        else:
            hits = self._searcher.search(_our_text(query), filters=_our_filters(query), limit=TOP).hits
        return [(hit.code, hit.short_description, hit.long_description) for hit in hits]

    def words(self, text: str, limit: int) -> Sequence[str]:
        """The codes for free text."""
        return [hit.code for hit in self._searcher.search(text, limit=limit).hits]


class OursBare(Ours):
    """The same search giving what the other engines give: the ten best with their stored texts."""

    name = "ours"

    def find(self, query: MixedQuery) -> Sequence[Row]:
        """The ten best with their texts."""
        typing = query.kind is Kind.BEGUN
        text = " ".join(query.words) if typing else _our_text(query)
        return self._searcher.texts(text, filters=_our_filters(query), limit=TOP, typing=typing)


def _our_text(query: MixedQuery) -> str:
    if query.kind is Kind.PHRASE:
        return f'"{" ".join(query.words)}"'
    return (" OR " if query.kind is Kind.ANY else " ").join(query.words)


def _our_filters(query: MixedQuery) -> Filters:
    if not (query.coverage or query.first or query.prefix):
        return Filters()
    return Filters(
        coverage=frozenset(query.coverage),
        first=query.first or None,
        last=query.last or None,
        prefix=query.prefix or None,
    )


class Fts5:
    """SQLite FTS5 with Porter stems, in memory."""

    name = "SQLite FTS5"

    def __init__(self, rows: Sequence[Entry]) -> None:
        self._base = sqlite3.connect(":memory:")
        self._base.execute(
            "CREATE VIRTUAL TABLE records USING fts5(short, long, code UNINDEXED, coverage UNINDEXED, "
            "tokenize='porter unicode61')"
        )
        self._base.executemany(
            "INSERT INTO records(short, long, code, coverage) VALUES (?, ?, ?, ?)",
            [(row.short, row.long, row.code, row.coverage) for row in rows],
        )
        self._base.execute("INSERT INTO records(records) VALUES ('optimize')")

    def can(self, kind: Kind) -> bool:
        """Everything; a misspelt word finds nothing."""
        return True

    def find(self, query: MixedQuery) -> Sequence[Row]:
        """The ten best by its BM25."""
        quoted = [f'"{word}"' for word in query.words]
        if query.kind is Kind.PHRASE:
            match = f'"{" ".join(query.words)}"'
        elif query.kind is Kind.BEGUN:
            match = " AND ".join(quoted) + "*"
        else:
            match = (" OR " if query.kind is Kind.ANY else " AND ").join(quoted)
        where, values = "records MATCH ?", [match]
        if query.coverage:
            where, values = f"{where} AND coverage = ?", [*values, query.coverage]
        if query.first:
            where, values = f"{where} AND code BETWEEN ? AND ?", [*values, query.first, query.last]
        if query.prefix:
            where, values = f"{where} AND code BETWEEN ? AND ?", [*values, query.prefix, query.prefix + "~"]
        return self._select(where, values, TOP)

    def words(self, text: str, limit: int) -> Sequence[str]:
        """The codes of the records that hold any word."""
        found = [f'"{token}"' for token in tokens(text)]
        if not found:
            return []
        return [code for code, _, _ in self._select("records MATCH ?", [" OR ".join(found)], limit)]

    def _select(self, where: str, values: Sequence[str], limit: int) -> list[Row]:
        sql = f"SELECT code, short, long FROM records WHERE {where} ORDER BY rank LIMIT {limit}"
        return self._base.execute(sql, values).fetchall()


class TantivyByHand:
    """tantivy with English stems, in memory, its query trees built by hand."""

    name = "tantivy, by hand"

    def __init__(self, rows: Sequence[Entry]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", stored=False, tokenizer_name="en_stem")
        builder.add_text_field("code", stored=True, tokenizer_name="raw", fast=True)
        builder.add_integer_field("place", stored=False, indexed=True, fast=True)
        builder.add_text_field("coverage", stored=False, tokenizer_name="raw")
        builder.add_text_field("short", stored=True)
        builder.add_text_field("long", stored=True)
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema)
        english = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        for step in (tantivy.Filter.lowercase(), tantivy.Filter.stemmer("english")):
            english = english.filter(step)
        self._english = english.build()
        writer = self._index.writer(heap_size=64_000_000, num_threads=1)
        self._place = {row.code: place for place, row in enumerate(rows)}
        for place, row in enumerate(rows):
            writer.add_document(
                tantivy.Document(
                    place=place,
                    text=f"{row.short} {row.long}",
                    code=row.code,
                    coverage=row.coverage,
                    short=row.short,
                    long=row.long,
                )
            )
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def can(self, kind: Kind) -> bool:
        """Everything."""
        return True

    def find(self, query: MixedQuery) -> Sequence[Row]:
        """The ten best by its BM25."""
        return self._top(self._query(query), TOP)

    def words(self, text: str, limit: int) -> Sequence[str]:
        """The codes of the records that hold any word."""
        clauses = [(tantivy.Occur.Should, self._term(token)) for token in tokens(text)]
        if not clauses:
            return []
        return [code for code, _, _ in self._top(tantivy.Query.boolean_query(clauses), limit)]

    def _term(self, word: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, "text", self._stem(word))

    def _stem(self, word: str) -> str:
        return next(iter(self._english.analyze(word)), word)

    def _query(self, query: MixedQuery) -> tantivy.Query:
        must, should = tantivy.Occur.Must, tantivy.Occur.Should
        kind, q = query.kind, tantivy.Query
        if kind is Kind.PHRASE:
            return q.phrase_query(self._schema, "text", [self._stem(word) for word in query.words])
        if kind is Kind.TYPO:
            return q.fuzzy_term_query(self._schema, "text", query.words[0], distance=1, transposition_cost_one=True)
        clauses = [(should if kind is Kind.ANY else must, self._term(word)) for word in query.words]
        if kind is Kind.BEGUN:
            begun = q.regex_query(self._schema, "text", f"{re.escape(query.words[-1])}.*")
            clauses[-1] = (must, begun)
        if query.coverage:
            clauses.append((must, q.term_query(self._schema, "coverage", query.coverage)))
        if query.first:
            first, last = self._place[query.first], self._place[query.last]
            clauses.append((must, q.range_query(self._schema, "place", tantivy.FieldType.Integer, first, last)))
        if query.prefix:
            clauses.append((must, q.regex_query(self._schema, "code", f"{query.prefix}.*")))
        return q.boolean_query(clauses) if len(clauses) > 1 else clauses[0][1]

    def _top(self, query: tantivy.Query, limit: int) -> list[Row]:
        searcher = self._searcher
        rows: list[Row] = []
        for _, address in searcher.search(query, limit, count=False).hits:
            document = searcher.doc(address)
            rows.append((document["code"][0], document["short"][0], document["long"][0]))
        return rows


class Tantivy(TantivyByHand):
    """The same tantivy asked as text in its query language, as every other engine is, where that can say it."""

    name = "tantivy"

    def _query(self, query: MixedQuery) -> tantivy.Query:
        kind = query.kind
        if kind in (Kind.TYPO, Kind.BEGUN, Kind.FAMILY):
            return super()._query(query)
        if kind is Kind.PHRASE:
            return self._index.parse_query(f'"{" ".join(query.words)}"', ["text"])
        sign = "" if kind is Kind.ANY else "+"
        parts = [f"{sign}{word}" for word in query.words]
        if query.coverage:
            parts.append(f"+coverage:{query.coverage}")
        if query.first:
            parts.append(f"+place:[{self._place[query.first]} TO {self._place[query.last]}]")
        return self._index.parse_query(" ".join(parts), ["text"])


class Bm25s:
    """bm25s with Porter stems: any of the words, filters by a mask; no phrases, prefixes or misspellings."""

    name = "bm25s"

    def __init__(self, rows: Sequence[Entry]) -> None:
        self._rows = rows
        texts = [[stem(token) for token in tokens(f"{row.short} {row.long}")] for row in rows]
        self._engine = bm25s.BM25()
        self._engine.index(texts, show_progress=False)
        self._codes = numpy.array([row.code for row in rows])
        self._coverage = numpy.array([row.coverage for row in rows])

    def can(self, kind: Kind) -> bool:
        """Words and filters."""
        return kind not in (Kind.PHRASE, Kind.TYPO, Kind.BEGUN)

    def find(self, query: MixedQuery) -> Sequence[Row]:
        """The ten best by its BM25."""
        mask = None
        if query.coverage:
            mask = (self._coverage == query.coverage).astype("float32")
        elif query.first:
            mask = ((self._codes >= query.first) & (self._codes <= query.last)).astype("float32")
        elif query.prefix:
            mask = numpy.char.startswith(self._codes, query.prefix).astype("float32")
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


RIVALS: Final[tuple[Callable[[Sequence[Entry]], Engine], ...]] = (Fts5, Tantivy, TantivyByHand, Bm25s)

"""tantivy in the comparison, asked by query objects and in its query language."""

from __future__ import annotations

from collections.abc import Sequence

import tantivy

from bench.engine import TOP, CodePlaces, Entry, Row, tokens
from bench.queries import Kind, MixedQuery


class TantivyQueries:
    """tantivy with English stems, in memory, asked by query objects."""

    name = "tantivy, query objects"

    def __init__(self, rows: Sequence[Entry]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", stored=False, tokenizer_name="en_stem")
        builder.add_text_field("code", stored=True, tokenizer_name="raw", fast=True)
        builder.add_integer_field("number", stored=False, indexed=True, fast=True)
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
        self._places = CodePlaces(rows)
        for number, row in enumerate(rows):
            writer.add_document(
                tantivy.Document(
                    number=number,
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
        if kind is Kind.TYPE_AHEAD:
            # An automaton of the prefix: a regular expression takes several times as long for the same records.
            clauses[-1] = (must, q.fuzzy_term_query(self._schema, "text", query.words[-1], distance=0, prefix=True))
        if query.coverage:
            clauses.append((must, q.term_query(self._schema, "coverage", query.coverage)))
        places = self._places.range_of(query)
        if places is not None:
            clauses.append((must, q.range_query(self._schema, "number", tantivy.FieldType.Integer, *places)))
        return q.boolean_query(clauses) if len(clauses) > 1 else clauses[0][1]

    def _top(self, query: tantivy.Query, limit: int) -> list[Row]:
        searcher = self._searcher
        rows: list[Row] = []
        for _, address in searcher.search(query, limit, count=False).hits:
            document = searcher.doc(address)
            rows.append((document["code"][0], document["short"][0], document["long"][0]))
        return rows


class Tantivy(TantivyQueries):
    """The same, asked in its query language, as every other engine is, where that can express the query."""

    name = "tantivy"

    def _query(self, query: MixedQuery) -> tantivy.Query:
        kind = query.kind
        if kind in (Kind.TYPO, Kind.TYPE_AHEAD):
            return super()._query(query)
        if kind is Kind.PHRASE:
            return self._index.parse_query(f'"{" ".join(query.words)}"', ["text"])
        sign = "" if kind is Kind.ANY else "+"
        parts = [f"{sign}{word}" for word in query.words]
        if query.coverage:
            parts.append(f"+coverage:{query.coverage}")
        places = self._places.range_of(query)
        if places is not None:
            parts.append(f"+number:[{places[0]} TO {places[1]}]")
        return self._index.parse_query(" ".join(parts), ["text"])

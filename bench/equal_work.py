"""Equal work, from both sides: our index asked for words alone, and SQLite asked for all that our search looks for.

Our search finds synonyms, corrects spelling, adds records that match only part of a query and compares wording; the
other engines look up the words as typed. So each side is also measured at what the other does.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from bench.engine import TOP, CodePlaces, Entry, Row
from bench.engines import PREFIX_LENGTHS, Fts5, our_filters, our_text
from bench.queries import Kind, MixedQuery
from hcpcs_index.inverted_index.postings import Scores, best, conjunction, disjunction
from hcpcs_index.inverted_index.search_table import SearchTable
from hcpcs_index.query.code_words import CodeWords, prefix_span
from hcpcs_index.query.completion import Completer
from hcpcs_index.query.concepts import Alternative, Concept, ParsedQuery
from hcpcs_index.query.filters import FilterSets
from hcpcs_index.query.meanings import Meanings
from hcpcs_index.query.query_parser import QueryParser
from hcpcs_index.query.vocabulary import SearchVocabulary
from hcpcs_index.text.analysis import fold_query, tokenize_folded
from hcpcs_index.weights import MIN_FULL_MATCHES


class OursWords:
    """Our index asked as SQLite is: the stems of the words as typed, all of them or any, by their scores alone."""

    name = "ours, words alone"

    def __init__(self, table: SearchTable, day: date) -> None:
        self._table = table
        self._filter_sets = FilterSets(table, CodeWords(table), day)
        self._surfaces = sorted(table.surfaces)

    def can(self, kind: Kind) -> bool:
        """Everything; a misspelled word finds nothing."""
        return True

    def find(self, query: MixedQuery) -> Sequence[Row]:
        """The ten best by the sum of their words' scores."""
        table = self._table
        allowed = self._filter_sets.allowed(our_filters(query))
        typing = query.kind is Kind.TYPE_AHEAD
        words = tokenize_folded(fold_query(" ".join(query.words[:-1] if typing else query.words)), table.stem)
        lists = [table.postings.get(word.stem) for word in words]
        if typing:
            lists.append(self._beginning_with(query.words[-1]))
        if query.kind is Kind.ANY:
            ranked = disjunction(lists, TOP, allowed)
        else:
            matches = conjunction(lists, allowed) if lists and all(lists) else {}
            if query.kind is Kind.PHRASE:
                run = f" {' '.join([word.stem for word in words])} "
                matches = {number: score for number, score in matches.items() if run in table.stems[number]}
            ranked = best([(score, -number) for number, score in matches.items()], TOP)
        return [(table.codes[-n], table.short[-n], table.long[-n]) for _, n in ranked]

    def _beginning_with(self, prefix: str) -> Scores:
        """The records with a word that begins so, each with its best score."""
        span = prefix_span(self._surfaces, prefix)
        stems = dict.fromkeys([self._table.stem(surface) for surface in self._surfaces[span.start : span.stop]])
        scores: Scores = {}
        for stem in stems:
            for number, score in self._table.postings.get(stem).items():
                if score > scores.get(number, 0.0):
                    scores[number] = score
        return scores


class Expression(NamedTuple):
    """What our search looks for, in the query language of SQLite: all of it, and any of it where too few match."""

    whole: str
    any_part: str


class Fts5Expanded(Fts5):
    """SQLite FTS5 with our stems, asked what our search looks for: with its synonyms and its corrected spelling.

    The expressions are ready before the time is taken. Where fewer records match than our search would stop at, SQLite
    is asked again for any part, as ours adds partial matches. Roles and wording are not compared.
    """

    name = "SQLite FTS5, same matches as ours"

    def __init__(self, table: SearchTable, rows: Sequence[Entry], expressions: Mapping[MixedQuery, Expression]) -> None:
        self._expressions = expressions
        self._base = sqlite3.connect(":memory:")
        self._base.execute(
            "CREATE VIRTUAL TABLE records USING fts5(short_stems, long_stems, code UNINDEXED, short UNINDEXED, "
            f"long UNINDEXED, coverage UNINDEXED, prefix='{PREFIX_LENGTHS}')"
        )
        stems = dict(zip(table.codes, table.stems, strict=True))
        self._base.executemany(
            "INSERT INTO records(rowid, short_stems, long_stems, code, short, long, coverage)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                # Some synonyms name a code, which is one of the words.
                (place, *f"{stems[row.code]} {row.code}".split("|"), row.code, row.short, row.long, row.coverage)
                for place, row in enumerate(rows)
            ],
        )
        self._base.execute("INSERT INTO records(records) VALUES ('optimize')")
        self._places = CodePlaces(rows)

    def find(self, query: MixedQuery) -> Sequence[Row]:
        """The ten best by its BM25."""
        expression = self._expressions[query]
        rows = self._best(expression.whole, query) if expression.whole else []
        if len(rows) < MIN_FULL_MATCHES and expression.any_part:
            rows += [row for row in self._best(expression.any_part, query) if row not in rows]
        return rows[:TOP]


def expressions_of(queries: Iterable[MixedQuery], table: SearchTable) -> dict[MixedQuery, Expression]:
    """What our search looks for when it is asked each query, for SQLite."""
    codes = CodeWords(table)
    meanings = Meanings(table, codes)
    completer = Completer(table, codes, meanings)
    parser = QueryParser(table, SearchVocabulary(table, codes, meanings, completer), completer)
    return {
        query: _expression(query, parser.parse(our_text(query), typing=query.kind is Kind.TYPE_AHEAD))
        for query in queries
    }


def _expression(query: MixedQuery, parsed: ParsedQuery) -> Expression:
    if query.kind is Kind.PHRASE:
        return Expression(_joined(" + ", [f'"{word.stem}"' for word in parsed.words]), "")
    concepts = [written for concept in parsed.asked if (written := _of_concept(concept))]
    needed = [written for concept in parsed.asked if not concept.optional and (written := _of_concept(concept))]
    if query.kind is Kind.TYPE_AHEAD:
        prefix = query.words[-1]
        others = [one for one in parsed.completions if len(one.stems) != 1 or not one.stems[0].startswith(prefix)]
        last = _joined(" OR ", dict.fromkeys([f'"{prefix}"*', *map(_of_alternative, others)]))
        names = [*map(_of_alternative, parsed.name_completions)]
        return Expression(_joined(" OR ", [_joined(" AND ", [*concepts, last]), *names]), "")
    if parsed.any_of or len(concepts) < 2:
        return Expression(_joined(" OR ", concepts), "")
    return Expression(_joined(" AND ", needed or concepts), _joined(" OR ", concepts))


def _of_concept(concept: Concept) -> str:
    return _joined(" OR ", dict.fromkeys(filter(None, map(_of_alternative, concept.alternatives))))


def _of_alternative(alternative: Alternative) -> str:
    if alternative.stems:
        return _joined(" AND ", [f'"{stem}"' for stem in alternative.stems])
    return f'"{alternative.label}"' if alternative.label.isalnum() else ""


def _joined(operator: str, parts: Iterable[str]) -> str:
    written = [part for part in parts if part]
    return written[0] if len(written) == 1 else f"({operator.join(written)})" if written else ""

"""The scored postings give what Whoosh itself gives: the same documents, scores and order, without a limit."""

from __future__ import annotations

import random
import string
from collections import defaultdict
from contextlib import closing
from pathlib import Path

import pytest
from tests.index.conftest import catalog_of, record
from whoosh import index as whoosh
from whoosh.query import And, Or, Query, Term
from whoosh.searching import Searcher as WhooshSearcher

from hcpcs_index.inverted_index.analyzed_document import FIELD_WEIGHTS, analyze
from hcpcs_index.inverted_index.bm25f import filter_sets, score_terms
from hcpcs_index.inverted_index.documents import documents
from hcpcs_index.inverted_index.postings import best, conjunction, disjunction
from hcpcs_index.inverted_index.whoosh_index import read_scores, read_sets, weighting, write
from hcpcs_index.searcher import Searcher
from hcpcs_index.storage import FOLDER
from hcpcs_index.synonyms.abbreviations import Abbreviations
from hcpcs_index.synonyms.synonym_map import everyday_synonyms

QUERIES = {"and": 1_400, "or": 600}
"""Number of random queries of each sort. Whoosh is slow at the second."""
PAGE = 10


def whoosh_page(searcher: WhooshSearcher, query: Query) -> tuple[list[tuple[int, float]], int]:
    """The best documents by Whoosh, and the number of all. Its own ``limit`` gives wrong pages, so it scores all."""
    results = searcher.search(query, limit=None)
    count = results.scored_length()
    return [(results.docnum(at), results.score(at)) for at in range(min(PAGE, count))], count


def drawn_queries(searcher: Searcher, number: int) -> list[list[str]]:
    """Queries of one to six words; common words occur more often, as they do in people's queries."""
    postings = searcher._table.postings
    chance = random.Random(4)
    terms, frequencies = zip(*postings.to_bytes()[0], strict=True)
    return [list(dict.fromkeys(chance.choices(terms, frequencies, k=chance.randint(1, 6)))) for _ in range(number)]


def any_field(word: str) -> Or:
    """Whoosh's own query for an indexed word."""
    return Or([Term(field, word, boost=weight) for field, weight in FIELD_WEIGHTS.items()])


@pytest.mark.slow
@pytest.mark.parametrize("sort", QUERIES)
def test_random_queries_find_what_whoosh_finds(searcher: Searcher, release_folder: Path, sort: str) -> None:
    postings = searcher._table.postings
    with closing(whoosh.open_dir(str(release_folder / FOLDER), readonly=True)) as index:
        engine = index.searcher(weighting=weighting())
        for query in drawn_queries(searcher, QUERIES[sort]):
            lists = [postings.get(term) for term in query]
            asked = [any_field(term) for term in query]
            if sort == "and":
                every = conjunction(lists)
                ranked = best([(score, -number) for number, score in every.items()], PAGE)
                expected, count = whoosh_page(engine, And(asked))
                assert len(every) == count, query
            else:
                ranked = disjunction(lists, PAGE)
                expected, count = whoosh_page(engine, Or(asked))
                assert len(set().union(*lists)) == count, query
            ours = {-number: score for score, number in ranked}
            assert list(ours.values()) == pytest.approx([score for _, score in expected], rel=1e-6), query
            certain = {number for number, score in expected if score > expected[-1][1] * (1 + 1e-6)}
            assert certain <= ours.keys(), query
            assert all(
                ours[number] == pytest.approx(score, rel=1e-6) for number, score in expected if number in certain
            )


@pytest.mark.slow
def test_the_index_is_one_segment_that_holds_every_record(release_folder: Path, records: dict[str, object]) -> None:
    with closing(whoosh.open_dir(str(release_folder / FOLDER), readonly=True)) as index, index.reader() as reader:
        assert reader.is_atomic()
        assert reader.doc_count() == len(records) == 8_846
        stored = [reader.stored_fields(number)["code"] for number in range(reader.doc_count())]
        assert stored == list(records)


def test_scores_read_are_exactly_those_of_whoosh(tmp_path: Path) -> None:
    materials = " ".join(f"material{letter}" for letter in string.ascii_lowercase)
    catalog = catalog_of(
        record("E0100", "Cane, adjustable or fixed, with tip", "Cane adjust/fixed"),
        # 160 words: Whoosh stores the length of a text in one byte, and that of a long one approximately.
        record("E0105", f"Cane, quad or three prong, made of {' '.join([materials] * 6)}", "Cane quad", betos="D1E"),
        record("RR", "Rental of a cane (use the 'rr' modifier when dme is to be rented)", "Rental (dme)"),
    )
    abbreviations = Abbreviations(everyday_synonyms())
    write(tmp_path, [analyze(document, abbreviations) for document in documents(catalog)])
    expected: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    with closing(whoosh.open_dir(str(tmp_path), readonly=True)) as index:
        engine = index.searcher(weighting=weighting())
        for field, weight in FIELD_WEIGHTS.items():
            for term in engine.lexicon(field):
                matcher = engine.postings(field, term)
                while matcher.is_active():
                    expected[term.decode()][matcher.id()] += weight * matcher.score()
                    matcher.next()
    assert len(expected["cane"]) == 3
    assert read_scores(tmp_path) == expected


def test_filters_find_the_documents_of_their_values(tmp_path: Path) -> None:
    catalog = catalog_of(
        record("E0100", "Cane", coverage="C", betos="D1E", types_of_service=("A", "P")),
        record("E0105", "Cane, quad", coverage="D", types_of_service=("P",)),
        record("RR", "Rental"),
    )
    analyzed = [analyze(document, Abbreviations(everyday_synonyms())) for document in documents(catalog)]
    write(tmp_path, analyzed)
    sets = read_sets(tmp_path)
    assert sets == filter_sets([one.document for one in analyzed])
    assert sets["types_of_service"] == {"A": [0], "P": [0, 1]}


def test_scores_in_memory_are_those_of_whoosh(tmp_path: Path) -> None:
    catalog = catalog_of(
        record("E0100", "Cane, includes canes of all materials, adjustable or fixed, with tip", "Cane adjust/fixed"),
        record("E0105", "Cane, quad or three prong, adjustable or fixed, with tips", "Cane adjust/fixed quad/3 pro"),
        record("J9271", "Injection, pembrolizumab, 1 mg", "Inj pembrolizumab"),
    )
    abbreviations = Abbreviations(everyday_synonyms())
    analyzed = [analyze(document, abbreviations) for document in documents(catalog)]
    write(tmp_path, analyzed)
    by_whoosh = read_scores(tmp_path)
    ours = score_terms(analyzed)
    assert ours.keys() == by_whoosh.keys()
    for term, expected in by_whoosh.items():
        # Whoosh stores the length of a text in one byte, so its scores are approximate.
        assert ours[term] == pytest.approx(expected, rel=0.05), term

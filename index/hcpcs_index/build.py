"""Builds the search of a catalog: an index in a folder, or one in memory for a catalog of a few codes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import orjson

from hcpcs.catalog.catalog import Catalog
from hcpcs_index.inverted_index import bm25f
from hcpcs_index.inverted_index import search_table as tables
from hcpcs_index.inverted_index.analyzed_document import AnalyzedDocument, analyze
from hcpcs_index.inverted_index.documents import documents
from hcpcs_index.inverted_index.postings import PostingLists
from hcpcs_index.inverted_index.table_builder import build_table
from hcpcs_index.searcher import Searcher
from hcpcs_index.storage import DIGESTS_FILE, FOLDER, FORMAT, TABLE_FILE, digests, fingerprint
from hcpcs_index.synonyms.abbreviations import Abbreviations
from hcpcs_index.synonyms.synonym_map import (
    ITEM_KINDS,
    SynonymMap,
    all_synonyms,
    everyday_synonyms,
    item_synonyms,
    read_synonyms,
)


def build_index(catalog: Catalog, folder: Path) -> None:
    """Write the index of a catalog into the new subfolder ``FOLDER`` of a folder that exists.

    Whoosh's files come first, then the search table, then the digests, so that an interrupted build can't be opened.
    Raises ``OSError``.
    """
    # Importing Whoosh takes longer than opening an index, and only building needs it.
    from hcpcs_index.inverted_index import whoosh_index

    index_folder = folder / FOLDER
    index_folder.mkdir()
    entries = [entry for _, _, entry in read_synonyms()]
    synonyms = all_synonyms(entries)
    analyzed = _analyze(catalog, synonyms)
    whoosh_index.write(index_folder, analyzed)
    table = build_table(
        analyzed,
        PostingLists.pack(whoosh_index.read_scores(index_folder)),
        sets=whoosh_index.read_sets(index_folder),
        synonyms=synonyms,
        items=item_synonyms(entries),
    )
    tables.save(table, index_folder / TABLE_FILE)
    stated = {"format": FORMAT, "catalog": fingerprint(catalog), "files": digests(index_folder)}
    (index_folder / DIGESTS_FILE).write_bytes(orjson.dumps(stated, option=orjson.OPT_INDENT_2))


def memory_index(catalog: Catalog, today: Callable[[], date] = date.today) -> Searcher:
    """The searcher of a small catalog, such as the starter, with the everyday synonyms only.

    It is ready at once: nothing is written, and Whoosh is not loaded.
    """
    synonyms, items = _small_synonyms()
    analyzed = _analyze(catalog, synonyms)
    table = build_table(
        analyzed,
        PostingLists.pack(bm25f.score_terms(analyzed)),
        sets=bm25f.filter_sets([one.document for one in analyzed]),
        synonyms=synonyms,
        items=items,
    )
    return Searcher(table, today)


@cache
def _small_synonyms() -> tuple[SynonymMap, SynonymMap]:
    """The everyday synonyms and the names of items, which are the same for every small catalog."""
    names = (entry for _, _, entry in read_synonyms(kinds=ITEM_KINDS))
    return everyday_synonyms(), item_synonyms(names)


def _analyze(catalog: Catalog, synonyms: SynonymMap) -> list[AnalyzedDocument]:
    abbreviations = Abbreviations(synonyms)
    return [analyze(document, abbreviations) for document in documents(catalog)]

"""Builds the search table from documents: the searchable text of each, and everything derived from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from hcpcs_index.inverted_index.documents import NOC_WORD, Document, head
from hcpcs_index.inverted_index.postings import PostingLists
from hcpcs_index.inverted_index.roles import roles_of
from hcpcs_index.inverted_index.search_table import SearchTable
from hcpcs_index.synonyms.synonym_map import SynonymMap, expand_abbreviations
from hcpcs_index.text.analysis import Word, tokenize
from hcpcs_index.text.stemming import cached_stem


def searchable_text(document: Document, synonyms: SynonymMap) -> str:
    """The text that a document is indexed by: descriptions, expanded abbreviations, ``NOC_WORD`` if unclassified."""
    descriptions = f"{document.short_description} ; {document.long_description}"
    noc = NOC_WORD if document.unclassified else ""
    return f"{descriptions} ; {expand_abbreviations(descriptions, synonyms)} ; {noc}"


def build_table(
    documents: Sequence[Document],
    postings: PostingLists,
    *,
    sets: Mapping[str, Mapping[str, Iterable[int]]],
    synonyms: SynonymMap,
    items: SynonymMap,
) -> SearchTable:
    """The search table of documents, from their scored postings and filter sets."""
    surfaces: dict[str, str] = {}
    counts: Counter[str] = Counter()
    stems: list[str] = []
    for document in documents:
        short = tokenize(document.short_description, cached_stem)
        long = tokenize(document.long_description, cached_stem)
        aliases = [word for alias in document.aliases for word in tokenize(alias, cached_stem)]
        stems.append(f" {_join_stems(short)} | {_join_stems(long)} ")
        stem_of_surface = {word.surface: word.stem for word in (*short, *long, *aliases)}
        counts.update(stem_of_surface.keys())
        surfaces.update(stem_of_surface)
    return SearchTable(
        codes=[document.code for document in documents],
        short=[document.short_description for document in documents],
        long=[document.long_description for document in documents],
        stems=stems,
        added=[_ordinal(document.added) for document in documents],
        terminated=[_ordinal(document.terminated) for document in documents],
        catch_alls=frozenset(n for n, document in enumerate(documents) if document.catch_all),
        roles=[int(roles_of(document.long_description, document.coverage)) for document in documents],
        heads=[_head_stems(document) for document in documents],
        sets={field: {v: frozenset(numbers) for v, numbers in values.items()} for field, values in sets.items()},
        surfaces={surface: (stem, counts[surface]) for surface, stem in surfaces.items()},
        aliases={n: document.aliases for n, document in enumerate(documents) if document.aliases},
        synonyms=synonyms,
        items=items,
        postings=postings,
    )


def _head_stems(document: Document) -> str:
    return " ".join([word.stem for word in tokenize(head(document.long_description), cached_stem)])


def _join_stems(words: list[Word]) -> str:
    return " ".join([word.stem for word in words])


def _ordinal(day: date | None) -> int:
    return 0 if day is None else day.toordinal()

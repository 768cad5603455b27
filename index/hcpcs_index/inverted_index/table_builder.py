"""Builds the search table from analyzed documents."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from hcpcs_index.inverted_index.analyzed_document import AnalyzedDocument
from hcpcs_index.inverted_index.negations import read_negations
from hcpcs_index.inverted_index.postings import PostingLists
from hcpcs_index.inverted_index.roles import roles_of
from hcpcs_index.inverted_index.search_table import SearchTable
from hcpcs_index.inverted_index.short_descriptions import order_by_stems
from hcpcs_index.synonyms.synonym_map import SynonymMap


def build_table(
    analyzed: Sequence[AnalyzedDocument],
    postings: PostingLists,
    *,
    sets: Mapping[str, Mapping[str, Iterable[int]]],
    synonyms: SynonymMap,
    items: SynonymMap,
) -> SearchTable:
    """The search table of documents, from their scored postings and filter sets."""
    documents = [one.document for one in analyzed]
    surfaces: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for one in analyzed:
        counts.update(one.surfaces.keys())
        surfaces.update(one.surfaces)
    stems = [one.stems for one in analyzed]
    return SearchTable(
        codes=[document.code for document in documents],
        short=[document.short_description for document in documents],
        long=[document.long_description for document in documents],
        stems=stems,
        by_stems=order_by_stems(stems),
        added=[_ordinal(document.added) for document in documents],
        terminated=[_ordinal(document.terminated) for document in documents],
        catch_alls=frozenset(n for n, document in enumerate(documents) if document.catch_all),
        roles=[int(roles_of(document.long_description, document.coverage)) for document in documents],
        heads=[one.head_stems for one in analyzed],
        negations=[read_negations(document.long_description) for document in documents],
        sets={field: {v: array("I", sorted(numbers)) for v, numbers in of.items()} for field, of in sets.items()},
        surfaces=surfaces,
        frequencies=[counts[surface] for surface in surfaces],
        aliases={n: document.aliases for n, document in enumerate(documents) if document.aliases},
        synonyms=synonyms,
        items=items,
        postings=postings,
    )


def _ordinal(day: date | None) -> int:
    return 0 if day is None else day.toordinal()

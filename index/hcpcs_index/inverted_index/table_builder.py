"""From documents to the search table: the text that each is found by, and all that is drawn from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from hcpcs_index.inverted_index.documents import NOC_WORD, Document
from hcpcs_index.inverted_index.postings import PostingLists
from hcpcs_index.inverted_index.search_table import SearchTable
from hcpcs_index.synonyms.phrasebook import Phrasebook, spelt_out
from hcpcs_index.text.analysis import Word, words


def findable_text(document: Document, synonyms: Phrasebook) -> str:
    """What a record is found by: its descriptions, their abbreviations spelt out, the word of the unclassified."""
    descriptions = f"{document.short_description} ; {document.long_description}"
    noc = NOC_WORD if document.unclassified else ""
    return f"{descriptions} ; {spelt_out(descriptions, synonyms)} ; {noc}"


def assemble(
    documents: Sequence[Document],
    postings: PostingLists,
    *,
    sets: Mapping[str, Mapping[str, Iterable[int]]],
    synonyms: Phrasebook,
) -> SearchTable:
    """The search table of documents whose scored postings and filter sets are given."""
    surfaces: dict[str, str] = {}
    counts: Counter[str] = Counter()
    stems: list[str] = []
    for document in documents:
        short, long = words(document.short_description), words(document.long_description)
        stems.append(f" {_stems(short)} | {_stems(long)} ")
        named = [word for name in document.aliases for word in words(name)]
        held = {word.surface: word.stem for word in (*short, *long, *named)}
        counts.update(held.keys())
        surfaces.update(held)
    return SearchTable(
        codes=[document.code for document in documents],
        short=[document.short_description for document in documents],
        long=[document.long_description for document in documents],
        stems=stems,
        added=[_ordinal(document.added) for document in documents],
        terminated=[_ordinal(document.terminated) for document in documents],
        unclassified=frozenset(n for n, document in enumerate(documents) if document.catch_all),
        sets={field: {v: frozenset(numbers) for v, numbers in values.items()} for field, values in sets.items()},
        surfaces={surface: (stem, counts[surface]) for surface, stem in surfaces.items()},
        aliases={n: document.aliases for n, document in enumerate(documents) if document.aliases},
        synonyms=synonyms,
        postings=postings,
    )


def _stems(found: list[Word]) -> str:
    return " ".join([word.stem for word in found])


def _ordinal(day: date | None) -> int:
    return 0 if day is None else day.toordinal()

"""An index in memory for a catalogue of a few codes: ready at once, nothing written, nothing of Whoosh loaded.

The scores are by the same formula and constants as Whoosh's (BM25F); a test holds both against each other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from math import log

from hcpcs.catalog import Catalog
from hcpcs_index.analysis import index_stems, words
from hcpcs_index.assembly import assemble, findable_text
from hcpcs_index.documents import Document, documents
from hcpcs_index.postings import PostingLists, impact_order
from hcpcs_index.scoring import LENGTH_WEIGHT, SATURATION
from hcpcs_index.searcher import Searcher
from hcpcs_index.synonyms import everyday_synonyms


def memory_index(catalog: Catalog, today: Callable[[], date] = date.today) -> Searcher:
    """The searcher of a small catalogue, such as the starter, with the everyday synonyms only."""
    found = documents(catalog)
    synonyms = everyday_synonyms()
    table = assemble(
        found,
        score([findable_text(document, synonyms) for document in found]),
        score([" ; ".join(document.aliases) for document in found]),
        sets=_sets(found),
        synonyms=synonyms,
    )
    return Searcher(table, today)


def score(texts: Sequence[str]) -> PostingLists:
    """The scored postings of texts, numbered in their order."""
    counts = [Counter(index_stems(words(text))) for text in texts]
    mean_length = sum(count.total() for count in counts) / max(len(counts), 1) or 1
    holding: dict[str, list[int]] = defaultdict(list)
    for number, count in enumerate(counts):
        for stem in count:
            holding[stem].append(number)
    lists = []
    for stem, numbers in sorted(holding.items()):
        rarity = log(len(texts) / (len(numbers) + 1)) + 1
        scored = []
        for number in numbers:
            times, length = counts[number][stem], counts[number].total()
            damping = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * length / mean_length)
            scored.append((number, rarity * times * (SATURATION + 1) / (times + damping)))
        lists.append((stem, impact_order(scored)))
    return PostingLists.pack(lists)


def _sets(found: Sequence[Document]) -> dict[str, dict[str, list[int]]]:
    sets: dict[str, dict[str, list[int]]] = {
        "kind": defaultdict(list),
        "coverage": defaultdict(list),
        "betos": defaultdict(list),
        "types_of_service": defaultdict(list),
    }
    for number, document in enumerate(found):
        sets["kind"][document.kind.value].append(number)
        sets["coverage"][document.coverage].append(number)
        sets["betos"][document.betos].append(number)
        for value in document.types_of_service:
            sets["types_of_service"][value].append(number)
    return sets

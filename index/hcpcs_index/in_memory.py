"""An index in memory for a catalogue of a few codes: ready at once, nothing written, nothing of Whoosh loaded.

The scores are by the same formula and constants as Whoosh's (BM25F); a test holds both against each other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from math import log

from hcpcs.catalog.catalog import Catalog
from hcpcs_index.documents import Document, documents, head
from hcpcs_index.scoring.postings import PostingLists
from hcpcs_index.scoring.table_builder import assemble, findable_text
from hcpcs_index.scoring.weights import HEAD_WEIGHT, LENGTH_WEIGHT, SATURATION
from hcpcs_index.searcher import Searcher
from hcpcs_index.synonyms.phrasebook import everyday_synonyms
from hcpcs_index.text.analysis import index_stems, words


def memory_index(catalog: Catalog, today: Callable[[], date] = date.today) -> Searcher:
    """The searcher of a small catalogue, such as the starter, with the everyday synonyms only."""
    found = documents(catalog)
    synonyms = everyday_synonyms()
    table = assemble(
        found,
        PostingLists.pack(scores(found, [findable_text(document, synonyms) for document in found])),
        sets=_sets(found),
        synonyms=synonyms,
    )
    return Searcher(table, today)


def scores(found: Sequence[Document], texts: Sequence[str]) -> dict[str, dict[int, float]]:
    """For every word its documents, each with its score: the weighted sum over text, names and head."""
    fields = (
        (1.0, texts),
        (1.0, [" ; ".join(document.aliases) for document in found]),
        (HEAD_WEIGHT, [head(document.long_description) for document in found]),
    )
    total: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for weight, field in fields:
        for stem, number, score in _scored(field):
            total[stem][number] += weight * score
    return total


def _scored(texts: Sequence[str]) -> Iterator[tuple[str, int, float]]:
    counts = [Counter(index_stems(words(text))) for text in texts]
    mean_length = sum(count.total() for count in counts) / max(len(counts), 1) or 1
    holding = Counter(stem for count in counts for stem in count)
    for number, count in enumerate(counts):
        damping = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * count.total() / mean_length)
        for stem, times in count.items():
            rarity = log(len(texts) / (holding[stem] + 1)) + 1
            yield stem, number, rarity * times * (SATURATION + 1) / (times + damping)


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

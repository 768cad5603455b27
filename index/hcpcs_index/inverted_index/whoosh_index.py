"""Everything that touches Whoosh: the schema, the analyzer, the files, and every score, read once.

The index is written in one commit and one segment, in the order of the documents, so a document's number is its
position in that order. The scores are Whoosh's own BM25F, read posting by posting. Searching then doesn't need Whoosh
(see ``postings``): the results are the same as those of its search loop, and much faster.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from whoosh import index as whoosh
from whoosh.analysis import Token, Tokenizer
from whoosh.fields import ID, KEYWORD, STORED, TEXT, Schema
from whoosh.scoring import BM25F
from whoosh.system import pack_uint

from hcpcs_index.inverted_index.analyzed_document import FIELD_WEIGHTS, AnalyzedDocument
from hcpcs_index.text.analysis import index_terms, tokenize
from hcpcs_index.text.stemming import cached_stem
from hcpcs_index.weights import LENGTH_WEIGHT, SATURATION

FILTER_FIELDS: Final = ("kind", "coverage", "betos", "types_of_service")
"""The fields that only filters search, each value as a whole."""


class WordTokenizer(Tokenizer):  # type: ignore[misc]  # Whoosh has no types
    """Our analysis as a Whoosh tokenizer."""

    def __call__(self, value: str, positions: bool = False, **options: Any) -> Iterator[Token]:
        token = Token(positions, **options)
        for position, term in enumerate(index_terms(tokenize(value, cached_stem), cached_stem)):
            token.text = term
            token.boost = 1.0
            token.pos = position
            yield token


class CountedText(TEXT):  # type: ignore[misc]
    """A searched text, given as the frequency of each of its terms: it is analyzed only once."""

    def __init__(self) -> None:
        super().__init__(analyzer=WordTokenizer(), phrase=False)

    def index(self, value: Counter[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Each term with its frequency, its weight, and what a posting of Whoosh's ``Frequency`` stores."""
        return ((term.encode(), count, float(count), pack_uint(count)) for term, count in value.items())


def schema() -> Schema:
    """The fields of the index: searched texts, filter values, and the descriptions as stored."""
    return Schema(
        code=ID(stored=True, unique=True),
        **{field: CountedText() for field in FIELD_WEIGHTS},
        kind=ID(),
        coverage=ID(),
        betos=ID(),
        types_of_service=KEYWORD(),
        short_description=STORED(),
        long_description=STORED(),
    )


def write(folder: Path, analyzed: Iterable[AnalyzedDocument]) -> None:
    """Write the index of documents into an empty folder. Raises ``OSError``."""
    index = whoosh.create_in(str(folder), schema())
    writer = index.writer(limitmb=256)
    for one in analyzed:
        document = one.document
        writer.add_document(
            code=document.code,
            **one.frequencies,
            kind=document.kind.value,
            coverage=document.coverage,
            betos=document.betos,
            types_of_service=" ".join(document.types_of_service),
            short_description=document.short_description,
            long_description=document.long_description,
        )
    writer.commit(optimize=True)
    index.close()
    # Whoosh leaves its lock file behind, which isn't part of the index.
    for lock in folder.glob("*WRITELOCK"):
        lock.unlink()


def weighting() -> BM25F:
    """The scoring model of the index."""
    return BM25F(B=LENGTH_WEIGHT, K1=SATURATION)


def read_scores(folder: Path) -> dict[str, dict[int, float]]:
    """For each term, the numbers of its documents with the scores that Whoosh gives them."""
    index = whoosh.open_dir(str(folder), readonly=True)
    scores: dict[str, dict[int, float]] = {}
    with index.searcher(weighting=weighting()) as searcher:
        for field, weight in FIELD_WEIGHTS.items():
            for term in searcher.lexicon(field):
                postings = scores.setdefault(term.decode(), {})
                matcher = searcher.postings(field, term)
                while matcher.is_active():
                    number = matcher.id()
                    postings[number] = postings.get(number, 0.0) + weight * matcher.score()
                    matcher.next()
    index.close()
    return scores


def read_sets(folder: Path) -> dict[str, dict[str, list[int]]]:
    """The document numbers of every filter field and value."""
    index = whoosh.open_dir(str(folder), readonly=True)
    with index.reader() as reader:
        sets = {
            field: {term.decode(): list(reader.postings(field, term).all_ids()) for term in reader.lexicon(field)}
            for field in FILTER_FIELDS
        }
    index.close()
    return sets

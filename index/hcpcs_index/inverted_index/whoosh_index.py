"""Everything that touches Whoosh: the schema, the analyzer, the files, and every posting, read once.

The index is written in one commit and one segment, in the order of the documents, so a document's number is its
position in that order. The scores are those of Whoosh's BM25F, computed from what it stored. Searching then doesn't
need Whoosh (see ``postings``): the results are the same as those of its search loop, and much faster.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from whoosh import index as whoosh
from whoosh.analysis import Token, Tokenizer
from whoosh.codec.whoosh3 import W3Codec, W3PerDocReader
from whoosh.fields import ID, STORED, TEXT, Schema
from whoosh.scoring import BM25F
from whoosh.system import pack_uint

from hcpcs_index.inverted_index import bm25f
from hcpcs_index.inverted_index.analyzed_document import FIELD_WEIGHTS, AnalyzedDocument
from hcpcs_index.text.analysis import index_terms, tokenize
from hcpcs_index.text.stemming import cached_stem
from hcpcs_index.weights import LENGTH_WEIGHT, SATURATION

FILTER_FIELDS: Final = ("kind", "coverage", "betos", "types_of_service")
"""The fields that only filters search, each value as a whole."""

Posting = tuple[bytes, int, float, bytes]
"""A term, its frequency and weight in a document, and what is stored with the posting."""


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

    def index(self, value: Mapping[str, int], **_: Any) -> Iterator[Posting]:
        """Each term with its frequency and weight, and the frequency as Whoosh stores it in a posting."""
        return ((term.encode(), count, float(count), pack_uint(count)) for term, count in value.items())


class WholeValues(ID):  # type: ignore[misc]
    """The values of a filter, each one term."""

    def index(self, value: Sequence[str], **_: Any) -> Iterator[Posting]:
        """Each value once; a posting has nothing but the document."""
        return ((one.encode(), 1, 1.0, b"") for one in value)


class LengthsReader(W3PerDocReader):  # type: ignore[misc]
    """Reads the lengths of all texts of a field at once: Whoosh asks for one at every posting."""

    def __init__(self, storage: Any, segment: Any) -> None:
        super().__init__(storage, segment)
        self._lengths: dict[str, list[int]] = {}

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """The length of a document's text, as Whoosh stores it in one byte; ``default`` where there is no text."""
        lengths = self._lengths.get(fieldname)
        if lengths is None:
            read, count = super().doc_field_length, self.doc_count_all()
            stored = self.field_length(fieldname) > 0
            lengths = [read(number, fieldname) or 0 for number in range(count)] if stored else [0] * count
            self._lengths[fieldname] = lengths
        return lengths[docnum] or default


class IndexCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec, which reads lengths at once."""

    def per_document_reader(self, storage: Any, segment: Any) -> LengthsReader:
        """The reader of lengths and stored values."""
        return LengthsReader(storage, segment)


def schema() -> Schema:
    """The fields of the index: the code of a document, searched texts, and filter values.

    A code is looked up in the catalog, so it is not a term: 8,846 terms of one document each are a fifth of the files.
    """
    return Schema(
        code=STORED(),
        **{field: CountedText() for field in FIELD_WEIGHTS},
        **{field: WholeValues() for field in FILTER_FIELDS},
    )


def write(folder: Path, analyzed: Iterable[AnalyzedDocument]) -> None:
    """Write the index of documents into an empty folder. Raises ``OSError``."""
    index = whoosh.create_in(str(folder), schema())
    writer = index.writer(limitmb=256, codec=IndexCodec())
    for one in analyzed:
        document = one.document
        writer.add_document(
            code=document.code,
            **one.frequencies,
            kind=(document.kind.value,),
            coverage=(document.coverage,),
            betos=(document.betos,),
            types_of_service=tuple(dict.fromkeys(document.types_of_service)),
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
    """For each term, the numbers of its documents with the scores that Whoosh's BM25F gives them."""
    index = whoosh.open_dir(str(folder), readonly=True)
    scores: dict[str, dict[int, float]] = {}
    with index.reader() as reader:
        documents = reader.doc_count_all()
        for field, weight in FIELD_WEIGHTS.items():
            mean_length = reader.field_length(field) / max(documents, 1) or 1
            norms = [bm25f.norm(reader.doc_field_length(number, field), mean_length) for number in range(documents)]
            for term, statistics in reader.iter_field(field):
                postings = scores.setdefault(term.decode(), {})
                rarity = bm25f.rarity(documents, statistics.doc_frequency())
                matcher = reader.postings(field, term)
                while matcher.is_active():
                    number = matcher.id()
                    score = weight * bm25f.score(rarity, matcher.weight(), norms[number])
                    postings[number] = postings.get(number, 0.0) + score
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

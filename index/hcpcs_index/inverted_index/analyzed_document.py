"""Analyzed documents: the words of a code's texts, read once for the index and for the table that is searched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final, NamedTuple

from hcpcs_index.inverted_index.documents import NOC_WORD, Document, head
from hcpcs_index.synonyms.abbreviations import Abbreviations
from hcpcs_index.text.analysis import Word, index_terms, tokenize
from hcpcs_index.text.stemming import cached_stem
from hcpcs_index.weights import HEAD_WEIGHT

FIELD_WEIGHTS: Final = {"text": 1.0, "aliases": 1.0, "heads": HEAD_WEIGHT}
"""The searched fields. A term's score in a document is the weighted sum of its scores in them."""


class AnalyzedDocument(NamedTuple):
    """A document with what its words give.

    ``stems`` has the stems of both descriptions, " stem stem | stem stem ", ``head_stems`` those of the head;
    ``surfaces`` has each word of descriptions and aliases with its stem; ``frequencies`` has for each of
    ``FIELD_WEIGHTS`` how often each term occurs there.
    """

    document: Document
    stems: str
    head_stems: str
    surfaces: Mapping[str, str]
    frequencies: Mapping[str, Counter[str]]


def analyze(document: Document, abbreviations: Abbreviations) -> AnalyzedDocument:
    """Reads the texts of a document.

    It is searched by its descriptions, with what their abbreviations stand for and ``NOC_WORD`` if it is unclassified,
    by its aliases, and by the head of its long description.
    """
    short = tokenize(document.short_description, cached_stem)
    long = tokenize(document.long_description, cached_stem)
    heads = tokenize(head(document.long_description), cached_stem)
    aliases = [word for alias in document.aliases for word in tokenize(alias, cached_stem)]
    text = _frequencies([*short, *long, *abbreviations.expand([*short, *long])])
    if document.unclassified:
        text[NOC_WORD] += 1
    return AnalyzedDocument(
        document,
        stems=f" {_join_stems(short)} | {_join_stems(long)} ",
        head_stems=_join_stems(heads),
        surfaces={word.surface: word.stem for word in (*short, *long, *aliases)},
        frequencies={"text": text, "aliases": _frequencies(aliases), "heads": _frequencies(heads)},
    )


def _frequencies(words: list[Word]) -> Counter[str]:
    """How often each term occurs in a text."""
    return Counter(index_terms(words, cached_stem))


def _join_stems(words: list[Word]) -> str:
    return " ".join([word.stem for word in words])

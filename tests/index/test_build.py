"""Building an index: every text of a record is analyzed once, whatever is made of its words."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from tests.index.conftest import catalog_of, record

from hcpcs_index import build_index
from hcpcs_index.inverted_index import analyzed_document
from hcpcs_index.inverted_index.whoosh_index import WordTokenizer
from hcpcs_index.text.analysis import Stemmer, Word, tokenize


def test_every_text_is_analyzed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    analyzed: Counter[str] = Counter()

    def counted(text: str, stem: Stemmer) -> list[Word]:
        analyzed[text] += 1
        return tokenize(text, stem)

    def refused(self: WordTokenizer, value: str, **_: object) -> None:
        raise AssertionError(f"{value} is analyzed again")

    monkeypatch.setattr(analyzed_document, "tokenize", counted)
    monkeypatch.setattr(WordTokenizer, "__call__", refused)
    catalog = catalog_of(record("J9271", "Injection, pembrolizumab, 1 mg", "Inj pembrolizumab"))
    catalog.aliases = {"J9271": ("Keytruda",)}
    build_index(catalog, tmp_path)
    assert analyzed == {"Injection, pembrolizumab, 1 mg": 1, "Inj pembrolizumab": 1, "pembrolizumab": 1, "Keytruda": 1}

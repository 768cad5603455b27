"""Abbreviations of a record's text: their words are added, unless the text has them; other synonyms add nothing."""

from __future__ import annotations

import pytest

from hcpcs_index.synonyms.abbreviations import Abbreviations
from hcpcs_index.synonyms.synonym import parse_synonym
from hcpcs_index.synonyms.synonym_map import ABBREVIATION, SynonymMap, read_synonyms
from hcpcs_index.text.analysis import tokenize

ABBREVIATIONS = Abbreviations(
    SynonymMap(
        parse_synonym(key, kind, targets)
        for key, kind, targets in (
            ("inj", "abbreviation", ["injection"]),
            ("dme", "abbreviation", ["durable medical equipment"]),
            ("hha", "abbreviation", ["home health aide", "home health agency"]),
            ("knee", "lay", ["orthosis"]),
        )
    )
)


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("Inj pembrolizumab", ["injection"]),
        ("Inj pembrolizumab ; Injection, pembrolizumab", []),
        ("Inj, repeated inj", ["injection"]),
        ("DME and medical gas", ["durable", "equipment"]),
        ("hha visit", ["home", "health", "aide", "agency"]),
        ("knee", []),
        ("", []),
    ],
)
def test_the_words_of_abbreviations_are_added_unless_the_text_has_them(text: str, added: list[str]) -> None:
    assert [word.surface for word in ABBREVIATIONS.expand(tokenize(text))] == added


def test_every_abbreviation_is_one_word() -> None:
    keys = [synonym for _, _, synonym in read_synonyms() if synonym.kind == ABBREVIATION]
    assert keys
    assert [synonym.surface for synonym in keys if len(synonym.stems.split()) != 1] == []

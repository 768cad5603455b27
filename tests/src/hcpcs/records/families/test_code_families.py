"""Families of codes named by a word."""

from __future__ import annotations

import pytest

from hcpcs.records.families.code_families import family_named, family_words


@pytest.mark.parametrize(
    ("text", "prefixes"),
    [
        ("discontinued DME codes 2024", ("E", "K")),
        ("new drugs in 2025", ("J", "Q2", "Q5", "Q99", "C90", "C91", "C92", "C93", "C94")),
        ("new biosimilar drugs", ("Q5", "Q9996", "Q9997", "Q9998", "Q9999")),
        ("orthotics deleted this year", ("L0", "L1", "L2", "L3", "L4")),
    ],
)
def test_a_word_names_a_family(text: str, prefixes: tuple[str, ...]) -> None:
    family = family_named(text)
    assert family is not None
    assert family[1] == prefixes


def test_most_words_name_none() -> None:
    assert family_named("what changed this quarter") is None
    assert family_named("what changed in supplyland") is None


def test_the_words_of_a_family_include_what_adds_nothing_to_them() -> None:
    text = "which chemo drug codes are new"
    assert [text[start:end] for start, end in family_words(text)] == ["chemo drug codes", "drug codes"]
    family = family_named(text)
    assert family is not None
    assert (family.word, family.noun) == ("chemo", "chemotherapy codes")

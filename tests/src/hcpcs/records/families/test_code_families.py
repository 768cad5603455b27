"""Families of codes named by a word."""

from __future__ import annotations

import pytest

from hcpcs.records.families.code_families import family_named


@pytest.mark.parametrize(
    ("text", "prefixes"),
    [
        ("discontinued DME codes 2024", ("E", "K")),
        ("new drugs in 2025", ("J", "Q5")),
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

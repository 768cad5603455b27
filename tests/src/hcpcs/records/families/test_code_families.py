"""Families of codes named by a word."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hcpcs.records.families.code_families import (
    family_named,
    family_words,
    is_by_day,
    is_by_volume,
    is_drug,
    is_given,
    is_skin_substitute,
    may_be_dosed,
)


@pytest.mark.parametrize(
    ("text", "prefixes"),
    [
        ("discontinued DME codes 2024", ("E", "K")),
        ("new drugs in 2025", ("J", "Q2", "Q509", "Q51", "Q99", "C90", "C91", "C92", "C93", "C94")),
        ("new biosimilar drugs", ("Q509", "Q51", "Q9996", "Q9997", "Q9998", "Q9999")),
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


@pytest.mark.parametrize(
    ("text", "noun"), [("oncology drugs", "chemotherapy codes"), ("DMEPOS supplies", "DMEPOS codes")]
)
def test_the_first_family_of_the_table_that_a_text_names_counts(text: str, noun: str) -> None:
    family = family_named(text)
    assert family is not None
    assert family.noun == noun


def test_casts_have_the_letter_of_skin_substitutes_and_are_none() -> None:
    assert [code for code in ("A2001", "Q4001", "Q4081", "Q4100", "Q4205") if is_skin_substitute(code)] == [
        "A2001",
        "Q4100",
        "Q4205",
    ]


def test_devices_of_hospitals_and_places_of_hospice_care_have_letters_of_drugs_and_are_none() -> None:
    assert [
        code for code in ("J3490", "Q5098", "Q5103", "C9399", "C1889", "Q0181", "Q5001", "A9500") if is_drug(code)
    ] == [
        "J3490",
        "Q5098",
        "Q5103",
        "C9399",
    ]


@pytest.mark.parametrize(
    ("holds", "codes"),
    [
        (is_given, {"J1885", "P9047", "B4150", "A9576", "S0012"}),
        (may_be_dosed, {"J1885", "Q9966", "S0012", "S9353"}),
        (is_by_volume, {"J1885", "Q9966", "A4217", "A9576"}),
        (is_by_day, {"A4224", "S9353", "B4035"}),
    ],
)
def test_groups_of_codes_that_no_word_names(holds: Callable[[str], bool], codes: set[str]) -> None:
    asked = ("J1885", "Q9966", "P9047", "B4150", "B4035", "A4217", "A4224", "A9576", "S0012", "S9353")
    assert {code for code in asked if holds(code)} == codes

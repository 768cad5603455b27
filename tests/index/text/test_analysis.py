"""Tokenizing: units, numbers, hyphens, unusual characters; any text is cut to the limits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcpcs.records.billing.units import UNITS, UnitOfMeasure
from hcpcs_index.search_limits import MAX_CHARACTERS
from hcpcs_index.text.analysis import fold, fold_query, index_terms, tokenize


def surfaces(text: str) -> list[str]:
    return [word.surface for word in tokenize(text)]


def stems(text: str) -> list[str]:
    return [word.stem for word in tokenize(text)]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("10mg", ["10mg"]),
        ("10 mg", ["10mg"]),
        ("10-mg", ["10mg"]),
        ("10 milligrams", ["10mg"]),
        ("5.0 mg", ["5mg"]),
        (".5 mg", ["0.5mg"]),
        ("0.50 MG", ["0.5mg"]),
        ("1,000 units", ["1000unit"]),
        ("1000 I.U.", ["1000unit"]),
        ("100 µg", ["100mcg"]),
        ("2 cc", ["2ml"]),
        ("per 15 min", ["15min"]),
        ("each 15 minutes", ["15min"]),
        ("16 sq. in.", ["16sqinch"]),
        ("10 square centimeters", ["10sqcm"]),
        ("20 mm Hg", ["20mmhg"]),
        ("5%", ["5percent"]),
    ],
)
def test_a_number_and_its_unit_are_one_word(written: str, read: list[str]) -> None:
    assert surfaces(written) == read


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit.joined], ids=lambda unit: unit.name)
def test_every_spelling_of_a_unit_is_indexed_as_one_word(unit: UnitOfMeasure) -> None:
    for spelling in unit.spellings:
        assert surfaces(f"10 {spelling}") == surfaces(f"10 {spelling.upper()}") == [f"10{unit.index_word}"]


@pytest.mark.parametrize("unit", [unit for unit in UNITS if not unit.joined], ids=lambda unit: unit.name)
def test_a_number_before_a_word_that_people_count_with_stays_a_word(unit: UnitOfMeasure) -> None:
    for spelling in unit.spellings:
        assert surfaces(f"50 {spelling}") == ["50", *surfaces(spelling)]


def test_a_unit_in_words_is_the_same_with_a_number_and_without() -> None:
    assert surfaces("per square centimeter") == surfaces("per sq. cm;") == ["sqcm"]


def test_codes_and_letters_with_digits_are_kept() -> None:
    assert stems("S9353 b12 tc99m") == ["s9353", "b12", "tc99m"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("orthosis", "orthoses"),
        ("orthosis", "orthotics"),
        ("prosthesis", "prosthetic"),
        ("walkers", "walker"),
        ("batteries", "battery"),
        ("infusion", "infused"),
        ("chemotherapy", "chemotherapeutic"),
        ("eyes", "eye"),
        ("feet", "foot"),
        ("diabetic", "diabetes"),
        ("children's", "child"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stems(one) == stems(other)


@pytest.mark.parametrize(("one", "other"), [("tens", "ten"), ("general", "generic"), ("als", "al"), ("ace", "ac")])
def test_words_of_two_meanings_have_two_stems(one: str, other: str) -> None:
    assert stems(one) != stems(other)


def test_hyphenated_words_are_indexed_split_and_joined() -> None:
    assert {"non", "emerg", "nonemerg"} <= set(index_terms(tokenize("Non-emergency transportation")))
    assert "multipodu" in index_terms(tokenize("multi-podus"))


def test_initials_lose_their_dots_and_shorthand_its_slash() -> None:
    assert surfaces("Depo-Testadiol L.A. w/o battery") == ["depo", "testadiol", "la", "without", "battery"]


def test_a_is_a_word_only_where_it_names_something() -> None:
    assert surfaces("a walker for a vitamin a deficiency") == ["walker", "vitamin", "a", "deficiency"]


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("  CPAP\t machine\n", "cpap machine"),
        ("Zolgensma® “kit”", 'zolgensma "kit"'),
        ("caf\u0301e ﬁlter", "cafe filter"),
        ("pump\u202e\u200bx\x00", "pump x"),
        ("\ud800pump", "pump"),
        ("ＣＰＡＰ", "cpap"),
    ],
)
def test_folding_leaves_plain_letters(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_any_text_is_cut_to_the_limit(text: str) -> None:
    read = fold_query(text)
    assert len(read) <= MAX_CHARACTERS
    assert fold(read) == read.strip()
    for word in tokenize(text):
        assert word.surface
        assert word.stem


@given(st.from_regex(r"[a-z]{3,12}( [a-z]{3,12}){0,4}", fullmatch=True))
def test_the_fast_path_for_plain_words_gives_the_same_tokens(text: str) -> None:
    assert tokenize(text) == tokenize(f"{text} .")

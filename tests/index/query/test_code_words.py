"""Codes as query words: numbers, prefixes and ranges of procedures, and what looks like a code."""

from __future__ import annotations

import pytest
from tests.index.conftest import record, searcher_of

from hcpcs_index.query.code_words import CodeWords, has_code_form, is_code_prefix

TABLE = searcher_of(
    record("A4636", "Handgrip"),
    record("E0100", "Cane"),
    record("E0130", "Walker"),
    record("E0601", "CPAP device"),
    record("E1", "Upper left eyelid"),
    record("RR", "Rental"),
    record("SS", "Home infusion services in the supplier's suite"),
)._table


@pytest.fixture(scope="module")
def words() -> CodeWords:
    return CodeWords(TABLE)


def named(numbers: range) -> list[str]:
    return [TABLE.codes[number] for number in numbers]


def test_a_procedure_is_no_modifier_and_the_other_way_round(words: CodeWords) -> None:
    assert (words.procedure("e0100"), words.modifier("e0100")) == (1, None)
    assert (words.procedure("rr"), words.modifier("rr")) == (None, 5)
    assert words.number("E0100") == words.number("e0100") == 1
    assert (words.modifier("ss"), words.modifier("ß")) == (6, None)  # its upper case is SS
    assert words.number("e9999") is words.procedure("e9999") is words.modifier("zz") is None


def test_a_prefix_has_the_procedures_that_start_with_it(words: CodeWords) -> None:
    assert named(words.prefix_range("E")) == ["E0100", "E0130", "E0601"]
    assert named(words.prefix_range("E01")) == ["E0100", "E0130"]
    assert named(words.prefix_range("R")) == []


def test_a_range_includes_both_ends_and_may_be_open(words: CodeWords) -> None:
    assert named(words.code_range("E0100", "E0130")) == ["E0100", "E0130"]
    assert named(words.code_range(None, "E0100")) == ["A4636", "E0100"]
    assert named(words.code_range("E0101", None)) == ["E0130", "E0601"]
    assert named(words.code_range("E0601", "A4636")) == []


@pytest.mark.parametrize("word", ["e0601", "0042t", "e06", "j1"])
def test_words_that_look_like_codes(word: str) -> None:
    assert has_code_form(word)


@pytest.mark.parametrize("word", ["cane", "99213", "e06011", "12", "e"])
def test_words_that_do_not_look_like_codes(word: str) -> None:
    assert not has_code_form(word)
    assert not is_code_prefix(word)

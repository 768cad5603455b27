"""Modifiers that are words elsewhere are modifiers of the codes in their table."""

from __future__ import annotations

from hcpcs.answers.desk import Desk
from hcpcs.questions.recognizers.modifiers.modifier_words import CPT_MODIFIERS, WORDS_OF_TWO
from hcpcs.records.modifiers.word_modifiers import digits_modifying, word_modifiers, words_modifying


def test_a_range_includes_both_ends() -> None:
    assert words_modifying("J0885") == words_modifying("J0888") == {"EA", "ED", "EM"}
    assert words_modifying("J0889") == frozenset()
    assert words_modifying("J0890") == {"EA", "ED", "EM"}


def test_every_modifier_is_in_the_release_and_a_word_of_two_letters(full: Desk) -> None:
    for row in word_modifiers()["word"]:
        assert row.source
        assert row.modifiers <= set(full.catalog.modifiers())
        assert {modifier.lower() for modifier in row.modifiers} <= WORDS_OF_TWO


def test_numbers_are_modifiers_of_services_and_counts_of_drugs() -> None:
    assert "59" in digits_modifying("L1833")
    assert "25" in digits_modifying("G0463")
    assert digits_modifying("J1561") == digits_modifying("A0425") == frozenset()
    assert all(row.modifiers <= CPT_MODIFIERS for row in word_modifiers()["number"])

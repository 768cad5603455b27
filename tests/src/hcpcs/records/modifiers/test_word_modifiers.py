"""Modifiers that are words elsewhere are modifiers of the codes in their table."""

from __future__ import annotations

from hcpcs.answers.desk import Desk
from hcpcs.questions.recognizers.modifiers.modifier_words import WORDS_OF_TWO
from hcpcs.records.modifiers.word_modifiers import word_modifiers, words_modifying


def test_a_range_includes_both_ends() -> None:
    assert words_modifying("J0885") == words_modifying("J0888") == {"EA", "ED", "EM"}
    assert words_modifying("J0889") == frozenset()
    assert words_modifying("J0890") == {"EA", "ED", "EM"}


def test_every_modifier_is_in_the_release_and_a_word_of_two_letters(full: Desk) -> None:
    for row in word_modifiers():
        assert row.source
        assert row.modifiers <= set(full.catalog.modifiers())
        assert {modifier.lower() for modifier in row.modifiers} <= WORDS_OF_TWO

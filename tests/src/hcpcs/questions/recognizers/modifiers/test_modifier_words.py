"""The table of words of two characters."""

from __future__ import annotations

import pytest

from hcpcs.questions.recognizers.modifiers.modifier_words import (
    COMMON,
    CPT_MODIFIERS,
    UNMISTAKABLE,
    WORDS_OF_TWO,
    WORDS_THAT_ARE_MODIFIERS,
    is_meant,
)
from hcpcs.records.modifiers.modifier_purposes import known_modifiers


@pytest.mark.parametrize("words", [COMMON, UNMISTAKABLE, WORDS_THAT_ARE_MODIFIERS])
def test_what_counts_as_a_modifier_is_one_of_the_code_set(words: frozenset[str]) -> None:
    assert {one.upper() for one in words} <= known_modifiers()


def test_what_is_unmistakable_is_common_and_no_word() -> None:
    assert UNMISTAKABLE <= COMMON
    assert UNMISTAKABLE.isdisjoint(WORDS_OF_TWO)
    assert all(one.isdigit() for one in CPT_MODIFIERS)


@pytest.mark.parametrize(
    ("modifier", "text", "meant"),
    [
        ("AS", "what is modifier AS", True),
        ("as", "use the modifier as told", False),
        ("RX", "what is modifier RX", False),
        ("ct", "modifier ct on G0297", True),
        ("mg", "modifier mg", False),
    ],
)
def test_a_word_beside_the_word_modifier_is_meant_in_capitals(modifier: str, text: str, meant: bool) -> None:
    assert is_meant(modifier, text) is meant

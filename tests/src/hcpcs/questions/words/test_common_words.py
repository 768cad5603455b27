"""Common words of English and Spanish are never repaired, neither in a question nor in a search."""

from __future__ import annotations

import pytest

from hcpcs.questions.recognizers.spelling import known_form
from hcpcs.questions.words.common_words import common_words


@pytest.mark.parametrize(
    "word", ["gave", "auth", "florida", "glides", "mañana", "manana", "ruedas", "tacos", "sibling", "april", "frozen"]
)
def test_a_common_word_stays_as_it_is(word: str) -> None:
    assert word in common_words()
    assert known_form(word) == word


def test_a_misspelling_is_no_common_word() -> None:
    assert known_form("medicaer") == "medicare"
    assert "medicaer" not in common_words()

"""The named tables of function words agree with each other."""

from __future__ import annotations

from hcpcs.questions.words.function_words import function_words


def test_words_are_as_tokens_have_them() -> None:
    for words in function_words():
        assert all(word == word.lower() and word.isalnum() for word in words)


def test_what_opens_a_question_or_stays_in_front_is_scaffolding() -> None:
    words = function_words()
    assert words.opens_yes_or_no | words.before_the_opening | words.kept_in_front <= words.scaffolding

"""A text is split into words to look up; what is recognized already is one token."""

from __future__ import annotations

from hcpcs.questions.words.tokens import CODE, RecognizedSpan, blank_out, tokenize


def keys(text: str, *spans: RecognizedSpan) -> list[str]:
    return [token.key for token in tokenize(text, spans)]


def test_words_are_in_lower_case_without_apostrophes() -> None:
    assert keys("What's Medicare's price? Isn't it S9353's") == [
        "whats", "medicare", "price", "isnt", "it", "s9353",
    ]  # fmt: skip


def test_a_recognized_span_is_one_token_in_its_place() -> None:
    assert keys("is E0601 RR covered", RecognizedSpan(3, 11, CODE)) == ["is", CODE, "covered"]


def test_a_token_says_where_it_is() -> None:
    text = "coverage (code) I"
    assert [text[token.start : token.end] for token in tokenize(text)] == ["coverage", "code", "I"]


def test_blanking_out_keeps_every_other_offset() -> None:
    text = "coverage:D bed tos:R"
    assert blank_out(text, [(0, 10), (15, 20)]) == "           bed      "
    assert len(blank_out(text, [(0, 10)])) == len(text)

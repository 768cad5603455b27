"""The words in which two texts differ."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hcpcs.answers.rendering.word_diff import plain_diff, word_diff

WORDS = st.lists(st.sampled_from(["pump", "insulin", "per", "diem", "each"]), max_size=8)


def test_a_replaced_word_is_bracketed() -> None:
    assert plain_diff(word_diff("insulin pump, each", "insulin vest, each")) == "insulin [-pump,-] {+vest,+} each"


def test_capitals_are_not_a_difference() -> None:
    assert [span.kind for span in word_diff("Insulin PUMP", "insulin pump")] == ["same"]


@given(before=WORDS, after=WORDS)
def test_both_texts_can_be_read_from_the_diff(before: list[str], after: list[str]) -> None:
    spans = word_diff(" ".join(before), " ".join(after))
    for kind, words in (("removed", before), ("added", after)):
        text = " ".join(span.text for span in spans if span.kind in ("same", kind))
        assert text.split() == words

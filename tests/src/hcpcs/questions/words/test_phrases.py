"""Cue phrases are found in tokens, the longest first, and every tag of the tables is reachable."""

from __future__ import annotations

from hcpcs.questions.words.phrases import cue_phrases, implied_tags, match_phrases, tag_rows
from hcpcs.questions.words.tokens import CODE, DAY, tokenize


def test_the_longest_phrase_wins() -> None:
    row = tokenize("what is the short description")
    assert [(phrase.first, phrase.end) for phrase in match_phrases(row)] == [(0, 2), (3, 5)]


def test_a_row_stands_for_all_its_phrases() -> None:
    for text in ("does it pay", "pays for it", "reimbursed", "paid for"):
        assert any("pays" in phrase.tags for phrase in match_phrases(tokenize(text))), text


def test_a_tag_gives_the_tags_that_it_implies() -> None:
    (phrase,) = match_phrases(tokenize("covered by medicare"))
    assert phrase.tags >= {"asks_coverage", "covers", "medicare"}


def test_only_tags_of_the_table_imply_others_or_are_subjects() -> None:
    tags = {tag for tag, _ in tag_rows()}
    assert set(implied_tags()) | cue_phrases().subjects <= tags


def test_every_word_of_a_phrase_can_be_a_token() -> None:
    words = {word for _, row in tag_rows() for part in row.split() for word in part.removesuffix("?").split("|")}
    assert [word for word in words if not word.isalnum() and word not in {CODE, DAY}] == []

"""Rows of phrases are matched word by word, without writing their phrases out."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcpcs.questions.words import phrase_automaton
from hcpcs.questions.words.phrase_automaton import PhraseAutomaton, PhraseNode, PhraseRow
from hcpcs.questions.words.phrases import cue_phrases, match_phrases, tag_rows
from hcpcs.questions.words.tokens import CODE, DAY, Token

ROW = st.lists(
    st.tuples(st.lists(st.sampled_from("abc"), min_size=1, max_size=3, unique=True), st.booleans()),
    min_size=1,
    max_size=4,
).map(lambda places: " ".join("|".join(words) + "?" * optional for words, optional in places))


def written_out(row: str) -> set[tuple[str, ...]]:
    """Every phrase that a row stands for."""
    choices = [word.removesuffix("?").split("|") + [""] * word.endswith("?") for word in row.split()]
    return {tuple(filter(None, choice)) for choice in product(*choices)} - {()}


def tags_after(automaton: PhraseAutomaton, phrase: tuple[str, ...]) -> frozenset[str]:
    """The tags of the node that the words of ``phrase`` lead to; none if they lead nowhere."""
    node = automaton.start
    for word in phrase:
        if (following := node.after(word)) is None:
            return frozenset()
        node = following
    return node.tags


@given(st.lists(ROW, min_size=1, max_size=4))
def test_rows_match_the_phrases_they_stand_for_and_no_others(rows: list[str]) -> None:
    automaton = PhraseAutomaton(PhraseRow.read(row, frozenset({str(number)})) for number, row in enumerate(rows))
    for length in range(1, 6):
        for phrase in product("abc", repeat=length):
            meant = {str(number) for number, row in enumerate(rows) if phrase in written_out(row)}
            assert tags_after(automaton, phrase) == meant


def test_words_that_lead_to_the_same_places_share_their_node() -> None:
    start = PhraseAutomaton([PhraseRow.read("pay|pays for", frozenset({"pays"}))]).start
    assert start.after("pay") is start.after("pays") is not None


def test_words_that_no_phrase_has_lead_nowhere() -> None:
    assert PhraseAutomaton([PhraseRow.read("pays for", frozenset({"pays"}))]).start.after("for") is None


def test_every_row_of_the_tables_is_matched_whole() -> None:
    """Each row by its longest phrase; the first word of every choice and the last."""
    for tag, row in tag_rows():
        for choice in (0, -1):
            words = [word.removesuffix("?").split("|")[choice] for word in row.split()]
            (phrase, *_) = match_phrases([token(word) for word in words])
            assert (phrase.first, phrase.end, tag in phrase.tags) == (0, len(words), True), row


def test_opening_the_table_makes_one_node(monkeypatch: pytest.MonkeyPatch) -> None:
    """What no question needs is not built: it would take a fifth of a second and twenty megabytes."""
    made: list[PhraseNode] = []

    def make(*parts: Any) -> PhraseNode:
        made.append(PhraseNode(*parts))
        return made[-1]

    monkeypatch.setattr(phrase_automaton, "PhraseNode", make)
    cue_phrases.cache_clear()
    cue_phrases()
    assert len(made) == 1
    match_phrases([token("covered")])
    assert len(made) == 2


def token(key: str) -> Token:
    """A token that is looked up by ``key``."""
    assert key.isalnum() or key in {CODE, DAY}
    return Token(key, 0, 0)

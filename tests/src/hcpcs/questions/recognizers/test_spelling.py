"""Slips in words that a question may turn on are repaired; real words, and what people typed, are left alone."""

from __future__ import annotations

import pytest

from hcpcs.answers.notices.confusable_codes import confusions
from hcpcs.questions.recognizers.spelling import find_glued, find_misspelled, known_form, spelling_table


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("medicaer", "medicare"), ("medciare", "medicare"), ("coverd", "covered"), ("payabel", "payable"),
        ("prcing", "pricing"), ("reimbursment", "reimbursement"), ("descrption", "description"), ("waht", "what"),
        ("histroy", "history"), ("comapre", "compare"), ("indicater", "indicator"), ("quater", "quarter"),
    ],
)  # fmt: skip
def test_a_typo_is_repaired(written: str, meant: str) -> None:
    assert known_form(written) == meant


@pytest.mark.parametrize("word", ["wound", "shoulder", "valve", "modified", "stat", "medicine", "e0601", "keytruda"])
def test_other_words_stay(word: str) -> None:
    assert known_form(word) == word


@pytest.mark.parametrize(
    ("text", "meant"),
    [("E0601payable", "E0601 payable"), ("E0601E0470", "E0601 E0470"), ("E0601RR", None), ("E0601wheels", None)],
)
def test_what_is_typed_onto_a_code_is_taken_off(text: str, meant: str | None) -> None:
    assert [one.meant for one in find_glued(text)] == ([meant] if meant else [])


def test_capitals_stay_capitals() -> None:
    assert [one.meant for one in find_misspelled("IS IT COVERD BY Medicaer")] == ["COVERED", "medicare"]


def test_no_typo_is_a_word_of_the_table_itself() -> None:
    table = spelling_table()
    assert not set(table.typos) & set(table.by_length[7])
    assert not table.not_misspelled & set(table.by_length[7])


def test_what_people_typed_is_not_kept() -> None:
    """A cache would hold words of a question, which may be a patient's name, for the life of the process."""
    assert not any(hasattr(function, "cache_info") for function in (known_form, find_misspelled, confusions))

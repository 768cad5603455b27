"""Another meaning, or the same in other words: told by the words that two descriptions share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import records

from hcpcs.catalog.history.reuse import is_reused, same_meaning
from hcpcs.records.record import CodeRecord


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Injection, filgrastim (g-csf), 300 mcg", "Fecal microbiota, live - jslm, 1 ml"),
        ("Patient treatment and final evaluation complete", "Discharge of the episode of care documented"),
        (
            "Item or service related, in whole or in part, to an illness caused by the 2010 oil spill",
            "Cost-sharing for specified covid-19 testing-related services",
        ),
        ("", "Something"),
    ],
)
def test_another_meaning(before: str, after: str) -> None:
    assert not same_meaning(before, after)
    assert not same_meaning(after, before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Injection, cabotegravir, 1 mg", "Injection, cabotegravir, 1mg, fda approved prescription, only for use as"),
        ("Dispensing fee, bicros", "Dispensing fee, contralateral routing system, binaural"),
        ("Marigen, per square centimeter", "Kerecis omega3, per square centimeter"),
        ("Value in primary care mips value pathway", "Promoting wellness mips value pathways"),
        ("", ""),
    ],
)
def test_the_same_in_other_words(before: str, after: str) -> None:
    assert same_meaning(before, after)
    assert same_meaning(after, before)


@given(st.text(), st.text())
def test_any_two_texts_are_compared_alike_in_both_directions(first: str, second: str) -> None:
    assert same_meaning(first, second) == same_meaning(second, first)
    assert same_meaning(first, first)


@given(records("G9890"), records("G9890"))
def test_a_code_is_given_away_anew_only_with_a_later_added_date(before: CodeRecord, after: CodeRecord) -> None:
    if is_reused(before, after):
        assert before.added_date is not None
        assert after.added_date is not None
        assert before.added_date < after.added_date
        assert not is_reused(after, before)

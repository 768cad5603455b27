"""Spelling repair: which word was meant, when a repair is certain, and what is left alone."""

from __future__ import annotations

import pytest
from tests.index.conftest import record, searcher_of

from hcpcs_index.query.spelling import Speller, SpellingCorrection


@pytest.fixture(scope="module")
def speller() -> Speller:
    table = searcher_of(
        record("J1745", "Injection, infliximab, excludes biosimilar, 10 mg"),
        record("J2405", "Injection, ondansetron hydrochloride, per 1 mg"),
        record("L1810", "Knee orthosis, elastic with joints, knee brace"),
        record("L1812", "Knee orthosis, elastic with joints, knee brace, off-the-shelf"),
        record("L1820", "Knee orthosis, elastic with condylar pads, knee brace"),
    )._table
    return Speller(table)


@pytest.mark.parametrize("typed", ["infliximabb", "infliximb", "inflixymab", "inflixmiab"])
def test_one_edit_is_certain(speller: Speller, typed: str) -> None:
    assert speller.correct(typed) == SpellingCorrection(("infliximab",), certain=True)


def test_several_edits_of_a_long_word_are_doubtful(speller: Speller) -> None:
    assert speller.correct("inflxmab") == SpellingCorrection(("infliximab",), certain=False)
    assert speller.correct("ondanstrn") == SpellingCorrection(("ondansetron",), certain=False)


def test_two_words_run_together_are_split(speller: Speller) -> None:
    assert speller.correct("kneebrace") == SpellingCorrection(("knee", "brace"), certain=True)


@pytest.mark.parametrize("typed", ["ondans", "kne", "j1745", "10mg", "qwxzvyjk", "x" * 5_000])
def test_beginnings_codes_and_what_nothing_is_near_to_are_left_alone(speller: Speller, typed: str) -> None:
    assert speller.correct(typed) is None

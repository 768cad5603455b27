"""Suggestions while typing, and the neighbors of a description."""

from __future__ import annotations

import pytest
from tests.index.conftest import codes

from hcpcs_index.searcher import Searcher


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("keytr", "J9271"),
        ("pembro", "J9271"),
        ("knee sc", "E0118"),
        ("home infusion ins", "S9353"),
        ("e060", "E0601"),
        ("E0601", "E0601"),
        ("S93", "S9325"),
        ("rr", "RR"),
        ("cpap ma", "E0601"),
        ("depo prov", "J1050"),
    ],
)
def test_what_is_being_typed_is_suggested(searcher: Searcher, typed: str, code: str) -> None:
    assert code in codes(searcher.suggest(typed))


@pytest.mark.parametrize("typed", ["", " ", "zzzzqq", "?!", "-", "\x00", '"', "the "])
def test_any_beginning_is_answered(searcher: Searcher, typed: str) -> None:
    assert isinstance(searcher.suggest(typed), tuple)


def test_every_letter_of_a_word_typed_keeps_its_record(searcher: Searcher) -> None:
    word = "pembrolizumab"
    assert all("J9271" in codes(searcher.suggest(word[:n])) for n in range(4, len(word) + 1))


@pytest.mark.parametrize("typed", ["E060", "S935", "a42"])
def test_codes_that_are_being_typed_are_in_order(searcher: Searcher, typed: str) -> None:
    active = [hit.code for hit in searcher.suggest(typed) if hit.active]
    assert active == sorted(active)
    assert all(code.startswith(typed.upper()) for code in active)
    assert len(active) > 4


def test_suggestions_are_as_many_as_asked_for(searcher: Searcher) -> None:
    assert len(searcher.suggest("wheelch", limit=3)) == 3
    assert len(searcher.suggest("power wheelch", limit=25)) == 25


def test_neighbors_are_active_and_not_excluded(searcher: Searcher) -> None:
    text = "Injection, pemetrexed, not otherwise specified, 10 mg"
    near = searcher.neighbors(text, excluding=frozenset({"J9305"}), limit=4)
    assert len(near) == 4
    assert all(hit.active for hit in near)
    assert "J9305" not in codes(near)
    assert all("pemetrexed" in hit.long_description.lower() for hit in near)


@pytest.mark.parametrize("text", ["", "zzzz", "the of and", "x" * 100_000, "pump " * 5_000])
def test_neighbors_of_anything_are_answered(searcher: Searcher, text: str) -> None:
    assert isinstance(searcher.neighbors(text), tuple)


@pytest.mark.parametrize(
    ("text", "code", "leads"),
    [
        ("keytruda", "J9271", True),
        ("pressure", "E0601", True),
        ("depo provera", "J1050", True),
        ("trampoline", "E0601", False),
        ("keytruda", "E0601", False),
        ("keytruda", "X9999", False),
        ("", "E0601", False),
    ],
)
def test_a_word_leads_to_the_codes_that_have_it(searcher: Searcher, text: str, code: str, leads: bool) -> None:
    assert searcher.finds(text, (code,)) is leads

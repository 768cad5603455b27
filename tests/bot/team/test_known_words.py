"""What is kept of a question that was not understood can't be a name, a number or a date."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcpcs_bot.team.known_words import WORDS_KEPT, known_vocabulary, known_words

NAMES = Path(__file__).with_name("common_names.txt").read_text(encoding="utf-8").split()
"""The 3,000 commonest surnames and 1,700 first names of the U.S. Census Bureau's lists."""
CALENDAR = """january february march april may june july august september october november december monday tuesday
wednesday thursday friday saturday sunday""".split()


def test_no_name_and_no_word_of_the_calendar_is_in_the_closed_list() -> None:
    assert len(NAMES) > 4_000
    assert known_vocabulary().isdisjoint(NAMES)
    assert known_vocabulary().isdisjoint(CALENDAR)
    assert all(re.fullmatch(r"[a-z]{3,}", word) for word in known_vocabulary())
    assert {"wheelchair", "authorization", "modifier", "denied"} <= known_vocabulary()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("wheelchair thingy for Jane Roe, MRN 445566, DOB 04/12/2011", "wheelchair"),
        ("Foley Baker Young Price Walker Long catheter", "catheter"),
        ("John Smith 555-12-3456 john.smith@example.com +1 555 0100", ""),
        ("denied denied authorization Denied AUTHORIZATION", "authorization denied"),
        ("mrn445566wheelchair wheelchair7 x-wheelchair", "wheelchair"),
        ("am 3. März 1965 Müller-Wheelchairß", ""),
        ("S9353 E0601 99213 2026-01-02", ""),
        ("", ""),
    ],
)
def test_only_known_words_are_kept_in_alphabetical_order(text: str, kept: str) -> None:
    assert " ".join(known_words(text)) == kept


@given(text=st.text())
def test_whatever_is_typed_only_words_of_the_closed_list_are_kept(text: str) -> None:
    words = known_words(text)
    assert set(words) <= known_vocabulary()
    assert list(words) == sorted(set(words))
    assert len(words) <= WORDS_KEPT


def test_at_most_eight_words_fit_into_their_column() -> None:
    longest = sorted(known_vocabulary(), key=len)[-WORDS_KEPT:]
    assert len(" ".join(longest)) <= 200
    assert len(known_words(" ".join(sorted(known_vocabulary())[:20]))) == WORDS_KEPT

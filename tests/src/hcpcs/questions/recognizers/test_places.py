"""States, ZIP codes and rural areas in questions, and what only looks like them."""

from __future__ import annotations

from datetime import date

import pytest

from hcpcs.questions.parser import parse_question
from hcpcs.questions.question import Question

TODAY = date(2026, 11, 26)


def asked(text: str) -> Question:
    return parse_question(text, TODAY)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("how much is E0601 RR in Texas", "TX"),
        ("E0601 fee TX", "TX"),
        ("E0601 fee west  virginia", "WV"),
        ("E0601 fee Virginia", "VA"),
        ("does K0856 need PA in PA", "PA"),
        ("fee for E0601 in IN", "IN"),
        ("does K0856 need PA", None),
        ("is E0601 covered in or out of network", None),
        ("K0823 RR GA", None),
        ("why CO 97 for E0601", None),
        ("fee for E0601", None),
    ],
)
def test_an_abbreviation_is_a_state_only_where_it_can_be_nothing_else(text: str, area: str | None) -> None:
    assert asked(text).area == area


@pytest.mark.parametrize(
    ("text", "zip_code", "codes"),
    [
        ("is 79936 rural?", "79936", ()),
        ("ZIP code 79936 fee for E0601", "79936", ("E0601",)),
        ("how much is E0601 in 79936", "79936", ("E0601",)),
        ("is J1745 included in 96413", None, ("J1745", "96413")),
        ("is 96413 covered", None, ("96413",)),
        ("fee for 99213", None, ("99213",)),
    ],
)
def test_five_digits_are_a_zip_code_only_where_the_words_say_so(
    text: str, zip_code: str | None, codes: tuple[str, ...]
) -> None:
    question = asked(text)
    assert question.zip_code == zip_code
    assert tuple(mention.code for mention in question.codes) == codes


def test_rural_and_its_opposite() -> None:
    assert [asked(f"E0601 fee {word} Texas").rural for word in ("rural", "non-rural", "in")] == [True, False, None]


def test_the_words_of_a_place_are_used() -> None:
    assert asked("how much is E0601 RR in rural New Mexico").unused == ()

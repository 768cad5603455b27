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
        ("E0601 fee in pa", "PA"),
        ("how much is E0601 rr in co this year", "CO"),
        ("mac for oh", "OH"),
        ("E0601 fee fl", "FL"),
        ("E0601 fee fl 2025", "FL"),
        ("E0601 fl", None),
        ("E0601 fl fee", None),
        ("molina tx E1390", "TX"),
        ("ca workers comp E0730", "CA"),
        ("E1390 tx plan by molina", None),
        ("molina pa E1390", None),
        ("how much is J1885 in or", None),
        ("is it paid in co 97 denials", None),
        ("does K0856 need it in pa", None),
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
    ("text", "areas"),
    [
        ("E0601 fee in Texas and Florida", ["TX", "FL"]),
        ("E0601 fee in CA, PA and OH", ["CA", "PA", "OH"]),
        ("E0601 fee in ca, pa, and tx", ["CA", "PA", "TX"]),
        ("E0601 fee tx fl", ["TX", "FL"]),
        ("E0601 fee in tx or", ["TX"]),
        ("E0601 fee in tx, pa needed", ["TX"]),
        ("E0601 fee tx pa", ["TX"]),
        ("E0601 fee in tx rr ga", ["TX"]),
        ("mac for Texas and Oklahoma", ["TX", "OK"]),
    ],
)
def test_every_state_of_a_list_is_read(text: str, areas: list[str]) -> None:
    assert [asked(text).area, *asked(text).other_areas] == areas


@pytest.mark.parametrize(
    ("text", "zip_code", "codes"),
    [
        ("is 79936 rural?", "79936", ()),
        ("ZIP code 79936 fee for E0601", "79936", ("E0601",)),
        ("how much is E0601 in 79936", "79936", ("E0601",)),
        ("zip 79936-1234 fee for E0601", "79936", ("E0601",)),
        ("how much is E0601 RR 79936", "79936", ("E0601",)),
        ("E0601-RR 94601", "94601", ("E0601",)),
        ("E0601 79936", "79936", ("E0601",)),
        ("E0601 94601-1234", "94601", ("E0601",)),
        ("E0601 RR in 75201 month 5", "75201", ("E0601",)),
        ("price of A7030 NU in zip code 1223", "01223", ("A7030",)),
        ("E1390 RR allowable 59711", "59711", ("E1390",)),
        ("E0601 price order 40213", None, ("E0601",)),
        ("fee for E0601, claim number 12345", None, ("E0601",)),
        ("E0601 rental fee, account #40213?", None, ("E0601",)),
        ("fee for E0143 NU with 97116", None, ("E0143", "97116")),
        ("how much is E0601 and 99213", None, ("E0601", "99213")),
        ("DME MAC for 79936", "79936", ()),
        ("E0601 94660", None, ("E0601", "94660")),
        ("A9500 78452", None, ("A9500", "78452")),
        ("L8699 27130", None, ("L8699", "27130")),
        ("E0601 99213 same day", None, ("E0601", "99213")),
        ("E0601 RR 79936 99213", None, ("E0601", "79936", "99213")),
        ("is J1745 included in 96413", None, ("J1745", "96413")),
        ("is 96413 covered", None, ("96413",)),
        ("fee for 99213", None, ("99213",)),
        ("how much is E0601 for 99213", None, ("E0601", "99213")),
        ("how much is E0601 in 99204", "99204", ("E0601",)),
    ],
)
def test_five_digits_are_a_zip_code_only_by_the_words_or_the_item_beside_them(
    text: str, zip_code: str | None, codes: tuple[str, ...]
) -> None:
    question = asked(text)
    assert question.zip_code == zip_code
    assert tuple(mention.code for mention in question.codes) == codes


def test_a_lost_leading_zero_is_restored_and_said() -> None:
    assert asked("zip code 1223 rural?").zip_written == "1223"
    assert asked("zip code 01223 rural?").zip_written is None


def test_rural_and_its_opposite() -> None:
    assert asked("difference between rural and non-rural for E0601 in Texas").rural is None
    assert asked("E0601 fee urban Texas").rural is False
    assert [asked(f"E0601 fee {word} Texas").rural for word in ("rural", "non-rural", "in")] == [True, False, None]


def test_the_words_of_a_place_are_used() -> None:
    assert asked("how much is E0601 RR in rural New Mexico").unused == ()

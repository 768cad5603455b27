"""The count of a claim line without decimals, of a needle behind its gauge, and of a list with hyphens."""

from __future__ import annotations

import pytest

from hcpcs.questions.recognizers.codes.code_scanner import scan


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("E0431 RR 3500 1", [1]),
        ("E0431 RR A 1500 60", [60]),
        ("E0601 RR AB 12500 1", [1]),
        ("G0299 A 140 4", [4]),
        ("E0143 A 9500 1; E0601 RR A 8000 1", [1, 1]),
        ("E0431 RR 2024 1", [None]),  # a year
        ("J1745 5000 50", [None]),  # perhaps milligrams
        ("J1745 JZ 50000 50", [50]),
        ("A4215 24G 40", [40]),
        ("24D: A0429 RH  24G: 1 / A0425 RH 24G: 8", [1, 8]),  # the field of the form
        ("A4212 20G x 1 in, 5", [5]),
        ("J1561 30G 2", [None]),  # grams
        ("J1100-10, J1885-2", [10, 2]),
        ("S9325-28, S9494-98", [None, None]),
        ("A5500 2 A5512 6", [2, 6]),
        ("A7030 NU A 18000 1 and A7034 NU A 9000 1", [1, 1]),
        ("J1885 60 J1100 8", [None, 8]),  # perhaps milligrams
        ("A4351 200 A4402 1", [200, 1]),
        ("B4035 30 B4150 300 B9002 RR MS", [30, 300, None]),
        ("A7030 (1) A7031 (3) A7035 (2)", [1, 3, 2]),
        ("(1) A7030 (2) A7031 (3) A7035", [None, None, None]),  # numbers of a list
        ("A7030 (1) A7031 (3) A7035", [None, None, None]),
        ("3 A4595, 1 E0730", [3, 1]),
        ("2 J3301, 4 J1885", [2, 4]),
        ("bill 6 A7038 and 1 A7034 and 2 A7035 please", [6, 1, 2]),
        ("40 J3301, 30 J1885", [None, None]),  # perhaps milligrams
        ("1 J1885, 2 J3301", [None, None]),  # numbers of a list
        ("day 2 J1885, day 5 J3301", [None, None]),
        ("3 A4595, 1 E0730 90 days", [None, None]),
        ("3 A4595 for 1 E0730", [None, None]),
        ("3 A4595", [None]),
        ("A0425 SH 8.3", [8.3]),
        ("A0429 SH; A0425 SH 8.3; A0436 12.4", [None, 8.3, 12.4]),
        ("A0429 SH 8.3", [None]),
        ("A0425 SH 8.35", [None]),
    ],
)
def test_a_line_has_its_count(line: str, counts: list[float | None]) -> None:
    assert [code.mention.units for code in scan(line)] == counts


def test_a_count_typed_onto_a_modifier_is_of_the_line_with_it() -> None:
    lines = [(one.mention.modifiers, one.mention.units) for one in scan("J0585x155 J0585-JWx45")]
    assert lines == [((), 155), (("JW",), 45)]


def test_the_letters_of_diagnoses_are_not_modifiers() -> None:
    assert scan("E0601 RR AB 12500 1")[0].mention.modifiers == ("RR",)

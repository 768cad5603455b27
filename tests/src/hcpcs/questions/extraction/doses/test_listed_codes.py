"""A list of codes of which one has no dose: none gets that of another."""

from __future__ import annotations

import pytest
from tests.src.hcpcs.conftest import TODAY

from hcpcs.questions.parser import parse_question


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("J1885 30 mg, J2550, J1100 8mg", [[30], [], [8]]),
        ("J1885 30mg J2405 J1100 8mg how many units each", [[30], [], [8]]),
        ("J1885 15mg (2) ; J2550(1) ; J1100 (10)", [[15, 2], [], []]),
        ("J1100 8mg + J3301 + 2 units J1885", [[8], [], [2]]),
        ("8mg J1100 + J3301", [[8], []]),
        ("J1885 30 mg, J2550", [[30], []]),
        ("J1100 8mg, J3301, 20610 how many units", [[8], []]),
        ("T4527 180/mo, A4554 150/mo, A4927 1 bx", [[180], [150], [1]]),
        ("A4353 1 box, A4351 200", [[1], []]),
        ("J1885, J2550 30 mg", []),  # perhaps of both
        ("30 mg J1885 and J2550 units", []),
        ("T2005 stretcher van 12.6 miles each way round trip T2049", []),
        ("J1885 30 mg, J1100 8 mg", []),  # each has its own by the order
        ("J1885 30 mg or J2550, J1100 8 mg", []),
        ("J1885 J2550 J1100 30 mg 25 mg units", []),
        ("J0585 155 units, J0585 JW 45, J1885", []),  # two lines of one code
    ],
)
def test_each_code_has_the_amounts_beside_it(text: str, amounts: list[list[float]]) -> None:
    named = parse_question(text, TODAY).named_doses
    assert [[quantity.amount for quantity in one.quantities] for one in named] == amounts


@pytest.mark.parametrize(
    ("text", "unused"),
    [
        ("J9035 40 J9190 10 J0640 8 96413", ("40", "10", "8")),
        ("A0429 SH, A0425 SH 8.3", ()),
        ("A4351 200 A4402 1", ()),
        ("99213 25 G2211", ()),  # a modifier
        ("K0823, pt got K0001 3 yrs ago", ("yrs", "ago")),
        ("J1885 30 mg, J2550 25, J1100", ()),
    ],
)
def test_a_number_behind_a_code_that_is_not_read_is_named(text: str, unused: tuple[str, ...]) -> None:
    assert parse_question(text, TODAY).unused == unused

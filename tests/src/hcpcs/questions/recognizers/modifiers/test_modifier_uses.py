"""Modifiers in other orders of words, quarters that are none, and the routes of ambulances in words."""

from __future__ import annotations

import pytest

from hcpcs.questions.recognizers.codes.code_scanner import find_codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("GM on A0428, how", ["A0428-GM"]),
        ("A0427 multiple patients GM", ["A0427-GM"]),
        ("modifier gm a0427", ["A0427-GM"]),
        ("A0425 loaded 2 GM", ["A0425"]),
        ("J1885 given, 1 GM vial", ["J1885"]),
        ("JC Q4101", ["Q4101-JC"]),
        ("IV J1885", ["J1885"]),
        ("JC Q4101 GRAFT", ["Q4101"]),
        ("J0135 GM modifier meaning and TC", ["J0135-GM-TC"]),
        ("what does 26 mean on G0202", ["G0202-26"]),
        ("G0202 26", ["G0202-26"]),
        ("J1745 Q2 2025", ["J1745"]),
        ("J1745 Q1 2024-03-05", ["J1745-Q1"]),
        ("J codes added in Q1 and Q2 2025", []),
        ("Q1 and Q2 modifiers 2025", ["Q1", "Q2"]),
        ("CQ CO what r these", ["CQ", "CO"]),
        ("which is it RJ or RG for dialysis", ["RJ", "RG"]),
        ("residence to dialysis center RJ or RG", ["RJ", "RG"]),
        ("G2211 with 25 modifier in 2025", ["G2211-25"]),
        ("E0143 fee ue", ["E0143-UE"]),
        ("E0143 price for rr", ["E0143-RR"]),
        ("E0143 fee in ga", ["E0143"]),
        ("E0143 fee as is", ["E0143"]),
        ("RH or HR for hospital to home", ["HR"]),
        ("ambulance hospital to hospital", ["HH"]),
        ("SNF to dialysis and back modifiers", ["NJ", "NG", "JN", "GN"]),
        ("SNF to dialysis freestanding and back modifiers", ["NJ", "JN"]),
    ],
)
def test_a_modifier_is_read_by_what_is_around_it(text: str, codes: list[str]) -> None:
    assert ["-".join((one.code, *one.modifiers)) for one in find_codes(text)] == codes

"""The units of a dose and how one unit is written: miles, boxes, and no vial of what has none."""

from __future__ import annotations

import pytest

from hcpcs.answers.desk import Desk


@pytest.mark.parametrize(
    ("asked", "headline", "proof"),
    [
        ("A0425 7.35 miles", "7.35 miles of A0425 is 7.4 units (7.35, rounded up).", "7.35 miles / 1 statute mile per"),
        ("S0209 7.35 miles", "7.35 miles of S0209 is 7.35 units.", "7.35 miles / 1 mile per billing unit"),
        ("A4259 200 lancets", "200 lancets of A4259 is 2 units.", "/ 1 box of 100 per billing unit"),
    ],
)
def test_one_unit_is_what_the_descriptor_counts(full: Desk, asked: str, headline: str, proof: str) -> None:
    answer = full.ask(asked)
    assert answer.headline == headline
    assert proof in answer.text


def test_nothing_is_said_of_vials_where_a_unit_is_not_an_amount_of_drug(full: Desk) -> None:
    text = full.ask("A0425 10 miles, 2 miles wasted").text
    assert "10 miles of A0425 is 10 units." in text
    assert "JW" not in text
    assert "vial" not in text

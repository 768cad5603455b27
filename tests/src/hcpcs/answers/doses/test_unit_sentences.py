"""The sentences of units: the count first, the division with its rounding, discarded drug on a line of its own."""

from __future__ import annotations

import pytest

from hcpcs.answers.desk import Desk


@pytest.mark.parametrize(
    ("asked", "headline", "proof"),
    [
        ("how many units is 102 mg of J1745", "102 mg of J1745 is 11 units (10.2, rounded up).", "rounds up to 11"),
        ("how many units is 100 mg of J1745", "100 mg of J1745 is 10 units.", "100 mg / 10 mg per billing unit = 10."),
        ("S9328 x 3 days how many units", "3 days of S9328 is 3 units.", ""),
        ("A4253 100 strips units", "100 strips of A4253 is 2 units.", ""),
    ],
)
def test_the_arithmetic_is_shown(full: Desk, asked: str, headline: str, proof: str) -> None:
    answer = full.ask(asked)
    assert answer.headline == headline
    assert proof in answer.text


def test_discarded_drug_has_a_line_with_jw(full: Desk) -> None:
    text = full.ask("J0585 155 units, 200 unit vial, how do I bill waste").text
    assert "155 units" in text
    assert "45 units" in text
    assert "JW" in text


@pytest.mark.parametrize(
    ("asked", "start"), [("J0897 x 60 = 60mg correct?", "Yes. "), ("J1885 30mg IM x1, charge 3?", "No. ")]
)
def test_a_number_of_units_is_checked(full: Desk, asked: str, start: str) -> None:
    assert full.ask(asked).headline.startswith(start)

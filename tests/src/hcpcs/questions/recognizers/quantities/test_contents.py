"""What containers hold, and what was given of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hcpcs.questions.recognizers.quantities.contents import find_boxes, find_concentrations, find_opened
from hcpcs.questions.recognizers.quantities.related_quantities import QuantitySpan


def amounts(spans: Iterator[QuantitySpan]) -> list[str]:
    """Each quantity as ``role amount unit``."""
    return [f"{one.quantity.role} {one.quantity.amount:g} {one.quantity.unit}" for one in spans]


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("gave 430 mg of 500 mg", ["dose 430 mg", "container 500 mg"]),
        ("gave 430 of 500 mg", ["dose 430 mg", "container 500 mg"]),
        ("gave 600 mg of 500 mg", []),  # nothing holds more than it holds
        ("gave 430 mg of 500 ml", []),
        ("100 mg and 400 mg vials", ["container 100 mg", "container 400 mg"]),
        ("100 and 400 mg vials", ["container 100 mg", "container 400 mg"]),
        ("1 g and 100 mg vials", []),
        ("one 50 mg and two 200 mg vials", ["count 1 vial", "container 50 mg", "count 2 vial", "container 200 mg"]),
    ],
)
def test_what_was_opened(text: str, opened: list[str]) -> None:
    assert [one for one in amounts(find_opened(text)) if one in opened] == opened
    assert bool(amounts(find_opened(text))) is bool(opened)


@pytest.mark.parametrize(
    ("text", "rates"),
    [
        ("1% 10 ml", ["rate 10 mg"]),
        ("1%", []),
        ("1.5 cal 237 ml", ["rate 1.5 calories"]),
        ("1.5 cal 250 calories 237 ml", []),
    ],
)
def test_a_concentration_counts_beside_a_volume(text: str, rates: list[str]) -> None:
    assert amounts(find_concentrations(text)) == rates


@pytest.mark.parametrize(
    ("text", "boxes"),
    [
        ("2 boxes of 50", ["dose 2 box", "container 50 item"]),
        ("box of 50", ["dose 50 item"]),
        ("100 ct", ["dose 100 item"]),
        ("100 count box", ["dose 100 item"]),
    ],
)
def test_boxes_hold_items(text: str, boxes: list[str]) -> None:
    assert amounts(find_boxes(text)) == boxes

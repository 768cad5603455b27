"""What containers hold, and the gauge of a needle."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hcpcs.questions.recognizers.quantities.contents import GAUGE, find_boxes, find_concentrations
from hcpcs.questions.recognizers.quantities.related_quantities import QuantitySpan


def amounts(spans: Iterator[QuantitySpan]) -> list[str]:
    """Each quantity as ``role amount unit``."""
    return [f"{one.quantity.role} {one.quantity.amount:g} {one.quantity.unit}" for one in spans]


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
        ("2 boxes of 50 KX", ["dose 2 box", "container 50 item"]),
        ("2 boxes of 50 strips", []),
        ("100 ct", ["dose 100 item"]),
        ("100 count box", ["dose 100 item"]),
    ],
)
def test_boxes_hold_items(text: str, boxes: list[str]) -> None:
    assert amounts(find_boxes(text)) == boxes


@pytest.mark.parametrize("text", ["needles 24G", "30 g lancets", "20g x 1 in huber needle"])
def test_the_gauge_of_a_needle_is_no_amount(text: str) -> None:
    assert GAUGE.search(text)
    assert not GAUGE.search("privigen 30 g")


def test_what_a_drug_is_diluted_in_is_not_given() -> None:
    assert amounts(find_concentrations("0.5 ml in 3 ml saline")) == ["dose 0.5 ml"]

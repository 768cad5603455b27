"""What containers hold, and the gauge of a needle."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hcpcs.questions.recognizers.quantities.contents import (
    GAUGE,
    find_boxes,
    find_concentrations,
    find_given_of_vials,
)
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


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("200u vial 155 given", ["container 200 unit", "dose 155 unit"]),
        ("155 given 200u vial", ["container 200 unit", "dose 155 unit"]),
        ("3.5 mg vial, dose 2.6", ["container 3.5 mg", "dose 2.6 mg"]),
        ("2 vials 100mg dose 150", ["count 2 vial", "container 100 mg", "dose 150 mg"]),
        ("500 mg vial x2 dose 840", ["count 2 vial", "container 500 mg", "dose 840 mg"]),
        ("2 x 100 mg vials, gave 150", ["count 2 vial", "container 100 mg", "dose 150 mg"]),
        ("60mg/2ml vial gave 30 mg waste rest", ["container 60 mg", "dose 30 mg"]),
        ("60mg/2ml vial gave 90 mg", []),  # more than it holds
        ("3.5mg vial 1.3mg/m2", ["container 3.5 mg"]),
        ("4 mg vial 2 given", ["dose 2 either"]),
        ("100 mg vial 9 given", ["dose 9 either"]),
        ("100 mg vial 10 given", ["container 100 mg", "dose 10 mg"]),
        ("100 mg vial 1 given", []),  # one vial
        ("100 mg vial dose 4", ["dose 4 either"]),
        ("100 mg vial dose 5", ["container 100 mg", "dose 5 mg"]),
        ("100 mg vial dose 80 mg", []),  # it has a unit
        ("100 unit vial 31 injected sites", []),
        ("100 mg vial 80 given, 400 mg vial", []),  # two sizes
        ("100 mg vial 80 kg 60 given", []),
    ],
)
def test_a_bare_number_given_of_a_vial_is_in_its_unit(text: str, read: list[str]) -> None:
    assert amounts(find_given_of_vials(text)) == read

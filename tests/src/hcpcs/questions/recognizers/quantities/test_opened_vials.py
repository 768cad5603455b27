"""What vials hold, and what was given of them."""

from __future__ import annotations

import pytest

from hcpcs.questions.recognizers.quantities.opened_vials import find_opened


def amounts(text: str) -> list[str]:
    """Each quantity as ``role amount unit``."""
    return [f"{one.quantity.role} {one.quantity.amount:g} {one.quantity.unit}" for one in find_opened(text)]


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
    assert [one for one in amounts(text) if one in opened] == opened
    assert bool(amounts(text)) is bool(opened)


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("430 mg from 400 and 100 vials", ["container 400 mg", "container 100 mg"]),
        ("180mg 2 vials of 100 jw", ["count 2 vial", "container 100 mg"]),
        ("500 units 2 x 300 vials", ["count 2 vial", "container 300 unit"]),
        ("350 mg vials 100", ["container 100 mg"]),
        ("155 units from a 200 vial", ["container 200 unit"]),
        ("350 mg 100 vials waste", ["container 100 mg"]),
        ("5 mg/kg 80 kg from 100 vials", ["container 100 mg"]),
        ("2.5 mg vials 100", []),  # a hundred vials
        ("350 mg from 10 vials", []),
        ("350 mg 100 vials", []),
        ("350 mg 2 vials of 100", []),  # they hold less than what was given
        ("from 400 and 100 vials", []),
        ("1,050 mg vials 400 and 100", ["container 400 mg", "container 100 mg"]),
        ("20 mg vials 10", ["container 20 mg", "count 10 vial"]),
        ("5 mg/kg 92 kg       100 vials", ["container 100 mg"]),
        ("138 mg       vial 160 mg", ["container 160 mg"]),
        ("412 mg 3 vials 150 mg waste", ["count 3 vial", "container 150 mg"]),
        ("412 mg 2 vials 25 mg wasted", []),  # 25 mg is not what a vial holds
        ("412 mg 3 vials 150 mcg", []),
        ("1000 mg/m2 bsa 2 vials 1 g", ["container 1 g"]),  # 2 is the surface
        ("1000 mg/m2 bsa 2 vials 1 g 200 mg", ["container 200 mg", "container 1 g"]),
        ("5 mg/kg 80 kg vials 400 mg 100 mg", ["container 100 mg", "container 400 mg"]),
        ("1000 mg/m2 bsa 2 vials 1 g 800 mg given", ["container 1 g"]),
    ],
)
def test_the_size_of_a_vial_is_in_the_unit_of_the_dose(text: str, sizes: list[str]) -> None:
    assert amounts(text) == sizes

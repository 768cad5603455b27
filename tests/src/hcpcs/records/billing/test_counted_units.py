"""Codes that count things: what one unit is, and how many units a number of things is."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcpcs.records.billing.counted_units import CountedSize, count_things, counted_size, round_miles


@pytest.mark.parametrize(
    ("written", "size"),
    [
        ("per 50 strips", CountedSize(Decimal(50), "strip")),
        ("per diem", CountedSize(Decimal(1), "day")),
        ("per statute mile", CountedSize(Decimal(1), "mile")),
        ("per box of 100", CountedSize(Decimal(1), "box", Decimal(100))),
        ("per 10", CountedSize(Decimal(10), None)),
        ("each", CountedSize(Decimal(1), None)),
        ("each dressing", CountedSize(Decimal(1), "dressing")),
        ("per dwelling", None),
        ("wheelchair", None),
    ],
)
def test_what_one_unit_counts(written: str, size: CountedSize | None) -> None:
    assert counted_size(written) == size


@pytest.mark.parametrize(
    ("written", "amount", "unit", "units"),
    [
        ("per 50 strips", 100, "strip", 2),
        ("per diem", 3, "day", 3),
        ("per box of 100", 200, "lancet", 2),
        ("per box", 2, "box", 2),
        ("per 10", 30, "tablet", 3),
        ("each", 200, "catheter", 200),
        # How many strips a box holds, and how many items, isn't known.
        ("per 50 strips", 2, "box", None),
        ("each", 2, "box", None),
        ("each", 3, "day", None),
        ("per diem", 3, "mg", None),
        ("per diem", 3, "furlong", None),
    ],
)
def test_things_are_counted_only_where_the_code_counts_them(
    written: str, amount: int, unit: str, units: int | None
) -> None:
    size = counted_size(written)
    assert size is not None
    assert count_things(size, Decimal(amount), unit) == (None if units is None else Decimal(units))


@pytest.mark.parametrize(("miles", "billed"), [("7.4", "7.4"), ("7.41", "7.5"), ("99.95", "100"), ("100.2", "101")])
def test_ambulance_miles_are_rounded_as_medicare_does(miles: str, billed: str) -> None:
    assert round_miles(Decimal(miles)) == Decimal(billed)


@given(st.text(max_size=80))
def test_any_wording_is_read_without_an_error(text: str) -> None:
    counted_size(text)

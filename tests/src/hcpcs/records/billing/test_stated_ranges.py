"""A descriptor may state the range of an amount that its code is for."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hcpcs.records.billing.stated_ranges import stated_range


@pytest.mark.parametrize(
    ("descriptor", "unit", "inside", "outside"),
    [
        ("tpn; more than one liter but no more than two liters per day, services", "L", ("1.5", "2"), ("1", "2.1")),
        ("tpn; more than three liters per day, services", "L", ("3.1",), ("3",)),
        ("tpn; one liter per day, services", "L", ("1", "0.5"), ("1.5",)),
        ("Injection, drug, less than or equal to 100 mg", "mg", ("100",), ("101", "300")),
        ("Injection, drug, greater than 100 mg", "mg", ("101",), ("100",)),
        ("Dressing, pad size 16 sq. in. or less, each dressing", "sq in", ("16",), ("17",)),
        ("Dressing, more than 16 sq. in. but less than or equal to 48 sq. in.", "sq in", ("17", "48"), ("16", "49")),
        ("Solution, fluid volume greater than 249 cc, but less than or equal to 999 cc", "L", ("0.5",), ("1", "0.2")),
        ("Injection, less than or equal to 7 days of therapy", "day", ("7",), ("28",)),
    ],
)
def test_a_range_contains_some_amounts(
    descriptor: str, unit: str, inside: tuple[str, ...], outside: tuple[str, ...]
) -> None:
    stated = stated_range(descriptor)
    assert stated is not None
    assert all(stated.contains(Decimal(amount), unit) for amount in inside)
    assert not any(stated.contains(Decimal(amount), unit) for amount in outside)


def test_an_amount_of_another_measure_is_neither_in_nor_out() -> None:
    stated = stated_range("Injection, drug, greater than 100 mg")
    assert stated is not None
    assert stated.contains(Decimal(2), "L") is None


@pytest.mark.parametrize("descriptor", ["Injection, infliximab, 10 mg", "contrast, 400 or greater mg/ml, per ml", ""])
def test_the_size_of_a_unit_is_not_a_range(descriptor: str) -> None:
    assert stated_range(descriptor) is None

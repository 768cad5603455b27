"""What one billing unit is, by the descriptor, and the arithmetic on an amount."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcpcs.billing_units import MEASURES, count_units, unit_size


@pytest.mark.parametrize(
    ("descriptor", "amount", "unit"),
    [
        ("Injection, infliximab, excludes biosimilar, 10 mg", "10", "mg"),
        ("Injection, adrenalin, epinephrine, 0.1 mg", "0.1", "mg"),
        ("Injection, epoetin alfa, (for non-esrd use), 1000 units", "1000", "units"),
        ("Injection, penicillin g benzathine, 100,000 units", "100000", "units"),
        ("Injection, filgrastim (g-csf), excludes biosimilars, 1 microgram", "1", "microgram"),
        ("Comprehensive medication services, per 15 minutes", "15", "minutes"),
        ("Skin substitute, per square centimeter 1 sq cm", "1", "sq cm"),
        ("Injection, interferon, 3 million units", "3000000", "units"),
        ("Injection, tetracycline, up to 250 mg", "250", "mg"),
    ],
)
def test_the_unit_is_the_last_amount_of_the_descriptor(descriptor: str, amount: str, unit: str) -> None:
    size = unit_size(descriptor)
    assert size is not None
    assert (size.amount, size.unit) == (Decimal(amount), unit)


@pytest.mark.parametrize("descriptor", ["Wheelchair, standard", "", "Home visit, per diem", "Size 3 catheter"])
def test_a_descriptor_without_amount_gives_no_unit(descriptor: str) -> None:
    assert unit_size(descriptor) is None


def test_up_to_is_seen() -> None:
    size = unit_size("Injection, tetracycline, up to 250 mg")
    assert size is not None
    assert size.up_to


@pytest.mark.parametrize(
    ("descriptor", "amount", "unit", "exact", "whole"),
    [
        ("Injection, infliximab, 10 mg", "100", "mg", "10", 10),
        ("Injection, infliximab, 10 mg", "0.1", "g", "10", 10),
        ("Injection, infliximab, 10 mg", "105", "mg", "10.5", 11),
        ("Injection, something, 1 mcg", "2", "mg", "2000", 2000),
        ("Service, per 15 minutes", "1", "hour", "4", 4),
    ],
)
def test_units_of_an_amount(descriptor: str, amount: str, unit: str, exact: str, whole: int) -> None:
    size = unit_size(descriptor)
    assert size is not None
    count = count_units(size, Decimal(amount), unit)
    assert count is not None
    assert (count.exact, count.whole) == (Decimal(exact), whole)


def test_amounts_of_another_sort_are_not_divided() -> None:
    size = unit_size("Injection, infliximab, 10 mg")
    assert size is not None
    assert count_units(size, Decimal(5), "ml") is None
    assert count_units(size, Decimal(5), "furlongs") is None


@given(st.integers(1, 5000), st.sampled_from(sorted(MEASURES)), st.integers(1, 500))
def test_n_times_the_unit_is_n_units(amount: int, unit: str, times: int) -> None:
    size = unit_size(f"Injection, something, {amount} {unit}")
    if size is None or size.unit not in MEASURES:
        return
    count = count_units(size, size.amount * times, size.unit)
    assert count is not None
    assert count.whole == times


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    unit_size(text)

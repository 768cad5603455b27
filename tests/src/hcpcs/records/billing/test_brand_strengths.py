"""A dose of a brand names the code of the form that is given in it, and no code where two forms may be."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hcpcs.records.billing.brand_strengths import code_of_strength, forms_of, named_concentrations


@pytest.mark.parametrize(
    ("name", "amount", "unit", "code"),
    [
        ("Invega", "234", "mg", "J2426"),
        ("invega", "546", "mg", "J2427"),
        ("darzalex", "1.8", "g", "J9144"),
        ("invega", "100", "mg", None),
        ("sandostatin", "100", "mcg", None),
        ("herceptin", "600", "mg", None),
        ("invega", "234", "units", None),
    ],
)
def test_a_dose_tells_the_forms_of_a_brand_apart(name: str, amount: str, unit: str, code: str | None) -> None:
    assert code_of_strength(name, Decimal(amount), unit) == code


def test_the_forms_of_a_brand_are_known_by_its_name() -> None:
    assert forms_of("Invega") == ("J2426", "J2427")
    assert forms_of("kenalog") == ()


def test_a_brand_with_its_concentration_in_its_name_is_listed() -> None:
    assert named_concentrations()["kenalog"] == (10, 40, 80)

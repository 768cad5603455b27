"""Numbers without a unit in lists of drugs: each is of the drug before it, and only where all are in one list."""

from __future__ import annotations

import pytest

from hcpcs.questions.recognizers.quantities.quantity_scanner import find_quantities

CODE = " " * 5


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("decadron 10 and rocephin 500mg units", ["10 presumed mg", "500 mg"]),
        ("zofran 4mg and benadryl 50 units", ["4 mg", "50 presumed mg"]),
        ("zofran 4 benadryl 50 pepcid 20 iv units", ["4 bare number", "50 bare number", "20 bare number"]),
        ("gave toradol 60 + phenergan 25 mg, units?", ["60 presumed mg", "25 mg"]),
        (f"{CODE} 4 {CODE} 25mg units", ["4 presumed mg", "25 mg"]),
        (f"{CODE} 60 and {CODE} 8mg 8 units", ["60 presumed mg", "8 mg", "8 unit"]),
        ("decadron 10 and rocephin 500mg", ["10 presumed mg", "500 mg"]),
        (f"1 mg IV {CODE} 5 thymoglobulin", ["1 mg"]),  # nothing joins them, and no units are asked for
        ("keytruda 200mg cycle 4 units", ["200 mg", "4 unit"]),
        ("keytruda 200mg, cycle 4, units", ["200 mg"]),
        ("age 65 and rocephin 500mg units", ["500 mg"]),
        ("kenalog 40 and lidocaine 2ml units", ["40 presumed mg", "2 ml"]),
        ("kenalog 40 and lidocaine 2ml", ["2 ml"]),  # nothing is in milligrams, and no units are asked for
        ("botox 0 and toradol 30mg units", ["30 mg"]),
    ],
)
def test_a_number_of_a_list_is_of_the_drug_before_it(text: str, amounts: list[str]) -> None:
    assert [f"{one.quantity.amount:g} {one.quantity.unit}" for one in find_quantities(text)] == amounts

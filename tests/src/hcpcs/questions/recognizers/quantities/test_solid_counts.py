"""Which numbers of a text are of tablets or capsules, and how each dose is given."""

from __future__ import annotations

import pytest

from hcpcs.questions.recognizers.quantities.quantity_scanner import find_quantities
from hcpcs.questions.recognizers.quantities.solid_counts import find_solids


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("1 mg tablets, 2 tabs bid 30 days", ["2 tablet dose"]),
        ("1 mg tabs, 1.5 tabs per day", ["1.5 tablet day"]),
        ("100 mg cap #60", ["60 tablet "]),
        ("100 mg caps, dispensed 60 caps", ["60 capsule "]),
        ("360 mg bid #120 of 180 mg", ["120 tablet "]),
        ("140 mg caps qty 5", ["5 tablet "]),
        ("8 mg tab bid prn #30", ["30 tablet "]),
        ("1 mg tabs, 3 tabs qam, 30 days", ["3 tablet dose"]),
        ("1 mg tab, 2 po bid", ["2 tablet dose"]),
        ("1 mg tab, half a tab daily", ["0.5 tablet dose"]),
        ("140 mg qty 5", []),  # without a tablet's word "qty" may be of billing units
        ("140 mg caps, bill qty 5?", []),
        ("2 tabs", []),  # without a strength there is nothing to multiply
        ("300 mg, 2 tabs tylenol premed", []),
        ("300 mg, tylenol 2 tabs", []),
        ("200 mg, #6 of 8", []),
        ("2 mg #3 in the series", []),
        ("300 mg, #2 on the list", []),
        ("200 mg infusion #6", []),
        ("1 mg tabs, rx #123456", []),
        ("1 mg caps, refill #3", []),
    ],
)
def test_numbers_of_tablets(text: str, counted: list[str]) -> None:
    solids = [one.quantity for one in find_quantities(text) if one.quantity.role == "solids"]
    assert [f"{one.amount:g} {one.unit} {one.per}" for one in solids] == counted


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("100 mg vial #3", ["count 3 vial"]),
        ("100 mg vial, qty 2", ["count 2 vial"]),
        ("100 mg vial, bill qty 2?", []),
        ("vial #2 of 2, 100 mg", []),
    ],
)
def test_numbers_of_vials(text: str, counted: list[str]) -> None:
    found = [one.quantity for one in find_solids(text)]
    assert [f"{one.role} {one.amount:g} {one.unit}" for one in found] == counted


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("zofran 4 mg tab and decadron 10 mg IV", ["solid", "injected"]),
        ("decadron 10 mg iv, benadryl 25 mg po", ["injected", "oral"]),
        ("oral dexamethasone 12 mg", ["oral"]),
        ("IV zofran 8 mg", ["injected"]),
        ("4 mg, IV", ["injected"]),
        ("4 mg x1 IV", ["injected"]),
        ("4 mg zofran odt", ["solid"]),
        ("tablets of 1 mg", ["solid"]),
        ("325 mg, 2 tabs", ["solid"]),
        ("300 mg, 2 tabs tylenol", ["None"]),
        ("decadron 10 mg iv benadryl 25 mg", ["injected", "None"]),
        ("300 mg with tabs at home", ["None"]),
    ],
)
def test_how_doses_are_given(text: str, forms: list[str]) -> None:
    doses = [one.quantity for one in find_quantities(text) if one.quantity.unit == "mg"]
    assert [str(one.form) for one in doses] == forms

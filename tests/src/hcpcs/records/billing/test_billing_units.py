"""What one billing unit is, by the descriptor, and the arithmetic on an amount."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcpcs.answers.desk import Desk
from hcpcs.records.billing.billing_units import NoUnitSize, UnitSize, count_units, unit_size
from hcpcs.records.billing.units import UNITS


def sized(descriptor: str) -> UnitSize:
    size = unit_size(descriptor)
    assert isinstance(size, UnitSize), size
    return size


@pytest.mark.parametrize(
    ("descriptor", "amount", "unit"),
    [
        ("Injection, infliximab, excludes biosimilar, 10 mg", "10", "mg"),
        ("Injection, acetaminophen, not otherwise specified,10 mg", "10", "mg"),
        ("Injection, adrenalin, epinephrine, 0.1 mg", "0.1", "mg"),
        ("Injection, epoetin alfa, (for non-esrd use), 1000 units", "1000", "units"),
        ("Injection, penicillin g benzathine, 100,000 units", "100000", "units"),
        ("Injection, chorionic gonadotropin, per 1,000 usp units", "1000", "usp units"),
        ("Injection, filgrastim (g-csf), excludes biosimilars, 1 microgram", "1", "microgram"),
        ("Comprehensive medication services, per 15 minutes", "15", "minutes"),
        ("Injection, interferon, 3 million units", "3000000", "units"),
        ("Injection, tetracycline, up to 250 mg", "250", "mg"),
        ("Apligraf, per square centimeter", "1", "square centimeter"),
        ("Injection, cefotaxime sodium, per gm", "1", "gm"),
        ("Factor viii (antihemophilic factor, human) per i.u.", "1", "i.u."),
        ("Injection, complex (human), per factor viii i.u.", "1", "i.u."),
        ("Injection, iv, urokinase, 250,000 i.u. vial", "250000", "i.u."),
        ("Injection, aprotonin, 10,000 kiu", "10000", "kiu"),
        ("Nursing care, in the home; by registered nurse, per hour", "1", "hour"),
        # The amount of one unit among others that describe or cap it.
        ("Infusion, normal saline solution, sterile (500 ml = 1 unit)", "500", "ml"),
        ("Enteral formula, administered through a tube, 100 calories = 1 unit", "100", "calories"),
        ("Iodine i-123 sodium iodide, diagnostic, per 100 microcuries, up to 999 microcuries", "100", "microcuries"),
        ("Injection, hyaluronidase, per 1 usp unit (up to 999 usp units)", "1", "usp unit"),
        ("Phenylephrine 10.16 mg/ml and ketorolac 2.88 mg/ml irrigation solution, 1 ml", "1", "ml"),
        ("Carbidopa 5 mg/levodopa 20 mg enteral suspension, 100 ml", "100", "ml"),
        ("Injection, meropenem and vaborbactam, 10mg/10mg (20mg)", "20", "mg"),
        ("Injection, sodium, 1 gram/0.125 grams (1.125 grams)", "1.125", "grams"),
        ("Low osmolar contrast material, 200-299 mg/ml iodine concentration, per ml", "1", "ml"),
        ("Chlorpromazine, 5 mg, oral, not to exceed a 48 hour dosage regimen", "5", "mg"),
        ("Injection, rho d immune globulin, full dose, 300 micrograms (1500 i.u.)", "300", "micrograms"),
        ("Injection, betamethasone acetate 3 mg and betamethasone sodium phosphate 3 mg", "6", "mg"),
    ],
)
def test_the_unit_is_the_amount_that_the_descriptor_states_as_one(descriptor: str, amount: str, unit: str) -> None:
    size = sized(descriptor)
    assert (size.amount, size.spelling) == (Decimal(amount), unit)


@pytest.mark.parametrize(
    ("descriptor", "why"),
    [
        ("Wheelchair, standard", "no amount"),
        ("", "no amount"),
        ("Size 3 catheter", "no amount"),
        ("Home visit, per diem", '"per diem"'),
        # Combined drugs: 3 mg of which? The rule of the payer decides, not a guess.
        ("Injection, acetaminophen 10 mg and ibuprofen 3 mg", "several amounts"),
        ("Albuterol, up to 2.5 mg and ipratropium bromide, up to 0.5 mg, non-compounded", "several amounts"),
        ("Injection, thyrotropin alpha, 0.9 mg, provided in 1.1 mg vial", "several amounts"),
        ("Injection, cabotegravir and rilpivirine, 2mg/3mg", "strength or several amounts (2mg/3mg)"),
        ("Injection, torsemide, 10 mg/ml", "strength or several amounts (10 mg/ml)"),
        # Limits, not amounts.
        ("Buprenorphine/naloxone, oral, less than or equal to 3 mg buprenorphine", "mentions 3 mg"),
        ("Buprenorphine/naloxone, oral, greater than 3 mg, but less than or equal to 6 mg", "mentions 3 mg, 6 mg"),
        ("Injection, gamma globulin, intramuscular, over 10 cc", "mentions 10 cc"),
        ("Parenteral solution, any strength, 10 to 51 grams of protein - premix", "mentions"),
        ("Skin graft, total area up to 100 sq cm; first 25 sq cm or less", "mentions"),
        ("Service, each additional 30 minutes per calendar month", "mentions"),
        ("Nursing services, each 10 minutes beyond the first 5 minutes", "mentions"),
        ("Remote visit, typically 10 minutes are spent with the patient", "mentions"),
        ("Patient receiving <=5 mg daily prednisone", "mentions 5 mg"),
        ("Palingen or promatrx, 0.36 mg per 0.25 cc", "mentions"),
        # Things that are counted.
        ("Technetium tc-99m medronate, diagnostic, per study dose, up to 30 millicuries", '"per study dose"'),
        ("Choline c-11, diagnostic, per study dose up to 20 millicuries", '"per study dose'),
        ("Lidocaine 70 mg/tetracaine 70 mg, per patch", '"per patch"'),
        ("Ethinyl estradiol 0.015mg, 0.12mg per 24 hours; monthly vaginal ring, each", '"each"'),
        ("Oxygen contents, gaseous, 1 unit equals 1 cubic foot", "another measure"),
    ],
)
def test_a_descriptor_that_states_no_one_amount_gives_no_unit_and_says_why(descriptor: str, why: str) -> None:
    size = unit_size(descriptor)
    assert isinstance(size, NoUnitSize), size
    assert why in size.why


def test_up_to_is_seen() -> None:
    assert sized("Injection, tetracycline, up to 250 mg").up_to


def test_the_drugs_of_a_real_release(full: Desk) -> None:
    """Every active drug code whose whole descriptor is a name and one amount is read as that amount."""
    plain = re.compile(
        r"Injection, [^0-9,]+, (?P<amount>[\d.,]+) (?P<unit>mg|mcg|units|ml|gm?|micrograms?)", re.IGNORECASE
    )
    count = 0
    for code in full.catalog.starting("J"):
        statement = full.catalog.current(code, date(2025, 11, 1))
        match = plain.fullmatch(statement.record.long_description) if statement else None
        if statement and match:
            size = sized(statement.record.long_description)
            assert (size.amount, size.spelling) == (Decimal(match["amount"].replace(",", "")), match["unit"].lower()), (
                code
            )
            count += 1
    assert count > 400


@pytest.mark.parametrize(
    ("descriptor", "amount", "unit", "exact", "whole"),
    [
        ("Injection, infliximab, 10 mg", "100", "mg", "10", 10),
        ("Injection, infliximab, 10 mg", "0.1", "g", "10", 10),
        # A part of a unit is billed as a whole one, however small it is.
        ("Injection, infliximab, 10 mg", "105", "mg", "10.5", 11),
        ("Injection, infliximab, 10 mg", "102", "mg", "10.2", 11),
        ("Injection, infliximab, 10 mg", "100.001", "mg", "10.0001", 11),
        ("Injection, infliximab, 10 mg", "500", "ng", "0.00005", 1),
        ("Infusion, normal saline solution, 1000 cc", "1", "L", "1", 1),
        ("Injection, something, 1 mcg", "2", "mg", "2000", 2000),
        ("Service, per 15 minutes", "1", "hour", "4", 4),
    ],
)
def test_units_of_an_amount(descriptor: str, amount: str, unit: str, exact: str, whole: int) -> None:
    size = sized(descriptor)
    count = count_units(size, Decimal(amount), unit)
    assert count is not None
    assert (count.exact, count.whole) == (Decimal(exact), whole)


def test_amounts_of_another_sort_are_not_divided() -> None:
    size = sized("Injection, infliximab, 10 mg")
    assert count_units(size, Decimal(5), "ml") is None
    assert count_units(size, Decimal(5), "furlongs") is None


DIVISIBLE_SPELLINGS = [spelling for unit in UNITS if unit.divisible for spelling in unit.spellings]


@given(st.integers(1, 5000), st.sampled_from(DIVISIBLE_SPELLINGS), st.integers(1, 500))
def test_n_times_the_unit_is_n_units(amount: int, spelling: str, times: int) -> None:
    size = sized(f"Service or drug, {amount} {spelling}")
    count = count_units(size, size.amount * times, size.spelling)
    assert count is not None
    assert count.whole == times


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    unit_size(text)


def test_the_thing_that_a_descriptor_counts_is_kept_in_its_words() -> None:
    size = unit_size("Red blood cells, leukocytes reduced, each unit")
    assert isinstance(size, NoUnitSize)
    assert size.thing == "each unit"

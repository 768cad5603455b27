"""The dose of one of several codes, where a number has no unit."""

from __future__ import annotations

import pytest
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.doses.own_amounts import own_dose, unsure_code
from hcpcs.questions.parser import parse_question
from hcpcs.records.billing.billing_units import unit_size


@pytest.mark.parametrize(
    ("descriptor", "milligrams", "refusal"),
    [
        ("Injection, methylprednisolone acetate, 1 mg", 10, ""),
        ("Injection, lidocaine hydrochloride, 1 mg", None, "The amount of J0000, 10, has no unit: add it"),
    ],
)
def test_a_number_of_a_local_anesthetic_is_not_taken_for_milligrams(
    descriptor: str, milligrams: int | None, refusal: str
) -> None:
    question = parse_question("depo medrol 80 and lidocaine 10, units", TODAY)
    dose = own_dose("J0000", descriptor, unit_size(descriptor), question, 1, 2)
    assert dose is not None
    assert [one.amount for one in dose.quantities if one.unit == "mg"] == [one for one in (milligrams,) if one]
    assert dose.refusal.startswith(refusal)


@pytest.mark.parametrize(
    ("text", "others", "unsure"),
    [
        ("J3301 J1885 40 mg", "Injection, ketorolac tromethamine, per 15 mg", True),
        ("J3301 J1885 40 mg how many units", "Injection, ketorolac tromethamine, per 15 mg", True),
        ("J3301 and J1885 both 40 mg", "Injection, ketorolac tromethamine, per 15 mg", False),
        ("J3301 or J1885 40 mg, which one", "Injection, ketorolac tromethamine, per 15 mg", False),
        ("J3301 and J1885 40 mg each", "Injection, ketorolac tromethamine, per 15 mg", False),
        ("J3301 J1885 40 mg 20 mg", "Injection, ketorolac tromethamine, per 15 mg", False),
        ("J3301 J1885 40 mg x 2", "Injection, ketorolac tromethamine, per 15 mg", False),
        ("J1885 30 mg, J3301, J1100 8 mg", "Injection, ketorolac tromethamine, per 15 mg", False),
        ("J3301 4 units, J1885 40 mg", "Injection, ketorolac tromethamine, per 15 mg", False),
        ("J3301 J3300 40 mg", "Injection, triamcinolone-abcd, biosimilar, 1 mg", False),
        (
            "J3301 A4253 40 mg",
            "Blood glucose test or reagent strips for home blood glucose monitor, per 50 strips",
            False,
        ),
    ],
)
def test_one_dose_of_two_drugs_may_be_of_either(text: str, others: str, unsure: bool) -> None:
    first = "Injection, triamcinolone acetonide, not otherwise specified, 10 mg"
    assert bool(unsure_code(parse_question(text, TODAY), (first, others))) is unsure

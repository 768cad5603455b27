"""The dose of one of several codes, where a number has no unit."""

from __future__ import annotations

import pytest
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.doses.own_amounts import own_dose
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

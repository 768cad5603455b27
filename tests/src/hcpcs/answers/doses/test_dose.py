"""The amount to bill from the amounts of a question."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from hcpcs.answers.doses.dose import amount_text, total_dose
from hcpcs.questions.parser import parse_question
from hcpcs.records.billing.units import unit_of

TODAY = date(2025, 11, 21)


@pytest.mark.parametrize(
    ("question", "dose"),
    [
        ("J1885 60 mg", "60 mg"),
        ("J1885 60 mg x2 IM", "120 mg"),
        ("J1745 5 mg/kg, patient weighs 80 kg", "400 mg"),
        ("J1745 5 mg/kg, patient weighs 80 kg, so 410 mg", "410 mg"),
        ("J3301 40 mg/ml, 2 ml given", "80 mg"),
        ("J7613 3 vials of 2.5 mg", "7.5 mg"),
        ("J3373 1.25 g per dose", "1.25 g per dose"),
        ("J1745 3 miles", None),
        ("J7613 2.5 mg 3 times a day for 30 days", "225 mg"),
        ("J7626 0.5 mg BID, 30 days", "30 mg"),
        ("J0692 2 g IV q8h x 10 days", "60 g"),
        ("J0692 2 g every eight hours for 10 days", "60 g"),
        ("J0692 2 g q8h", "2 g"),  # without a number of days, one dose
        ("J2405 8 mg q8h prn for 3 days", "8 mg"),  # as needed: nobody knows how often
    ],
)
def test_the_amount_is_worked_out(question: str, dose: str | None) -> None:
    quantities = parse_question(question, TODAY).quantities
    total = total_dose(quantities, lambda one: (unit := unit_of(one.unit)) is not None and unit.dimension == "mass")
    assert (total.written if total else None) == dose


def test_each_of_several_codes_gets_its_own_dose() -> None:
    quantities = parse_question("J1885 30 mg, J2405 4 mg units", TODAY).quantities
    written = [total.written for place in (0, 1) if (total := total_dose(quantities, lambda _: True, place, 2))]
    assert written == ["30 mg", "4 mg"]


@pytest.mark.parametrize(
    ("amount", "unit", "text"),
    [
        ("2.5", "hour", "2.5 hours"), ("1", "hour", "1 hour"), ("155", "unit", "155 units"), ("2", "box", "2 boxes"),
        ("3", "day", "3 days"), ("100", "mg", "100 mg"), ("1", "calories", "1 calorie"), ("2", "lens", "2 lenses"),
        ("1000", "mcg", "1000 mcg"),
    ],
)  # fmt: skip
def test_an_amount_is_written_as_people_do(amount: str, unit: str, text: str) -> None:
    assert amount_text(Decimal(amount), unit) == text

"""The amount to bill from the amounts of a question."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from hcpcs.answers.doses.dose import amount_text, of_one_dose, plain_number, total_dose
from hcpcs.questions.parser import parse_question
from hcpcs.questions.question import Quantity, QuantityRole
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
        ("J1650 40 mg daily 10 days", "400 mg"),
        ("J0692 2 g every 0 days for 10 days", "2 g"),
        ("J0692 2 g bıd x 10 days", "40 g"),  # with the dotless i of a Turkish keyboard
        ("J0692 2 g twıce", "4 g"),
        ("J0692 2 g q8h units per day", "6 g"),
        ("J0692 2 g bid daily units", "4 g"),
        ("J0692 2 g q8h prn units per day", "2 g"),
        ("J0692 2 g q8h", "2 g"),  # without a number of days, one dose
        ("J0696 2 g daily for a month", "60 g"),
        ("J1559 12 g weekly for 4 weeks", "48 g"),
        ("J1559 12 g twice weekly x 4 weeks", "96 g"),
        ("J2357 300 mg every 2 weeks for 8 weeks", "1200 mg"),
        ("J2357 300 mg q3w for 10 weeks", "300 mg"),  # not a whole number of doses
        ("J1559 12 g weekly for a month", "12 g"),  # no month has a whole number of weeks
        ("J1756 100 mg x 5 visits", "500 mg"),
        ("J1885 30 mg twice", "60 mg"),
        ("J1885 30 mg twice daily", "30 mg"),
        ("J1885 30 mg, repeated once", "60 mg"),
        ("two 50 mg doses of J1200", "100 mg"),
        ("J1200 3 doses of 25 mg", "75 mg"),
        ("J7325 16 mg both knees x 3 injections", "96 mg"),
        ("J7325 16 mg x 2 both knees", "32 mg"),  # one for each knee
        ("J3301 40 mg bilateral knees", "80 mg"),
        ("J2060 2 mg ativan IV then another 1 mg", "3 mg"),
        ("J3301 40 mg R shoulder 20 mg L knee", "60 mg"),
        ("J3301 40 mg left knee, J3301 40 mg right knee", "80 mg"),
        ("kenalog 40 mg left knee and kenalog 40 mg right knee", "80 mg"),
        ("kenalog 40 mg or kenalog 80 mg units", "40 mg"),
        ("J1885 10 ml vial", None),
        ("J2405 8 mg q8h prn for 3 days", "8 mg"),  # as needed: nobody knows how often
    ],
)
def test_the_amount_is_worked_out(question: str, dose: str | None) -> None:
    quantities = parse_question(question, TODAY).quantities
    total = total_dose(quantities, lambda one: (unit := unit_of(one.unit)) is not None and unit.dimension == "mass")
    assert (total.written if total else None) == dose


def test_a_month_of_days_is_shown_with_its_days() -> None:
    total = total_dose(parse_question("J0696 2 g daily for a month", TODAY).quantities, lambda _: True)
    assert total is not None
    assert total.steps == ("2 g per day x 30 days (1 month) = 60 g.",)


def test_a_rate_of_things_is_multiplied_once() -> None:
    rate = Quantity(amount=10, unit="tablet", role=QuantityRole.RATE, per="box")
    total = total_dose([rate, Quantity(amount=3, unit="box", role=QuantityRole.COUNT)], lambda _: True)
    assert total is not None
    assert total.written == "30 tablets"


def test_a_number_of_knees_is_of_one_dose_and_a_number_of_visits_is_not() -> None:
    quantities = parse_question("J3301 40 mg both knees x 3 visits from 80 mg vials", TODAY).quantities
    kept = [one.written or one.unit for one in of_one_dose(quantities) if one.role is QuantityRole.TIMES]
    assert kept == ["both knees"]


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


@pytest.mark.parametrize(
    ("number", "written"),
    [("0.125", "0.125"), ("33.3333", "33.33"), ("0.0625", "0.063"), ("0.00125", "0.0013"), ("0", "0"), ("100", "100")],
)
def test_a_number_is_rounded_only_where_it_has_many_decimals(number: str, written: str) -> None:
    assert plain_number(Decimal(number)) == written

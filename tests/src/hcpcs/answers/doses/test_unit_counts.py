"""The units of a dose and how one unit is written: miles, boxes, and no vial of what has none."""

from __future__ import annotations

import pytest
from tests.src.hcpcs.answers.doses.stated_units import missing

from hcpcs.answers.desk import Desk


@pytest.mark.parametrize(
    ("asked", "headline", "proof"),
    [
        ("A0425 7.35 miles", "7.35 miles of A0425 is 7.4 units (7.35, rounded up).", "7.35 miles / 1 statute mile per"),
        ("S0209 7.35 miles", "7.35 miles of S0209 is 7.35 units.", "7.35 miles / 1 mile per billing unit"),
        ("A4259 200 lancets", "200 lancets of A4259 is 2 units.", "/ 1 box of 100 per billing unit"),
    ],
)
def test_one_unit_is_what_the_descriptor_counts(full: Desk, asked: str, headline: str, proof: str) -> None:
    answer = full.ask(asked)
    assert answer.headline == headline
    assert proof in answer.text


def test_nothing_is_said_of_vials_where_a_unit_is_not_an_amount_of_drug(full: Desk) -> None:
    text = full.ask("A0425 10 miles, 2 miles wasted").text
    assert "10 miles of A0425 is 10 units." in text
    assert "JW" not in text
    assert "vial" not in text


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Q4101 44 sq cm, 30 applied 14 wasted", "30 | 14"),
        ("J1745 400 mg, 380 used, wasted 20", "38 | 2 units with modifier JW"),
        ("S9338 once a month for 3 months", "3"),
        ("S9338 monthly for 6 months", "6"),
        ("A6209 changed 3 times a week for 4 weeks", "12"),
        ("A6209 changed twice a day, 2 wounds, 30 days", "120"),
        ("A4357 2 bags a month", "2"),
        ("A4217 500 ml 4 bottles", "4"),
        ("J7050 250 ml bag, 2 bags", "2"),
        ("J7030 saline 1000 ml bag", "1"),
        ("J7608 20% 30 ml vial 4 ml qid 30 days", "96"),
        ("J9305 500 mg vial, 400 used 100 wasted", "40 | 10 units with modifier JW"),
        ("A6446 4 yards, 10 rolls", "40"),
        ("A0080 30 miles each way", "60"),
        ("J9035 15 mg/kg for 82 kg, 400 mg and 100 mg vials", "123 | 7 units with modifier JW"),
        ("J9305 500 mg/m2 BSA 1.85, 500 and 100 mg vials", "93 | 7 units with modifier JW"),
        ("velcade 2.5 mg, single-dose vial 3.5 mg, J9041 units and waste", "25 | 10 units with modifier JW"),
        ("B4154 8 cans a day 237 calories per can 30 days", "569"),
        ("B4034 syringe kits for 1 month", "30"),
        ("S5498 cath care 30 days", "30"),
        ("A4221 supplies for 30 days", "4.29"),
        ("A4239 CGM supplies 90 days", "3"),
        ("B4185 smoflipid 20% 250 ml daily 7 days", "35"),
        ("A6222 twice daily 1 wound 30 days", "60"),
        ("J1885 30 mg x 2 given", "4"),
        ("lipid B4185 250 ml of 20% x 10 days", "50"),
        ("A4259 lancets 300", "3"),
        ("A4927 gloves 300", "3"),
        ("J7050 500 ml, 2 bags", "2"),
        ("A6446 3 rolls, 5 yards each", "15"),
    ],
)
def test_schedules_and_contents_are_counted(full: Desk, asked: str, expected: str) -> None:
    assert not missing(expected, full.ask(asked).headline)


@pytest.mark.parametrize(
    ("asked", "headline"),
    [
        ("J1885 60 and J1100 8mg units", "60 mg of J1885 is 4 units. 8 mg of J1100 is 8 units."),
        ("J2405 4 J1200 25mg units", "4 mg of J2405 is 4 units. 25 mg of J1200 is 1 unit (0.5, rounded up)."),
        ("J1885 30mg and J0585 100 units?", "30 mg of J1885 is 2 units. 100 units of J0585 is 100 units."),
        ("L3000 2 L3020 2 units", "2 units of L3000 is 2 items. 2 units of L3020 is 2 items."),
        ("J1885 x4 and J1100 8mg units", "4 units of J1885 is 60 mg. 8 mg of J1100 is 8 units."),
        (
            "100 mg of J1745 is 10 units, Q5103 10 units?",
            "Yes. 100 mg of J1745 is 10 units. Yes. 100 mg of Q5103 is 10 units.",
        ),
        ("J1885 60mg and J1100 8mg 8 units", "60 mg of J1885 is 4 units. Yes. 8 mg of J1100 is 8 units."),
        (
            "J1885 60mg 4 units, J1100 8mg 4 units",
            "Yes. 60 mg of J1885 is 4 units. No. 8 mg of J1100 is 8 units, not 4.",
        ),
    ],
)
def test_each_code_of_several_has_its_own_number(full: Desk, asked: str, headline: str) -> None:
    assert full.ask(asked).headline == headline


@pytest.mark.parametrize(
    ("asked", "code", "number"),
    [
        ("J0696 1 and J1885 60mg units", "J0696", "1"),  # grams
        ("J3010 50 and J2250 2mg units", "J3010", "50"),  # micrograms
        ("J2003 2 and J3301 40mg units", "J2003", "2"),  # milliliters
        ("J1100 8mg and J1885 60", "J1885", "60"),
        ("J2405 4, J1200 25, J1885 30mg units", "J2405", "4"),
        ("J1885 60 J1100 8 units", "J1885", "60"),
    ],
)
def test_a_number_that_may_be_of_another_unit_is_asked_for_it(full: Desk, asked: str, code: str, number: str) -> None:
    assert f"The amount of {code}, {number}, has no unit: add it" in full.ask(asked).headline


def test_amounts_that_no_drug_has_for_certain_are_not_counted(full: Desk) -> None:
    headline = full.ask("J1885 60 and last 500mg units").headline
    assert headline == "It isn't clear which drug 60 belongs to: give each drug's amount with its unit."


@pytest.mark.parametrize(
    ("asked", "headline"),
    [
        ("P9016 2 units prbc", '2 units of P9016 is billed as 2 units: its descriptor counts "each unit".'),
        ("P9016 units", 'One unit of P9016 is one unit of the product: its descriptor counts "each unit".'),
    ],
)
def test_each_unit_of_blood_is_one(full: Desk, asked: str, headline: str) -> None:
    assert full.ask(asked).headline == headline

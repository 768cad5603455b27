"""What is discarded of the containers that a question gives: how many were opened, and what they hold."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.src.hcpcs.answers.doses.stated_units import missing

from hcpcs.answers.desk import Desk
from hcpcs.answers.doses.discarded_amounts import opened_containers
from hcpcs.answers.doses.dose import TotalDose
from hcpcs.questions.question import Quantity, QuantityRole
from hcpcs.records.billing.billing_units import UnitSize, unit_size


def per_ten_mg() -> UnitSize:
    size = unit_size("Injection, infliximab, excludes biosimilar, 10 mg")
    assert isinstance(size, UnitSize)
    return size


def quantity(amount: float, unit: str, role: QuantityRole, per: str = "") -> Quantity:
    return Quantity(amount=amount, unit=unit, role=role, per=per)


def mg(amount: int) -> TotalDose:
    return TotalDose(Decimal(amount), "mg", f"{amount} mg")


@pytest.mark.parametrize(
    ("asked", "proof"),
    [
        ("J1745 280 mg, two 100 mg vials and one 100 mg vial", "2 x 100 mg + 1 x 100 mg = 300 mg."),
        ("J1745 280 mg from 3 x 100 mg vials", "3 containers x 100 mg = 300 mg."),
        ("J1745 280 mg from 100 mg and 100 mg vials, 4 vials", "4 containers x 100 mg = 400 mg."),
        ("J1745 280 mg, 2 vials, 3 vials of 100 mg", "Which of the containers were opened isn't clear"),
    ],
)
def test_the_containers_that_were_opened_are_those_of_the_question(full: Desk, asked: str, proof: str) -> None:
    assert proof in full.ask(asked).text


def test_of_three_sizes_nobody_knows_which_were_opened() -> None:
    held = [quantity(content, "mg", QuantityRole.CONTAINER) for content in (50, 100, 200)]
    opened = opened_containers(per_ten_mg(), mg(250), [quantity(250, "mg", QuantityRole.DOSE), *held])
    assert opened.waste is None
    assert opened.conflict.startswith("Which of the containers were opened isn't clear")


@pytest.mark.parametrize(("unit", "discarded"), [("ml", Decimal(20)), ("l", None)])
def test_a_concentration_fills_a_container_of_milliliters_only(unit: str, discarded: Decimal | None) -> None:
    given = [
        quantity(80, "mg", QuantityRole.DOSE),
        quantity(10, "mg", QuantityRole.RATE, per="ml"),
        quantity(10, unit, QuantityRole.CONTAINER),
    ]
    waste = opened_containers(per_ten_mg(), mg(80), given).waste
    assert (waste.discarded if waste else None) == discarded


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("6 mg/kg pt 80 kg vial 500 mg J0878", "480 | plus 20 units with modifier JW"),
        ("J9035 10 mg/kg 75 kg vials 100 mg and 400 mg", "75 | plus 5 units with modifier JW"),
        ("J1745 250 mg from 50 mg, 100 mg and 200 mg vials", "25 | isn't clear | !JW for"),
        ("J1745 vial 100 mg, 3 vials", "30"),
        ("J0585 100 unit vials, 2 vials, 155 units used", "155 | plus 45 units with modifier JW | !200"),
        ("J8610 15 mg weekly x 4 weeks", "24"),
        ("J3301 40 mg with 4 ml marcaine", "4"),
        ("J1745 300 mg, 3 vials", "30 | !90"),
        ("J9271 200 mg, 2 vials", "200 | !400"),
        ("J0897 120 mg, 2 vials", "120 | !240"),
        ("J9035 750 mg given, 2 vials of 400 mg", "75 | plus 5 units with modifier JW"),
        ("J9299 240 mg, 2 vials of 100 mg and 1 vial of 40 mg", "240 | JZ"),
        ("J9355 420 mg, vial 150 mg", "42 | plus 3 units with modifier JW"),
        ("J9305 850 mg vials 500 mg and 100 mg", "85 | plus 5 units with modifier JW"),
        ("J0585 vial 200 units, gave 155 units", "155 | plus 45 units with modifier JW"),
        ("J9041 2.6 mg, vial 3.5 mg", "26 | plus 9 units with modifier JW"),
        ("J9303 6 mg/kg 70 kg vials 100 mg, 400 mg", "42 | plus 8 units with modifier JW"),
        ("J1745 5 mg/kg 64 kg vial 100 mg", "32 | plus 8 units with modifier JW"),
        ("J9263 85 mg/m2 bsa 1.8 vial 100 mg", "306 | plus 94 units with modifier JW"),
        ("J3262 720 mg from 80 mg, 200 mg and 400 mg vials", "720 | isn't clear"),
        ("J1569 10 g vial, 3 vials", "60"),
        ("J1561 vials 5 g, 4 vials", "40"),
        ("J3420 1000 mcg vial, 2 vials", "2"),
        ("J0885 10000 units, 3 vials of 4000 units", "10 | plus 2 units with modifier JW"),
        ("J1745 100 mg vial, 80 mg given", "8 | plus 2 units with modifier JW"),
        ("from one vial 100 mg J1745 80 mg given", "8 | plus 2 units with modifier JW"),
        ("J0897 vial 120 mg, 60 mg used", "60 | plus 60 units with modifier JW"),
        ("J9355 440 mg, vials 150 mg", "44 | plus 1 unit with modifier JW"),
        ("J9022 1200 mg, vials 1200 mg and 840 mg", "120 | JZ"),
        ("J9271 2 mg/kg 90 kg vial 100 mg", "180 | plus 20 units with modifier JW"),
        ("J9045 450 mg from a 450 mg vial and a 150 mg vial", "9 | !12"),
        ("J9306 420 mg vial 420 mg", "420"),
        ("J0897 60 mg prefilled syringe, 2 syringes", "120"),
        ("J1745 infliximab 100 mg vials: 2 opened, 175 mg given", "18 | 2 units with modifier JW"),
        ("J9312 800 mg, 1 vial 500 mg and 3 vials 100 mg", "80 | JZ | !140"),
        ("J9035 750 mg, one vial 400 mg plus four vials 100 mg", "75 | plus 5 units with modifier JW"),
        ("J1745 2 vials 100 mg and 1 vial 50 mg", "25"),
        ("J1745 one 100 mg and two 50 mg vials", "20"),
        ("J1745 wasted 20 mg of one 100 mg vial and one 50 mg vial", "13 | plus 2 units with modifier JW"),
        ("J1745 100 mg and 50 mg vials", "doesn't say how much | !15"),
    ],
)
def test_sizes_of_vials_are_no_doses(full: Desk, asked: str, expected: str) -> None:
    assert not missing(expected, full.ask(asked).headline)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("J0585 200u vial 155 given", "155 units of J0585 is 155 units | 45 units with modifier JW"),
        ("J9305 500 mg vial x2 dose 840", "84 units | 16 units with modifier JW"),
        ("J9271 2 vials 100mg dose 150", "150 units | 50 units with modifier JW"),
        ("J1885 60mg/2ml vial gave 30 mg waste rest", "2 units, plus 2 units with modifier JW"),
        ("J9041 3.5mg vial 1.3mg/m2 bsa 2.0", "26 units, plus 9 units with modifier JW"),
        ("J9035 400mg vial 2 given", "It isn't certain what is meant: 2 mg or 2 vials. | !40"),
        ("J9271 100 mg vial dose 2", "It isn't certain what is meant: 2 mg or dose number 2. | !100"),
    ],
)
def test_what_was_given_of_a_vial_needs_no_unit(full: Desk, asked: str, expected: str) -> None:
    assert not missing(expected, full.ask(asked).headline)


@pytest.mark.parametrize(
    ("asked", "of_a_drug"),
    [
        ("J1885 60 mg", True),
        ("J7323 2 doses", True),  # counted, and a drug
        ("how many units of Q9991 for 100 mg", True),
        ("A4253 100 strips", False),
        ("T1019 3 hours", False),
        ("A0425 8 miles", False),
        ("Q4101 4x4 cm", False),
    ],
)
def test_discarded_drug_is_mentioned_for_drugs_only(full: Desk, asked: str, of_a_drug: bool) -> None:
    assert ("JW and JZ" in full.ask(asked).text) is of_a_drug


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("J0585 175 units threw out 25", "175 units of J0585 is 175 units, plus 25 units with modifier JW"),
        ("J0585 175 units used 25 wasted", "175 units of J0585 is 175 units, plus 25 units with modifier JW"),
        ("J0585 175 units used, 25 tossed", "175 units of J0585 is 175 units, plus 25 units with modifier JW"),
        ("J0585 200 units used 170 wasted 30", "170 units of J0585 is 170 units, plus 30 units with modifier JW"),
        ("J1745 500 mg vial used 450 wasted", "450 mg of J1745 is 45 units, plus 5 units with modifier JW"),
    ],
)
def test_the_number_before_a_word_of_waste_is_the_waste(full: Desk, asked: str, expected: str) -> None:
    assert full.ask(asked).headline.startswith(expected)

"""What is discarded of the containers that a question gives: how many were opened, and what they hold."""

from __future__ import annotations

from decimal import Decimal

import pytest

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

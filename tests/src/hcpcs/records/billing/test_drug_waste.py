"""Discarded drug: nothing of the containers is lost, and nothing is billed twice."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcpcs.records.billing.drug_waste import Opened, drug_waste, least_opened, waste_of_opened

AMOUNTS = st.decimals(min_value=Decimal("0.1"), max_value=5000, places=1)


@pytest.mark.parametrize(
    ("dose", "container", "unit", "containers", "dose_units", "discarded_units"),
    [
        (155, 200, 1, 1, 155, 45),
        (400, 500, 10, 1, 40, 10),
        (350, 100, 10, 4, 35, 5),
        (200, 100, 1, 2, 200, 0),
        # The 3 mg that are left of 10 mg are in the unit that the 7 mg were rounded up to.
        (7, 10, 10, 1, 1, 0),
    ],
)
def test_the_units_of_a_dose_and_of_what_is_discarded(
    dose: int, container: int, unit: int, containers: int, dose_units: int, discarded_units: int
) -> None:
    waste = drug_waste(Decimal(dose), Decimal(container), Decimal(unit))
    assert waste is not None
    assert (waste.containers, waste.dose_units, waste.discarded_units) == (containers, dose_units, discarded_units)


def test_containers_that_hold_less_than_the_dose_give_nothing() -> None:
    assert drug_waste(Decimal(300), Decimal(100), Decimal(10), containers=2) is None


@given(dose=AMOUNTS, container=AMOUNTS, unit=AMOUNTS, spare=st.integers(0, 3))
def test_the_dose_and_what_is_discarded_are_all_that_the_containers_hold(
    dose: Decimal, container: Decimal, unit: Decimal, spare: int
) -> None:
    fewest = drug_waste(dose, container, unit)
    assert fewest is not None
    assert container * (fewest.containers - 1) < dose
    waste = drug_waste(dose, container, unit, fewest.containers + spare)
    assert waste is not None
    assert waste.dose + waste.discarded == container * waste.containers
    assert waste.dose_units * unit >= dose > (waste.dose_units - 1) * unit
    billed = waste.dose_units + waste.discarded_units
    assert waste.discarded_units == 0 or billed * unit <= container * waste.containers


@pytest.mark.parametrize(
    ("dose", "contents", "opened"),
    [
        (630, (120, 400), [(1, 400), (2, 120)]),
        (800, (100, 400), [(2, 400)]),
        (90, (100, 400), [(1, 100)]),
        (400000, (100, 400), []),
    ],
)
def test_vials_of_two_sizes_leave_least(dose: int, contents: tuple[int, ...], opened: list[tuple[int, int]]) -> None:
    chosen = least_opened(Decimal(dose), [Decimal(one) for one in contents])
    assert [(one.number, int(one.content)) for one in chosen] == opened


def test_opened_vials_that_hold_less_than_the_dose_are_no_answer() -> None:
    assert waste_of_opened(Decimal(500), [Opened(1, Decimal(400))], Decimal(10)) is None

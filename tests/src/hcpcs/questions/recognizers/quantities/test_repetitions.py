"""How many times a dose was given, as people write it."""

from __future__ import annotations

import pytest

from hcpcs.questions.recognizers.quantities.repetitions import find_dose_counts, find_times


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("30 mg x 2", [2]),
        ("30 mg 3x", [3]),
        ("30 mg twice", [2]),
        ("30 mg twice a day", []),
        ("45 mi x 2 pts", []),
        ("30 mg, repeated once", [2]),
        ("40 mg both knees", [2]),
        ("40 mg each knee", [2]),
        ("2 mg ou", [2]),
        ("80 mg split between both knees", []),
        ("total of 80 mg, both knees", []),
        ("80 mg total, bilateral", []),
        ("total dose each knee 40 mg", [2]),  # the dose of each is said, and not that of both
        ("80 mg, 40 each side", []),
        ("90 mg, 40 each side", [2]),  # not the half of it
    ],
)
def test_the_number_of_times(text: str, times: list[int]) -> None:
    assert [span.quantity.amount for span in find_times(text)] == times


def test_the_second_of_two_numbers_of_units_is_not_a_number_of_times() -> None:
    (span,) = find_times("j3301 80 mg or x 2")
    assert span.quantity.role == "claimed"


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("15mg (2)", ["either"]),
        ("15 mg (10)", ["either"]),
        ("15 mg (1)", []),
        ("15 mg (2 ml)", []),
        ("15 (2)", []),
    ],
)
def test_a_number_in_parentheses_behind_a_dose_may_be_times_or_units(text: str, units: list[str]) -> None:
    assert [span.quantity.unit for span in find_times(text)] == units


@pytest.mark.parametrize(
    ("text", "role", "unit", "written"),
    [
        ("3 doses of 25 mg", "times", "", "3 doses"),
        ("one injection of 25 mg", "times", "", "1 injection"),
        ("two 50 mg doses", "times", "", "2 doses"),
        ("two 50 mg vials", "count", "vial", ""),
        ("two 50 mg sdv", "count", "vial", ""),
        ("two 50 mg syringes", "count", "vial", ""),
        ("4 weekly shots", "times", "", "4 shots"),
    ],
)
def test_a_number_beside_an_amount_counts_doses_or_containers(text: str, role: str, unit: str, written: str) -> None:
    quantity = next(find_dose_counts(text)).quantity
    assert (quantity.role, quantity.unit, quantity.written) == (role, unit, written)

"""Cells of claims files: codes, days and units are read exactly or not at all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcpcs.claims.service_line import (
    CDT_CODE,
    CPT_CODE,
    NO_CODE,
    NO_DAY,
    NOT_A_CODE,
    NOT_A_DAY,
    NOT_UNITS,
    BilledCode,
    RowProblem,
    read_code,
    read_day,
    read_units,
)


@pytest.mark.parametrize(
    ("cell", "code", "modifiers"),
    [
        ("E0601", "E0601", ()),
        (" e0601-rr ", "E0601", ("RR",)),
        ("E0601RRKX", "E0601", ("RR", "KX")),
        ("E0601 RR, KX", "E0601", ("RR", "KX")),
        ("HC:E0601:RR:KX", "E0601", ("RR", "KX")),
        ("HC>E0601>RR", "E0601", ("RR",)),
        ("HC:E0601:::::IV", "E0601", ()),  # the seventh component is a description
        ("HC:E0601:RR::::CPAP", "E0601", ("RR",)),
        ("'E0601", "E0601", ()),
    ],
)
def test_a_code_is_read_with_its_modifiers(cell: str, code: str, modifiers: tuple[str, ...]) -> None:
    assert read_code(cell) == BilledCode(code, modifiers)


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("", NO_CODE),
        ("  ", NO_CODE),
        ("99213", CPT_CODE),
        ("HC:99213:25", CPT_CODE),
        ("D0120", CDT_CODE),
        ("E060", NOT_A_CODE),
        ("E06011", NOT_A_CODE),
        ("EO601", NOT_A_CODE),
        ("E0601 for a patient", NOT_A_CODE),
        ("E0601" + " RR" * 40, NOT_A_CODE),
        ("W0001", NOT_A_CODE),
    ],
)
def test_anything_else_is_a_problem_and_never_another_code(cell: str, problem: RowProblem) -> None:
    assert read_code(cell) == problem


@pytest.mark.parametrize(
    "cell", ["2025-03-01", "20250301", "3/1/2025", "03/01/25", "2025-03-01 00:00:00", "20250301-20250305"]
)
def test_a_day_is_read(cell: str) -> None:
    assert read_day(cell) == date(2025, 3, 1)


@pytest.mark.parametrize(
    ("cell", "problem"), [("", NO_DAY), ("2025-02-30", NOT_A_DAY), ("13/1/2025", NOT_A_DAY), ("March", NOT_A_DAY)]
)
def test_a_day_that_is_not_there_is_a_problem(cell: str, problem: RowProblem) -> None:
    assert read_day(cell) == problem


def test_units_are_numbers_or_blank() -> None:
    assert [read_units(cell) for cell in ("", "3", "1,200", "0.5")] == [None, Decimal(3), Decimal(1200), Decimal("0.5")]
    assert [read_units(cell) for cell in ("x", "-1", "1e9", "9" * 40)] == [NOT_UNITS] * 4


@given(st.text(max_size=200))
def test_any_cell_is_read(cell: str) -> None:
    for read in (read_code, read_day, read_units):
        read(cell)


def test_no_cell_is_kept_in_the_process() -> None:
    assert not any(hasattr(read, "cache_info") for read in (read_code, read_day, read_units))

"""The table of units: consistent in itself, and the same for whoever reads it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hcpcs.questions.recognizers.codes.code_scanner import find_codes
from hcpcs.questions.recognizers.quantities.quantity_scanner import find_quantities
from hcpcs.records.billing.billing_units import UnitSize, count_units, unit_size
from hcpcs.records.billing.units import UNIT_BY_NAME, UNITS, Dimension, UnitOfMeasure, converted, unit_of

ASKABLE = [(unit, spelling) for unit in UNITS if unit.askable for spelling in unit.spellings]
SPELLINGS = [spelling for unit in UNITS if not unit.after_code for spelling in unit.spellings]


def test_a_spelling_belongs_to_one_unit() -> None:
    spellings = [spelling for unit in UNITS for spelling in unit.spellings]
    assert len(spellings) == len(set(spellings))
    for unit in UNITS:
        assert {unit_of(spelling) for spelling in unit.spellings} == {unit}


def test_the_unit_that_an_answer_shows_is_one_of_the_same_size() -> None:
    for unit in UNITS:
        shown = unit_of(unit.display)
        if unit.askable:
            assert shown is not None
            assert (shown.dimension, shown.factor) == (unit.dimension, unit.factor)


def test_what_is_asked_in_can_be_divided_or_is_a_thing_that_is_counted() -> None:
    counted = {unit.name for unit in UNITS if unit.dimension is Dimension.COUNTED}
    assert {"day", "mile", "visit", "vial", "strip"} <= counted
    assert {unit.name for unit in UNITS if unit.askable and not unit.divisible} == counted
    assert {unit.name for unit in UNITS if unit.item} <= counted


@pytest.mark.parametrize(("unit", "spelling"), ASKABLE, ids=[spelling for _, spelling in ASKABLE])
def test_every_unit_of_a_question_is_counted_by_a_descriptor_of_its_dimension(
    unit: UnitOfMeasure, spelling: str
) -> None:
    for written in (spelling, spelling.upper()):
        (span,) = find_quantities(f"how many units is 30 {written} of it")
        assert (span.quantity.amount, span.quantity.unit) == (30, unit.display)
        size = unit_size(f"Service or drug, 10 {written}")
        assert isinstance(size, UnitSize) is unit.divisible
        if isinstance(size, UnitSize):
            count = count_units(size, Decimal(30), span.quantity.unit)
            assert count is not None
            assert count.whole == 3


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_number_before_a_unit_is_never_a_code(spelling: str) -> None:
    for text in (
        f"12000 {spelling}",
        f"12000{spelling}",
        f"is 12000-{spelling.upper()} too much",
        f"a 2000 {spelling}",
    ):
        assert find_codes(text) == (), text


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_number_before_a_unit_is_never_a_modifier(spelling: str) -> None:
    (code,) = find_codes(f"J1745-50 {spelling}")
    assert (code.code, code.modifiers) == ("J1745", ())


@pytest.mark.parametrize("text", ["a 99213 visit", "99213 visits per year", "90658 dose"])
def test_a_code_before_a_word_that_people_count_with_is_still_a_code(text: str) -> None:
    (code,) = find_codes(text)
    assert code.code == text.removeprefix("a ")[:5]


@pytest.mark.parametrize(
    ("amount", "unit", "into", "number"),
    [
        ("2", "g", "mg", Decimal(2000)),
        ("90", "minutes", "hour", Decimal("1.5")),
        ("3", "days", "day", Decimal(3)),
        ("3", "days", "box", None),
        ("3", "ml", "mg", None),
        ("3", "hogshead", "mg", None),
    ],
)
def test_an_amount_in_another_unit(amount: str, unit: str, into: str, number: Decimal | None) -> None:
    assert converted(Decimal(amount), unit, UNIT_BY_NAME[into]) == number

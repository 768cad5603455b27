"""Units of an ended code: of the code that took its place, where only one in use did."""

from __future__ import annotations

import pytest
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.desk import Desk
from hcpcs.answers.intents.units import units_of_replacement
from hcpcs.questions.parser import parse_question


@pytest.mark.parametrize(
    ("replacements", "units"),
    [
        (["J3373"], ["1.25 g of J3373 is 125 units."]),
        (["J3370"], []),  # ended, too
        (["J3373", "J3374"], []),  # which one isn't certain
        (["Z9999"], []),
    ],
)
def test_only_one_code_in_use_is_counted_in_place_of_an_ended_one(
    full: Desk, replacements: list[str], units: list[str]
) -> None:
    context = AnswerContext(parse_question("vancomycin 1.25 g J3370 units", TODAY), full.catalog, full.index, TODAY)
    assert units_of_replacement(context, replacements) == units

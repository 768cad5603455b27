"""The units of several drugs in one question, of which some have a code and others a name."""

from __future__ import annotations

import pytest
from tests.src.hcpcs.answers.listed_index import ListedIndex
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.desk import Desk
from hcpcs.search_port import Confidence


@pytest.mark.parametrize(
    ("asked", "headline"),
    [
        ("J1885 60 mg and rocephin 500 mg", "60 mg of J1885 is 4 units. 500 mg of J0696 is 2 units."),
        ("rocephin 500 mg and J1885 60 mg", "500 mg of J0696 is 2 units. 60 mg of J1885 is 4 units."),
        ("J1885 60 and rocephin 500mg", "60 mg of J1885 is 4 units. 500 mg of J0696 is 2 units."),
        ("J0696 750 mg and rocephin 500 mg", "750 mg of J0696 is 3 units; 500 mg is 2 units; if both were given"),
        ("zoledronic 4 mg J3489 and rocephin 500 mg", "4 mg of J3489 is 4 units. 500 mg of J0696 is 2 units."),
    ],
)
def test_a_code_and_a_drug_in_words_have_each_its_own_dose(full: Desk, asked: str, headline: str) -> None:
    desk = Desk(full.catalog, ListedIndex(full.catalog, "J0696"), lambda: TODAY)
    assert desk.ask(asked).headline.startswith(headline)


def test_units_of_a_word_that_is_no_drug_are_those_of_the_code(full: Desk) -> None:
    asked = "50 min of T1019 is 3.33 units: 3 units in full, or 4 units where the payer rounds up."
    index = ListedIndex(full.catalog, confidence=Confidence.LOW)
    assert Desk(full.catalog, index, lambda: TODAY).ask(asked).headline.startswith("Yes. 50 min of T1019 is 3.33 units")


@pytest.mark.parametrize(
    ("asked", "headline"),
    [
        (
            "J1100 8mg, J3301, J1885 30 mg",
            "8 mg of J1100 is 8 units. No amount of J3301 is given. One unit of J3301 is 10 mg. 30 mg of J1885 is 2",
        ),
        (
            "J1885 J3301 J1100 30 mg 25 mg units",
            "Which code 30 mg and 25 mg are of isn't certain: write each amount behind its code.",
        ),
        ("A4554 150, A4253 1 box", "150 units of A4554 can't be checked: its descriptor gives no amount per unit."),
    ],
)
def test_no_code_gets_the_dose_of_another(full: Desk, asked: str, headline: str) -> None:
    assert full.ask(asked).headline.count(headline) == 1


@pytest.mark.parametrize(
    ("asked", "is_unsure"),
    [
        ("J3301 J1885 40 mg", True),
        ("40 mg J3301 and J1885", True),
        ("J1885 vs J3301 40 mg units", False),  # a comparison
        ("J3301 and J1885 40 mg each", False),
        ("J3301 40 mg J1885 30 mg", False),
        ("J3301 40 mg", False),
        ("J3301 40 mg 4 units and J1885 3 units", False),
    ],
)
def test_of_one_dose_for_two_drugs_it_is_not_clear_whose_it_is(full: Desk, asked: str, is_unsure: bool) -> None:
    opening = "It isn't clear which code the 40 mg is for. If for each: "
    assert full.ask(asked).headline.startswith(opening) is is_unsure

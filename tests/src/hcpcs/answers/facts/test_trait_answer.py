"""Questions that the description of a code answers: weight capacity, and how a brace is fitted."""

from __future__ import annotations

import pytest
from tests.src.hcpcs.answers.listed_index import ListedIndex
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.desk import Desk
from hcpcs.questions.question import Intent


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("max weight K0825", "By its description, K0825 is for a patient weight of 301 to 450 pounds."),
        ("is L1960 custom fabricated", 'Yes, by its description: "custom fabricated".'),
        ("does E0260 have rails", 'Yes, by its description: "with any type side rails".'),
        ("does L8000 include the form", 'No, by its description: "without integrated breast prosthesis form".'),
        (
            "is K0823 group 3",
            'No, by its description: "group 2". K0823: Power wheelchair, group 2 standard, captains chair, patient '
            "weight capacity up to and including 300 pounds",
        ),
        (
            "is A0425 per kilometer",
            'No, by its description: "per statute mile". A0425: Ground mileage, per statute mile',
        ),
        ("is J0178 per mg", "Yes, one unit of J0178 is 1 mg. J0178: Injection, aflibercept, 1 mg"),
        ("is J0696 per mg", "No, one unit of J0696 is 250 mg. J0696: Injection, ceftriaxone sodium, per 250 mg"),
        ("is J1885 billed per mg", "No, one unit of J1885 is 15 mg."),
        (
            "is E0143 adjustable",
            "The HCPCS record of E0143 doesn't say, beyond the description. E0143: Walker, folding, wheeled, "
            "adjustable or fixed height",
        ),
        (
            "OTS vs custom fitted knee brace L1832 L1833",
            "By their descriptions, L1832 is prefabricated and custom fitted; L1833 is prefabricated and off-the-shelf "
            "(OTS).",
        ),
        (
            "E0301 vs E0260 weight capacity",
            "By their descriptions, E0301 is for a patient weight of more than 350 and up to 600 pounds; that of E0260 "
            "doesn't say.",
        ),
    ],
)
def test_the_first_sentence_says_what_the_description_states(full: Desk, question: str, headline: str) -> None:
    assert full.ask(question).headline == headline


@pytest.mark.parametrize(
    ("question", "reference", "start"),
    [
        ("is Q5103 a biosimilar of Remicade", "J1745", "Yes, Q5103 is a biosimilar of infliximab."),
        ("is J1745 a biosimilar of remicade", "J1745", "No, J1745 is not described as a biosimilar."),
        ("is J0897 a biosimilar of prolia", "J0897", "No, J0897 is not described as a biosimilar."),
        ("is Q5103 a biosimilar of Epogen", "J0885", 'The record of Q5103 doesn\'t mention "Epogen".'),
    ],
)
def test_a_biosimilar_has_the_name_of_its_reference(full: Desk, question: str, reference: str, start: str) -> None:
    searching = Desk(full.catalog, ListedIndex(full.catalog, reference), lambda: TODAY)
    assert searching.ask(question).headline.startswith(start)


def test_what_no_description_states_is_said(full: Desk) -> None:
    assert full.ask("E0260 weight limit").headline.startswith("The description of E0260 states no weight limit")
    assert full.ask("is L5000 custom").headline.startswith("The description of L5000 doesn't say")


def test_coverage_comes_first_where_it_is_asked(full: Desk) -> None:
    assert full.ask("is a custom AFO L1960 covered").intent is Intent.COVERAGE

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
        ("L1833 custom fit", "By its description, L1833 is prefabricated and off-the-shelf (OTS)."),
        ("L1832 custom fitted", "By its description, L1832 is prefabricated and custom fitted."),
        ("L1833 KX off the shelf", "By its description, L1833 is prefabricated and off-the-shelf (OTS)."),
        (
            "is J1885 a drug",
            "Yes. The record prices J1885 as a drug (pricing indicator 51). J1885: Injection, ketorolac tromethamine, "
            "per 15 mg",
        ),
        (
            "is E0601 a drug",
            "No. The record prices E0601 as capped rental DME (pricing indicator 36). E0601: Continuous positive "
            "airway pressure (cpap) device",
        ),
        (
            "is J3301 a drug or biologic",
            "The record prices J3301 as a drug (pricing indicator 51); it doesn't say which drugs are biologicals. "
            "J3301: Injection, triamcinolone acetonide, not otherwise specified, 10 mg",
        ),
        (
            "is Q5103 a biologic",
            "Yes, by its description: a biosimilar. Q5103: Injection, infliximab-dyyb, biosimilar, (inflectra), 10 mg",
        ),
        ("is J9271 chemotherapy", "Yes. BETOS O1D (Chemotherapy). J9271: Injection, pembrolizumab, 1 mg"),
        (
            "is J9035 a chemo drug",
            "By its section, yes: J9 codes are those of chemotherapy drugs. By its BETOS code, no: BETOS O1E (Other "
            "drugs). J9035: Injection, bevacizumab, 10 mg",
        ),
        (
            "is J0897 a chemo drug",
            "No. The record prices J0897 as a drug (pricing indicator 51), and not as chemotherapy: BETOS O1E (Other "
            "drugs). J0897: Injection, denosumab, 1 mg",
        ),
        (
            "is A4253 a supply",
            "Yes. The record prices A4253 as inexpensive or routinely purchased DME (pricing indicator 32), and it is "
            "a supply or accessory that is sold and not rented. A4253: Blood glucose test or reagent strips for home "
            "blood glucose monitor, per 50 strips",
        ),
        ("does A4230 belong to a drug or a supply", "The record prices A4230 as a DME supply (pricing indicator 34)."),
        (
            "is T4521 a supply",
            "Yes. T4521 has BETOS D1A (Medical/surgical supplies). T4521: Adult sized disposable incontinence product, "
            "brief/diaper, small, each",
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

"""How many billing units is an amount? By code, and by the name of a drug."""

from __future__ import annotations

import pytest
from tests.src.hcpcs.answers.listed_index import ListedIndex
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.answer import Outcome
from hcpcs.answers.desk import Desk
from hcpcs.answers.evidence import EvidenceKind, NoticeKind
from hcpcs.questions.question import Intent
from hcpcs.search_port import Confidence


def desk(full: Desk, *codes: str, confidence: Confidence = Confidence.HIGH) -> Desk:
    """The full release, with a search that finds ``codes`` by any name."""
    return Desk(full.catalog, ListedIndex(full.catalog, *codes, confidence=confidence), lambda: TODAY)


def test_units_of_a_drug_by_name_are_counted_for_each_code_found(full: Desk) -> None:
    answer = desk(full, "J1745", "Q5103").ask("how many units is 100 mg of infliximab")
    assert answer.intent is Intent.UNITS
    assert answer.codes == ("J1745", "Q5103")
    assert answer.headline.startswith("Matches for infliximab: J1745 and Q5103.")
    assert "100 mg of J1745 is 10 units." in answer.headline
    assert "Matched by drug name; check that the description fits." in answer.text


def test_a_code_that_measures_something_else_is_not_counted(full: Desk) -> None:
    answer = desk(full, "E0601", "T1019", "J9271").ask("how many units is 200 mg of keytruda")
    assert answer.codes == ("J9271",)


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("how many units is 1 L of J7030", "1 L of J7030 is 1 unit."),
        ("how many units is 1500 cc of J7030", "1500 ml of J7030 is 1.5 units, 2 when rounded up."),
        ("500 ng of J1745", "500 ng of J1745 is 0.00005 units, 1 when rounded up."),
        ("12000 ng of J1745", "12000 ng of J1745 is 0.0012 units, 1 when rounded up."),
        ("how many units is 300000 µg of J1745", "300000 mcg of J1745 is 30 units."),
        ("102 mg of J1745", "102 mg of J1745 is 10.2 units, 11 when rounded up."),
    ],
)
def test_an_amount_is_counted_in_whatever_unit_it_is_given(full: Desk, question: str, headline: str) -> None:
    assert desk(full).ask(question).headline == headline


@pytest.mark.parametrize("confidence", [Confidence.LOW, Confidence.NONE])
def test_an_unsure_name_is_only_searched_for(full: Desk, confidence: Confidence) -> None:
    answer = desk(full, "J1745", confidence=confidence).ask("how many units is 100 mg of infliximap")
    assert answer.headline.startswith("No exact match.")


def test_a_name_that_nothing_bears_is_not_found(full: Desk) -> None:
    assert desk(full).ask("how many units is 100 mg of nonsense").outcome == "not_found"


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("how many units is 100 mg of J1745?", "100 mg of J1745 is 10 units."),
        ("how many units is 10 mg of J1745", "10 mg of J1745 is 1 unit."),
        ("units for 2 hours of T1019", "2 hours of T1019 is 8 units."),
        ("units for 1 hour of T1019", "1 hour of T1019 is 4 units."),
        ("how many mg per unit of J1745", "One unit of J1745 is 10 mg."),
        ("how many units of S9353", "S9353 is billed per day: one unit per day."),
        ("how many units of A0425", "A0425 is billed per statute mile: one unit per statute mile."),
        (
            "2 hours of J1745 units",
            "2 hours can't be converted to units of J1745: one unit is 10 mg, a different kind of measure.",
        ),
    ],
)
def test_the_headline_states_the_units(full: Desk, question: str, headline: str) -> None:
    assert full.ask(question).headline == headline


def test_the_division_and_the_descriptor_are_shown(full: Desk) -> None:
    answer = full.ask("how many units is 102 mg of J1745?")
    assert [(fact.kind, fact.sentence) for fact in answer.evidence] == [
        (EvidenceKind.ARITHMETIC, "102 mg / 10 mg per unit = 10.2, which rounds up to 11."),
        (EvidenceKind.DESCRIPTION, "Descriptor of J1745: Injection, infliximab, excludes biosimilar, 10 mg"),
    ]
    assert answer.notices[0].kind is NoticeKind.CAUTION


def test_a_descriptor_without_an_amount_says_why(full: Desk) -> None:
    assert full.ask("units of E0601 for 5 mg").headline == (
        "Units of E0601 can't be calculated from an amount: its descriptor gives no amount per unit."
    )


def test_a_missing_code_is_refused(full: Desk) -> None:
    assert full.ask("how many units is 10 mg of J33O1").outcome is Outcome.NOT_FOUND

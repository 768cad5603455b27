"""Lists of NOC codes: those of a family, and all."""

from __future__ import annotations

from time import process_time

import pytest

from hcpcs.answers.desk import Desk
from hcpcs.questions.question import Intent


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("what is the NOC code for DME", "E1399"),
        ("NOC code for drugs", "J3490"),
        ("enteral NOC", "B9998"),
        ("NOC code for a biologic", "J3590"),
        ("ambulance NOC code", "A0999"),
    ],
)
def test_the_noc_code_of_a_family_comes_first(full: Desk, question: str, first: str) -> None:
    answer = full.ask(question)
    assert answer.codes[0] == first
    assert answer.headline.startswith(f"{first} (")
    assert all(
        full.catalog.is_not_otherwise_classified(full.catalog.timeline(code)[-1].record) for code in answer.codes
    )


def test_a_drug_in_an_outpatient_hospital_has_its_own(full: Desk) -> None:
    assert "Hospital outpatient departments bill C9399" in full.ask("NOC code for drugs").text


def test_all_are_listed_with_the_well_known_ones_first(full: Desk) -> None:
    full.ask("list all NOC codes")
    start = process_time()
    answer = full.ask("list all NOC codes")
    assert process_time() - start < 0.05
    assert answer.intent is Intent.BROWSE
    assert answer.codes[:2] == ("E1399", "J3490")
    assert answer.total > 100


def test_what_noc_means_is_still_a_definition(full: Desk) -> None:
    assert full.ask("what does NOC mean").intent is Intent.DEFINE

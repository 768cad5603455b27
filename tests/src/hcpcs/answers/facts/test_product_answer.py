"""The products of a code, and the items that PDAC must verify."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.src.hcpcs.answers.facts.facts_desk import facts_desk
from tests.src.hcpcs.companions.companion_files import csv_of, read_bytes, store_of

from hcpcs.answers.desk import Desk


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("which NDCs for J1745", "J1745 has 1 product in the crosswalk: 57894-0030-01."),
        ("does J1745 require an NDC", "The payer decides whether a claim needs an NDC (Medicaid does). J1745 has 1"),
    ],
)
def test_the_first_sentence_answers(desk: Desk, question: str, headline: str) -> None:
    assert desk.ask(question).headline.startswith(headline)


def test_an_item_that_pdac_must_verify_is_named_with_its_policy(tmp_path: Path) -> None:
    rows = (("HCPCS", "LCD", "Description"), ("E0601", "Positive Airway Pressure", "A DEVICE"))
    store = store_of(tmp_path, *read_bytes(tmp_path, "verification.csv", csv_of(rows)))
    desk = facts_desk(tmp_path, stored=store)
    answer = desk.ask("does E0601 need PDAC coding verification")
    assert answer.headline.startswith(
        "Yes. A product billed as E0601 needs PDAC's coding verification (policy: Positive Airway Pressure)."
    )
    assert desk.ask("which models approved for E0601").headline.startswith("A product billed as E0601 needs")
    listed = desk.ask("does L3761 need PDAC coding verification")
    assert listed.headline.startswith("L3761 is not on the PDAC list of items that require coding verification")
    assert not listed.facts

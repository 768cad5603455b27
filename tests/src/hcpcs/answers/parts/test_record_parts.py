"""What the record holds of a subject that it does not state as a whole."""

from __future__ import annotations

import pytest

from hcpcs.answers.desk import Desk


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("how long can E0601 be rented", "13 months"),
        ("does E1390 become the patient's property after rental", "36 months"),
        ("how long can E0601 and K0823 be rented", "E0601 and K0823 are each capped rental equipment"),
        ("does K0823 need prior auth", "Coverage of K0823 is at the MAC's discretion."),
        ("J3490 kicked back, what do they want", "J3490"),
    ],
)
def test_the_part_that_the_record_holds_is_given(full: Desk, asked: str, part: str) -> None:
    assert part in full.ask(asked).text


def test_a_denied_noc_claim_gets_the_checklist_and_another_code_does_not(full: Desk) -> None:
    checklist = full.ask("J3490").evidence
    advice = next(one.text for one in checklist if one.kind == "noc")
    assert advice in full.ask("J3490 kicked back, what do they want").text
    assert advice not in full.ask("J1745 claim denied, why").text

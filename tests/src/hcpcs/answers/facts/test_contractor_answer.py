"""The contractors (MAC) of a state: for Parts A and B, for DMEPOS, and for home health and hospice."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.src.hcpcs.answers.facts.facts_desk import facts_desk

from hcpcs.answers.desk import Desk

OHIO = "The A/B MAC for Ohio is CGS Administrators (jurisdiction J15); the DME MAC for Ohio is CGS Administrators"


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("who is the DME MAC for Ohio", "The DME MAC for Ohio is CGS Administrators (jurisdiction B)."),
        ("who is the MAC for Ohio", f"{OHIO} (jurisdiction B)."),
        ("A/B MAC for Texas", "The A/B MAC for Texas is Novitas Solutions (jurisdiction JH)."),
        (
            "which MAC handles part B in NY",
            "The A/B MAC for New York is National Government Services (jurisdiction JK).",
        ),
        (
            "which MAC handles ambulance claims in Iowa",
            "The A/B MAC for Iowa is WPS Insurance Corporation (jurisdiction",
        ),
        (
            "home health MAC for Iowa",
            "The home health and hospice MAC for Iowa is CGS Administrators (jurisdiction J15).",
        ),
        ("hospice MAC michigan", "The home health and hospice MAC for Michigan is National Government Services"),
        ("what jurisdiction is Ohio", OHIO),
        ("MAC ohio", OHIO),
        ("dme mac west virginia", "The DME MAC for West Virginia is CGS Administrators (jurisdiction C)."),
        ("DME MAC for 79936", "The DME MAC for Texas is CGS Administrators (jurisdiction C)"),
        ("New Mexico MAC", "The A/B MAC for New Mexico is Novitas Solutions (jurisdiction JH)"),
        ("MAC for J1745 in Texas", "The A/B MAC for Texas is Novitas Solutions (jurisdiction JH); the DME MAC for"),
        # A code of DMEPOS: the DME MAC is named first.
        (
            "MAC for E0601 in Texas",
            "The DME MAC for Texas is CGS Administrators (jurisdiction C). Claims for E0601 go to",
        ),
    ],
)
def test_the_first_sentence_answers(desk: Desk, question: str, headline: str) -> None:
    assert desk.ask(question).headline.startswith(headline)


def test_the_fee_schedule_says_who_takes_the_claims_for_a_code(desk: Desk) -> None:
    answer = desk.ask("who processes E0601 claims, DME MAC or part B")
    assert answer.headline == "Claims for E0601 go to the DME MAC."
    assert "From: DMEPOS fee schedule" in answer.text


def test_a_part_of_a_state_has_another_contractor(desk: Desk) -> None:
    text = desk.ask("which MAC handles part B in Virginia").text
    assert (
        "Part B claims from Arlington and Fairfax counties and the city of Alexandria go to Novitas Solutions" in text
    )


def test_a_state_is_needed_and_no_file(tmp_path: Path) -> None:
    desk = facts_desk(tmp_path, loaded=False)
    answer = desk.ask("who is the DME MAC for Texas")
    assert answer.headline == "The DME MAC for Texas is CGS Administrators (jurisdiction C)."
    assert "The A/B MAC is Novitas Solutions (jurisdiction JH)" in answer.text
    assert "the patient's permanent address" in answer.text
    assert "depends on the state" in desk.ask("MAC by state").headline

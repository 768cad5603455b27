"""Two letters on an ambulance claim are origin and destination, whatever HCPCS modifier has the same letters."""

from __future__ import annotations

import pytest

from hcpcs.answers.answer import Outcome
from hcpcs.answers.desk import Desk

SOURCE = "chapter 15, section 30.A"


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("A0428-RD", "from residence (R) to diagnostic or therapeutic site"),
        ("A0426-HN", "from hospital (H) to skilled nursing facility"),
        ("A0428HR", "from hospital (H) to residence (R)"),
        ("A0428 HR what is it", "from hospital (H) to residence (R)"),
        ("A0428 RJ covered by medicare?", "to freestanding dialysis"),
        ("run 22-4417\nA0429 SH\nA0425 SH x 11", "SH on an ambulance claim: from scene"),
    ],
)
def test_on_an_ambulance_code_the_pair_counts(full: Desk, question: str, fact: str) -> None:
    answer = full.ask(question)
    assert fact in answer.text
    assert SOURCE in answer.text
    assert all(code.startswith("A04") for code in answer.codes)


def test_another_modifier_beside_the_pair_is_one_of_hcpcs(full: Desk) -> None:
    answer = full.ask("A0428 RH GX")
    assert answer.codes == ("A0428", "GX")
    assert "from residence (R) to hospital (H)" in answer.text


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("RH", "RH on an ambulance claim: from residence (R) to hospital (H)."),
        ("ambulance modifier RH", "RH on an ambulance claim: from residence (R) to hospital (H)."),
        ("what is HR on an ambulance claim", "HR on an ambulance claim: from hospital (H) to residence (R)."),
        (
            "ambulance modifier hosp based dialysis to home - which two letters?",
            "GR on an ambulance claim: from hospital-based dialysis (ESRD) facility (G) to residence (R).",
        ),
        (
            "BLS transport mod from nursing home to the physician's office",
            "NP on an ambulance claim: from skilled nursing facility (SNF) (N) to physician's office (P).",
        ),
    ],
)  # fmt: skip
def test_a_pair_by_itself_is_explained(full: Desk, question: str, headline: str) -> None:
    answer = full.ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert answer.headline == headline


def test_a_dialysis_facility_may_be_of_either_kind(full: Desk) -> None:
    headline = full.ask("A0428 residence to dialysis modifier").headline
    assert headline.startswith(
        "RJ on an ambulance claim: from residence (R) to freestanding dialysis (ESRD) facility (J)."
    )
    assert headline.endswith(
        "RG on an ambulance claim: from residence (R) to hospital-based dialysis (ESRD) facility (G)."
    )
    assert "RG" not in full.ask("A0428 residence to freestanding dialysis modifier").text


def test_without_an_ambulance_the_hcpcs_modifier_is_first(full: Desk) -> None:
    answer = full.ask("what is modifier HN")
    assert answer.headline == "Modifier HN: Bachelors degree level"
    assert "HN on an ambulance claim: from hospital (H)" in answer.text
    assert "ambulance" not in full.ask("what is modifier RR").text
    beside = full.ask("T1017 HN")
    assert beside.codes == ("T1017", "HN")
    assert "ambulance" not in beside.text


def test_words_after_an_ambulance_code_are_not_a_pair(full: Desk) -> None:
    assert "on an ambulance claim" not in full.ask("A0428 IS COVERED?").text
    assert "on an ambulance claim" not in full.ask("A0428is covered").text


def test_a_pair_that_is_a_trip_makes_the_other_one_a_trip(full: Desk) -> None:
    headline = full.ask("RH and HR").headline
    assert "RH on an ambulance claim: from residence (R) to hospital (H)." in headline
    assert "HR on an ambulance claim: from hospital (H) to residence (R)." in headline

"""One of two modifiers: what decides between them on a code, and what ours means beside one of CPT."""

from __future__ import annotations

import pytest

from hcpcs.answers.desk import Desk


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("E0601 NU or RR", "Modifiers a claim needs for E0601, capped rental equipment"),
        ("K0005 NU or BP?", "Modifiers a claim needs for K0005, inexpensive or routinely purchased equipment"),
        ("E0601 KX vs RR", "Modifiers a claim needs for E0601, capped rental equipment"),  # a line has both
        ("does E0601 need RR or KX", "Modifiers a claim needs for E0601, capped rental equipment"),
        ("E0100 KX vs NU", "Modifiers a claim needs for E0100, inexpensive or routinely purchased equipment"),
        ("A7030 RR or UE", "Modifiers a claim needs for A7030, a supply or accessory that is sold and not rented"),
        ("L1832 RR or NU", "RR on L1832: Rental"),
        ("A0427 QN or GY", "Modifiers a claim needs for A0427: an origin and destination modifier first"),
        ("L1832 KX or NU", "Modifiers a claim needs for L1832 by the DME MACs' policy article"),
        ("A4253 KX or KS", "KX is for patients treated with insulin and KS for those who are not"),
        ("E1390 QE or QF", "QE on E1390: Prescribed amount of stationary oxygen"),  # both are in the policy
        ("A4450 AU vs AX", "AU on A4450: Item furnished in conjunction with a urological"),
    ],
)
def test_what_decides_between_modifiers_of_a_code_comes_first(full: Desk, question: str, headline: str) -> None:
    assert full.ask(question).headline.startswith(headline)


def test_a_list_beside_the_payment_category_decides_too(full: Desk) -> None:
    headline = full.ask("E0748 NU or KF").headline
    assert "UE (purchased used). Modifiers a claim needs for E0748: KF" in headline


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("ED to dialysis facility modifier: HG or HJ", "HG on an ambulance claim: from hospital (H) to hospital-based"),
        ("HG or HJ modifier", "HG: opioid addiction treatment program."),
    ],
)
def test_routes_are_what_modifiers_mean_beside_a_place_of_theirs(full: Desk, question: str, headline: str) -> None:
    assert full.ask(question).headline.startswith(headline)


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("26 vs TC", "TC: technical component; 26 is a CPT modifier, which HCPCS doesn't define."),
        ("modifier 59 vs XE", "XE, XP, XS and XU are more specific than CPT modifier 59: a line has one of them"),
        ("AS or 80 for PA assist", "AS: physician assistant, nurse practitioner, or clinical nurse specialist"),
        ("95 modifier", "95 is a CPT modifier"),
    ],
)
def test_a_modifier_beside_one_of_cpt_is_explained(full: Desk, question: str, headline: str) -> None:
    assert full.ask(question).headline.startswith(headline)


def test_codes_of_cpt_are_still_not_compared(full: Desk) -> None:
    assert full.ask("E0601 vs 99213").headline.startswith("I can only compare HCPCS Level II codes")


@pytest.mark.parametrize(
    ("question", "starts", "ends"),
    [
        ("GA GY GZ GX what is the difference", "GA: an ABN was required and is on file", "a line with two of them as"),
        ("GN GO GP difference", "GN: services delivered under an outpatient speech", "A line has one of GN, GO and GP"),
    ],
)
def test_modifiers_differ_in_when_a_line_has_them(full: Desk, question: str, starts: str, ends: str) -> None:
    headline = full.ask(question).headline
    assert headline.startswith(starts)
    assert ends in headline

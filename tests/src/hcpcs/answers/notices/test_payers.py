"""Another payer is asked: the answer begins with it, and Medicare's verdict is not the answer."""

from __future__ import annotations

import pytest

from hcpcs.answers.desk import Desk


@pytest.mark.parametrize(
    ("asked", "start"),
    [
        ("does Texas Medicaid cover T1019?", "Texas Medicaid sets its own coverage for T1019."),
        ("Is S9470 covered by Aetna", "Aetna sets its own coverage for S9470."),
        ("Is T2003 covered under Ohio MyCare?", "MyCare Ohio sets its own coverage for T2003."),
        ("does Medicaid pay for T1019 in Ohio", "Ohio Medicaid sets its own coverage for T1019."),
        ("UHC Medicare Advantage E0601", "UnitedHealthcare's Medicare Advantage plans must cover what Medicare covers"),
        ("BCBS of Michigan fee for L0648", "Blue Cross Blue Shield of Michigan sets its own coverage and rates for"),
        ("will TriWest pay for E0748", "The VA sets its own coverage for E0748."),
        ("does AARP cover E0601", "AARP's plans are UnitedHealthcare's: a Medigap plan pays only toward"),
        ("is E0601 a covered item for Illinois medicaid", "Illinois Medicaid sets its own coverage for E0601."),
        ("medsup plan G E0601", "Medigap plans pay only toward what Medicare covers, and add no coverage of their own"),
        ("patient only has part A, can we bill E0601", "Not by Medicare for a patient without Part B"),
    ],
)
def test_the_payer_is_named_first_and_no_verdict_is_given(full: Desk, asked: str, start: str) -> None:
    answer = full.ask(asked)
    assert answer.headline.startswith(start)
    assert answer.verdict is None


def test_medicare_keeps_its_verdict(full: Desk) -> None:
    answer = full.ask("is T1019 payable by Medicare?")
    assert answer.headline == "No. T1019 is not payable by Medicare."
    assert answer.verdict is not None


def test_the_va_and_medicare_do_not_pay_for_the_same_item(full: Desk) -> None:
    answer = full.ask("VA authorized a E0601, do we bill medicare or VA")
    assert answer.headline.startswith(
        "Medicare and the VA don't pay for the same item: what the VA authorized is billed"
    )
    assert full.ask("does VA cover E0601").headline.startswith("The VA sets its own coverage for E0601.")


def test_a_patient_without_insurance_has_no_payer(full: Desk) -> None:
    headline = full.ask("cash pay patient no insurance what do i charge for E0601").headline
    assert headline.startswith("The HCPCS record has no price for a patient who pays for E0601")
    assert "Private insurers" not in headline

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
        ("medicaid de texas paga T1019?", "Texas Medicaid sets its own coverage for T1019."),
        ("cubre medicaid de nueva york el T1019", "New York Medicaid sets its own coverage for T1019."),
        ("medicaid de la florida T1019", "Florida Medicaid sets its own coverage for T1019."),
        ("medicaid de nuevo mexico T1019", "New Mexico Medicaid sets its own coverage for T1019."),
        ("cobertura de medicaid T1019", "Medicaid sets its own coverage for T1019."),
        ("medicaid DE T1019", "Delaware Medicaid sets its own coverage for T1019."),
        ("blue cross de texas E0601", "Blue Cross Blue Shield in Texas sets its own coverage for E0601."),
        ("does Medicaid pay for T1019 in Ohio", "Ohio Medicaid sets its own coverage for T1019."),
        ("UHC Medicare Advantage E0601", "UnitedHealthcare's Medicare Advantage plans must cover what Medicare covers"),
        ("BCBS of Michigan fee for L0648", "Blue Cross Blue Shield in Michigan sets its own rates for"),
        ("does CDPHP cover E0601", "CDPHP sets its own coverage for E0601."),
        ("oscar E0601 covered?", "Oscar sets its own coverage for E0601."),
        ("ppo out of network E0601", "Private insurers set their own coverage for E0601."),
        ("geico pip E0217", "No-fault insurance sets its own coverage for E0217."),
        ("dol black lung E1390", "Workers' compensation programs set their own coverage for E1390."),
        ("chip kids E0570 covered", "CHIP sets its own coverage for E0570."),
        (
            "PACE program E0260",
            "PACE organizations pay for all of a participant's care, and set their own coverage for",
        ),
        ("what does Humana pay for E0601", "Humana sets its own rates for E0601. The HCPCS record doesn't state a fee"),
        ("humana allowed amount E0601", "Humana sets its own rates for E0601. The HCPCS record doesn't state a fee"),
        (
            "florida medicaid T1019 units",
            "Florida Medicaid sets its own rounding and daily limits for T1019. One unit of T1019 is 15",
        ),
        ("will TriWest pay for E0748", "The VA sets its own coverage for E0748."),
        ("does AARP cover E0601", "AARP's plans are UnitedHealthcare's: a Medigap plan pays only toward"),
        ("is E0601 a covered item for Illinois medicaid", "Illinois Medicaid sets its own coverage for E0601."),
        ("medsup plan G E0601", "Medigap plans pay only toward what Medicare covers, and add no coverage of their own"),
        ("workman's comp L0650", "Workers' compensation programs set their own coverage for L0650."),
        ("WC claim E0720", "Workers' compensation programs set their own coverage for E0720."),
        ("CT HUSKY A4554", "HUSKY Health (Connecticut Medicaid) sets its own coverage for A4554."),
        ("UMR S9364", "UMR sets its own coverage for S9364."),
        ("molina tx E1390", "Molina sets its own coverage for E1390 in Texas."),
        ("ca workers comp E0730", "Workers' compensation programs set their own coverage for E0730 in California."),
        ("florida bcbs E0601", "Blue Cross Blue Shield in Florida sets its own coverage for E0601."),
        ("does federal bcbs (fep) cover S9500", "The Federal Employee Program sets its own coverage for S9500."),
        ("does scan cover E0601", "SCAN Health Plan sets its own coverage for E0601."),
        ("MMP texas E0601", "Medicare Advantage plans must cover what Medicare covers; each sets its own further"),
        ("aflac E0601", "Aflac sets its own coverage for E0601."),
        ("my patient has marketplace plan, S9123", "Private insurers set their own coverage for S9123."),
        ("exchange plan E0601", "Private insurers set their own coverage for E0601."),
        ("does the IHS cover A0425", "The Indian Health Service sets its own coverage for A0425."),
        ("does medicare part D cover J1815", "Part D drug plans set their own formularies and coverage for J1815."),
        ("Blue Shield of CA E0601", "Blue Shield of California sets its own coverage for E0601."),
        ("Aetna Medicare E0601", "Aetna's Medicare Advantage plans must cover what Medicare covers"),
        ("medicare HMO E0601", "Medicare Advantage plans must cover what Medicare covers"),
        ("does Texas Medicaid cover T1019 when medicare doesn't", "Texas Medicaid sets its own coverage for T1019."),
        ("HUMANA MEDICAID KY T1019", "Humana (Kentucky Medicaid) sets its own coverage for T1019."),
        ("molina medicaid E0601 in Texas", "Molina (Texas Medicaid) sets its own coverage for E0601."),
        ("is E0601 for aetna and another for medicaid", "Aetna sets its own coverage for E0601."),
        ("UHC community plan E0601", "UnitedHealthcare Community Plan (Medicaid) sets its own coverage for E0601."),
        ("UHC community plan", "UnitedHealthcare Community Plan (Medicaid) sets its own rules."),
        ("chip texas E0601", "Texas CHIP sets its own coverage for E0601."),
        ("kaiser senior advantage E0601", "Kaiser Permanente's Medicare Advantage plans must cover what Medicare"),
        ("providence medicare L3000", "Providence Medicare Advantage must cover what Medicare covers; each plan sets"),
        ("providence medicare allowable L3000", "Providence Medicare Advantage sets its own rates for L3000."),
        ("oscar breast pump E0603", "Oscar sets its own coverage for E0603."),
        ("charity care E0601", "Charity care programs set their own coverage for E0601."),
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


@pytest.mark.parametrize(
    ("asked", "headline"),
    [
        (
            "secondary is BCBS, will Medicare cover E0260",
            "Maybe. Medicare covers E0260 only if special coverage instructions are met. Blue Cross Blue Shield sets "
            "its own coverage for E0260.",
        ),
        (
            "does medicare cover T1019 Texas Medicaid",
            "No. T1019 is not payable by Medicare. Texas Medicaid sets its own coverage for T1019.",
        ),
        (
            "Medicare and Medicaid dual eligible, T4541 covered by whom",
            "No. T4541 is not payable by Medicare. Medicaid sets its own coverage for T4541.",
        ),
        (
            "does Medicare B pay A9274 or is it part D",
            "No. A9274 is not covered by Medicare: it is excluded by statute. Part D drug plans set their own "
            "formularies and coverage for A9274.",
        ),
    ],
)
def test_medicare_that_is_asked_about_comes_before_the_other_payer(full: Desk, asked: str, headline: str) -> None:
    answer = full.ask(asked)
    assert answer.headline == headline
    assert answer.verdict is not None


def test_who_pays_for_a_family_is_answered_by_what_it_is_for(full: Desk) -> None:
    headline = full.ask("does anyone pay for S codes").headline
    assert headline.startswith("S codes: Codes requested by private insurers")
    assert headline.endswith("1 of the 508 valid S codes (coverage code C or D) and not for the others.")
    headline = full.ask("who pays for H codes, not medicare?").headline
    assert headline.endswith("state Medicaid agencies. Medicare pays for none of the 94 valid H codes.")


def test_medicares_policy_is_told_beside_another_payer(full: Desk) -> None:
    headline = full.ask("does aetna have an LCD for E0601").headline
    assert headline.startswith("Aetna sets its own rules for E0601. Medicare: E0601: LCD L33718")


def test_the_va_and_medicare_do_not_pay_for_the_same_item(full: Desk) -> None:
    answer = full.ask("VA authorized a E0601, do we bill medicare or VA")
    assert answer.headline.startswith(
        "Medicare and the VA don't pay for the same item: what the VA authorized is billed"
    )
    assert full.ask("does VA cover E0601").headline.startswith("The VA sets its own coverage for E0601.")


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        ("does UHC require prior auth for K0856", "The provider manual, policies or portal of UnitedHealthcare."),
        ("prior auth for K0856 in Texas Medicaid", "The provider manual, policies or portal of Texas Medicaid."),
        ("workers comp prior auth E0143", "The provider manual, policies or portal of the program."),
        ("does K0856 need prior auth", "CMS, prior authorization"),
        ("Aetna says E0651 needs precert, does Medicare too?", "CMS, prior authorization"),
    ],
)
def test_the_rules_of_another_payer_are_looked_up_there(full: Desk, asked: str, where: str) -> None:
    look_in = [one for one in full.ask(asked).evidence if one.label == "Where to look"]
    assert [one.text.startswith(where) for one in look_in] == [True]


def test_units_where_the_payer_rounds_name_no_insurer(full: Desk) -> None:
    assert "Private insurers" not in full.ask("50 min of T1019, units where the payer rounds up").text


def test_a_patient_without_insurance_has_no_payer(full: Desk) -> None:
    headline = full.ask("cash pay patient no insurance what do i charge for E0601").headline
    assert headline.startswith("The HCPCS record has no price for a patient who pays for E0601")
    assert "Private insurers" not in headline

"""A subject that no record states: the first sentence says so, then comes where it is published."""

from __future__ import annotations

import pytest
from tests.src.hcpcs.answers.listed_index import ListedIndex
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.answer import Outcome
from hcpcs.answers.desk import Desk
from hcpcs.questions.question import Intent
from hcpcs.questions.subject import Subject
from hcpcs.search_port import Confidence


def test_what_a_code_is_reported_for_answers_whether_it_is_required(full: Desk) -> None:
    assert full.ask("Q5001 on home health claim required?").headline.startswith("Reported by hospices and home health")


def test_the_first_sentence_answers_the_subject(full: Desk) -> None:
    answer = full.ask("is prior authorization required for K0856?")
    assert answer.headline == "The HCPCS record doesn't say whether K0856 needs prior authorization."
    assert (answer.intent, answer.subject) == (Intent.REFERRAL, Subject.PRIOR_AUTHORIZATION)
    assert answer.codes == ("K0856",)
    assert answer.verdict is None
    assert "https://www.cms.gov/" in answer.evidence[0].sentence


@pytest.mark.parametrize(
    "asked",
    ["prior auth", "LCD", "CMN needed", "MUE", "bundled?", "which modifiers", "POS 12", "APC", "rvu", "fee", "ndc"],
)
def test_a_referral_is_short(full: Desk, asked: str) -> None:
    assert len(full.ask(f"E0601 {asked}").text.splitlines()) <= 8


@pytest.mark.parametrize(
    ("question", "start"),
    [
        (
            "can i bill repairs on a rented K0001",
            "Not while Medicare rents it. The HCPCS record doesn't say who repairs",
        ),
        ("does A0428 need RSNAT prior auth", "Only scheduled, repetitive transports (RSNAT) with A0428 are subject to"),
        ("does A0429 need prior auth", "The HCPCS record doesn't say whether A0429 needs prior authorization."),
        ("should KH be used in month 1 of E0250", "RR and KH: month 1 of the capped rental of E0250 takes KH"),
        ("who repairs E0601", "The HCPCS record doesn't say who repairs E0601"),
        ("is JZ required on J9035", "Only from a single-dose container, and not in every setting. Medicare requires"),
        ("can hospice bill E1390", "It depends on the illness that needs it. The hospice pays for E1390"),
        ("does E0250 need a referral", "Yes, an order. Medicare pays for E0250, as for all DMEPOS, only with"),
        ("can i bill mileage A0425 if no transport", "Not without a transport: Medicare pays A0425 only where"),
        ("purchase after cap elected BP?", "No: a capped rental has no purchase option."),
        ("is RA the right modifier for a replaced wheelchair", "Yes. Modifier for that: RA,"),
        ("is NU the right modifier for a rented bed", "No. Modifier for that: RR,"),
        ("does optum va ccn need auth K0005", "The VA sets its own rules for K0005."),
        ("prior auth list DME", "Prior authorization isn't in the HCPCS record"),
        ("is a CMN still needed for E1390", "No CMN or DIF is needed for dates of service on or after January 1, 2023"),
        ("can A4353 and A4332 be billed on the same day", "The HCPCS record doesn't say whether A4353 and A4332 can"),
        ("is A4253 bundled", "The HCPCS record doesn't say whether A4253 can be billed together with other codes"),
        ("can I bill 20610 with J7325", "The HCPCS record doesn't say whether J7325 and CPT 20610 can be billed"),
        ("what is L39995", "L39995 is the number of a Medicare coverage policy"),
        ("J9271 auth needed w/ UHC?", "UnitedHealthcare sets its own rules for J9271. The HCPCS record doesn't say"),
        ("prior auth for K08* codes", "The HCPCS record doesn't say whether K08* codes need prior authorization."),
        ("can we appeal J0897", "Appeals aren't in the HCPCS record: J0897 goes through Medicare's appeals process"),
        ("is J3031 on the SAD list", "The HCPCS record doesn't say whether J3031 is on a list of self-administered"),
        (
            "is JZ required?",
            "Medicare requires JW (drug amount discarded) or JZ (zero drug amount discarded) on claims",
        ),
        ("is modifier TB needed?", "Which modifiers a claim needs isn't in the HCPCS record."),
        ("does G2211 need modifier 25", "The HCPCS record doesn't say whether G2211 takes CPT modifier 25."),
        ("can I bill G0463 with modifier 25", "The HCPCS record doesn't say whether G0463 takes CPT modifier 25."),
        ("is -59 allowed with G0463", "The HCPCS record doesn't say whether G0463 takes CPT modifier 59."),
        ("GT or 95 on G0425", "The HCPCS record doesn't say whether G0425 takes GT or CPT modifier 95."),
        ("RH mod on A0428 = ?", "RH on an ambulance claim: from residence (R) to hospital (H)."),
        ("J9271 JZ or JW if we use 4 whole vials", "JZ (zero drug amount discarded): where all of a single-dose"),
        ("KH KX RR order on E0601", "DME MACs want the modifiers that set the price first"),
        ("do therapists need GP on every line", "Medicare requires GN, GO or GP on each line for outpatient therapy"),
        ("what do i put in box 24 for 3 units of J3420", "On the CMS-1500, J3420 goes in item 24D"),
        (
            "E0143 to a patient in rehab, date of service?",
            "The date of service of E0143 is the date of discharge where",
        ),
        ("L11518 policy", "L11518 is the number of a Medicare coverage policy"),
        ("where can I download the 2026 fee schedule", "Fees and payment amounts aren't in the HCPCS record"),
        ("delivery date or order date for dos on L0650", "The HCPCS record doesn't give the date of service of L0650"),
        ("tetanus shot admin code medicare", "The vaccine and giving it have CPT codes, not HCPCS codes"),
        ("did they get rid of L8010", "L8010 ended on March 31, 2025 and is not payable for later dates of service."),
        (
            "did they get rid of L8010 and J1885",
            "The HCPCS record of L8010 and J1885 doesn't say, beyond the description.",
        ),
        ("A0433 when", "The HCPCS record of A0433 doesn't say, beyond the description."),
        ("avastin in the eye", "The MAC decides which code bevacizumab in the eye is billed with"),
        ("NDC requirement of Aetna for J codes", "Aetna sets its own rules for J codes. The HCPCS record doesn't"),
        ("does Cigna want JZ modifier", "Cigna sets its own"),
    ],
)
def test_with_codes_or_without_or_of_a_family(full: Desk, question: str, start: str) -> None:
    assert full.ask(question).headline.startswith(start)


@pytest.mark.parametrize(
    ("question", "start"),
    [
        (
            "how long can E0601 be rented",
            "E0601 is capped rental equipment (pricing indicator 36): Medicare rents",
        ),
        ("is E0601 a capped rental", "Yes. E0601 is capped rental equipment"),
        ("is E0601 frequently serviced?", "No. E0601 is capped rental equipment"),
        ("does E0466 require frequent servicing", "Yes. E0466 is frequently serviced equipment"),
        ("is E0431 frequent servicing", "No. E0431 is oxygen equipment"),
        ("is E0466 rented forever", "Yes. E0466 is frequently serviced equipment"),
        ("is K0001 rented forever", "No. K0001 is capped rental equipment"),
        ("is E0424 still a monthly rental", "Yes. E0424 is oxygen equipment"),
        ("E0465 rental forever or capped?", "E0465 is frequently serviced equipment"),
        ("is E1390 still 36 mos", "E1390 is oxygen equipment"),
        ("capped rental months for E0601", "E0601 is capped rental equipment"),
        ("rental or purchase: A4253", "A4253 is inexpensive or routinely purchased"),
        (
            "how many months is E1390 rented",
            "E1390 is oxygen equipment (pricing indicator 33): Medicare pays rent",
        ),
    ],
)
def test_the_pricing_indicator_says_how_equipment_is_rented(full: Desk, question: str, start: str) -> None:
    answer = full.ask(question)
    assert answer.headline.startswith(start)
    assert answer.subject is Subject.RENTAL


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("E0601 purchase option month 10", "No: a capped rental has no purchase option."),
        ("purchase option K0861", "Yes, in the first month. K0861 is capped rental equipment"),
        ("E1390 purchase option", "E1390 is oxygen equipment"),
        ("does a hospital bed have a purchase option", "No: a capped rental has no purchase option."),
    ],
)
def test_a_purchase_option_depends_on_the_payment_category(full: Desk, question: str, start: str) -> None:
    answer = full.ask(question)
    assert answer.headline.startswith(start)
    assert answer.subject is Subject.PURCHASE_OPTION


def test_a_claim_with_an_unclassified_code_must_describe_it(full: Desk) -> None:
    answer = full.ask("what goes in box 19 for J3490")
    assert answer.headline == "A claim with J3490 must describe the item or drug, which has no code of its own."
    assert "the 11-digit National Drug Code" in answer.text
    classified = full.ask("what goes in box 19 for J9271")
    assert classified.headline.startswith("What a claim for J9271 must say besides the code isn't in the HCPCS record")


def test_what_is_published_of_a_subject_stands_under_it(full: Desk) -> None:
    assert "JW since January 1, 2017; JZ since July 1, 2023." in full.ask("is JW required on single dose vials").text


def test_a_multi_dose_vial_has_no_billable_waste(full: Desk) -> None:
    assert full.ask("can we bill waste from a multi dose vial of lidocaine").headline.startswith("No: multi-dose")
    assert full.ask("440 mg multi dose vial of trastuzumab, can we bill the waste").headline.startswith(
        "No: multi-dose"
    )


def test_a_c_code_is_said_to_be_for_hospital_outpatient_departments(full: Desk) -> None:
    assert "Temporary codes for hospital outpatient departments" in full.ask("C9399 in a physician office?").text
    assert "hospital outpatient departments" not in full.ask("J9271 in a physician office?").text


def test_an_amount_is_said_to_be_elsewhere_before_the_pricing_method(full: Desk) -> None:
    answer = full.ask("how much does Medicare pay for E0601")
    assert answer.headline.startswith("The HCPCS record doesn't state a fee or payment amount for E0601")
    assert "pricing indicator 36" in answer.text


def test_a_modifier_that_is_asked_about_is_described(full: Desk) -> None:
    assert "Modifier NU: New equipment." in full.ask("does E0143 need NU").text


def test_a_missing_code_is_not_found_first(full: Desk) -> None:
    answer = full.ask("prior auth for E9999")
    assert answer.outcome is Outcome.NOT_FOUND
    assert "Prior authorization isn't in the HCPCS record" in answer.text


def test_only_codes_of_other_systems_stay_not_hcpcs(full: Desk) -> None:
    answer = full.ask("does 99213 need prior authorization?")
    assert answer.outcome is Outcome.NOT_HCPCS
    assert "prior authorization" in answer.headline
    assert "CPT" in answer.text


def test_the_other_subjects_of_a_question_are_named_beside_it(full: Desk) -> None:
    answer = full.ask("does E0601 need prior auth, and how much does it pay")
    assert "Fees and payment amounts aren't in the HCPCS record" in answer.text


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        (
            "modifier for A4253 if the patient is not on insulin",
            "Modifier for that: KS, Glucose monitor supply for diabetic beneficiary not treated with insulin. "
            "Modifiers that the DME MACs' policy article A52464 asks for on A4253: KX",
        ),
        (
            "97530 which modifier for distinct procedural service?",
            "Modifiers for that: XE, ",
        ),
        (
            "does E0601 need KX",
            "Yes, on conditions. Modifiers a claim needs for E0601 by the DME MACs' policy article A52467: KX",
        ),
        ("which modifiers does J1885 need", "The modifiers a claim needs for J1885 are not in the record."),
    ],
)
def test_a_modifier_asked_for_by_its_purpose_beside_a_code(full: Desk, question: str, headline: str) -> None:
    answer = full.ask(question)
    assert answer.subject is Subject.REQUIRED_MODIFIERS
    assert answer.headline.startswith(headline)
    assert answer.unused == ()


def test_modifiers_of_cpt_for_a_purpose_are_named_and_not_described(full: Desk) -> None:
    headline = full.ask("E0110 which modifier bilateral?").headline
    assert headline.endswith("; CPT modifier 50. The HCPCS record doesn't say which of them E0110 requires.")


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        (
            "how often are cpap machines replaced",
            "Quantity and frequency limits (MUE) aren't in the HCPCS record. "
            'Codes for "cpap machines": E0601 (Continuous positive airway pressure device).',
        ),
        (
            "does UHC need prior auth for cpap machines",
            "UnitedHealthcare sets its own rules. Prior authorization isn't in the HCPCS record: CMS publishes which "
            'items need it. Codes for "cpap machines": E0601 (Continuous positive airway pressure device).',
        ),
        (
            "how long is a cpap rented",
            "E0601 is capped rental equipment (pricing indicator 36): Medicare rents it for 13 months of continuous "
            'use, then the patient owns it. Codes for "cpap": E0601 (Continuous positive airway pressure device).',
        ),
    ],
)
def test_an_item_in_words_has_its_codes_after_the_subject(full: Desk, question: str, headline: str) -> None:
    desk = Desk(full.catalog, ListedIndex(full.catalog, "E0601"), lambda: TODAY)
    answer = desk.ask(question)
    assert answer.headline == headline
    assert answer.codes == ("E0601",)
    assert answer.verdict is None
    assert "E0601: Maybe: special coverage instructions apply." in answer.text


def test_codes_that_match_in_part_are_called_closest_and_a_guess_is_left_out(full: Desk) -> None:
    asked = "how often are seasonal cpap machines replaced"
    part = ListedIndex(full.catalog, "E0601", confidence=Confidence.LOW, lacking=("seasonal",))
    answer = Desk(full.catalog, part, lambda: TODAY).ask(asked)
    assert 'Closest codes for "seasonal cpap machines": E0601 (' in answer.headline
    guess = ListedIndex(full.catalog, "E0601", confidence=Confidence.LOW)
    answer = Desk(full.catalog, guess, lambda: TODAY).ask(asked)
    assert answer.headline == "Quantity and frequency limits (MUE) aren't in the HCPCS record."
    assert answer.codes == ()


def test_a_skin_substitute_takes_neither_jw_nor_jz_since_2026(full: Desk) -> None:
    headline = full.ask("do we append JZ to Q4186").headline
    assert headline.startswith("Q4186 is a skin substitute: since January 1, 2026, Medicare takes neither JW nor JZ")


def test_an_edit_that_is_not_loaded_is_said_before_the_usual_limit(full: Desk) -> None:
    headline = full.ask("MUE for A7030").headline
    assert headline == "No MUE table is loaded. The usual quantity limit of A7030 is 1 every 3 months (LCD L33718)."


def test_a_limit_without_a_usual_maximum_names_the_policy(full: Desk) -> None:
    answer = full.ask("E0601 limit per month")
    assert answer.headline == "The HCPCS record has no quantity or frequency limits (MUE) for E0601."
    assert "The DME MACs' policy on E0601: LCD L33718" in answer.text


def test_of_a_family_the_common_modifiers_are_named(starter: Desk) -> None:
    assert "On DME, RR (rental), NU (new) or UE (used) is first" in starter.ask("modifiers for DME").headline
    assert "common" not in starter.ask("is modifier TB needed?").headline


def test_an_item_in_words_has_the_modifiers_of_its_code(full: Desk) -> None:
    desk = Desk(full.catalog, ListedIndex(full.catalog, "E0601"), lambda: TODAY)
    headline = desk.ask("do cpap machines need RR or NU").headline
    assert headline.startswith("Modifiers a claim needs for E0601, capped rental equipment")
    assert 'Codes for "cpap machines": E0601' in headline
    drug = Desk(full.catalog, ListedIndex(full.catalog, "J0558"), lambda: TODAY).ask("does TB apply to status G drugs")
    assert "Codes for" not in drug.headline

"""What suppliers ask of orders, refills, payers and stays: the first sentence is the rule, with nothing irrelevant."""

from __future__ import annotations

import pytest

from hcpcs.answers.desk import Desk


@pytest.mark.parametrize(
    ("question", "start"),
    [
        (
            "denied as same or similar E0143 because pt already has a K0001",
            "A same or similar denial of E0143 and K0001",
        ),
        ("we got a non-affirmation on a K0848, can we resubmit", "A prior authorization request for K0848 goes to the"),
        ("does prior auth apply to K0856 if Medicare is secondary", "Whether K0856 needs prior authorization where"),
        ("is a 7 element order still needed for power wheelchair", "No: since January 1, 2020 one standard written"),
        ("what has to be on a standard written order for E1390", "A standard written order (SWO) for E1390 has the"),
        ("can a physical therapist order E0720", "No: the order for E0720 is the treating practitioner's"),
        ("when can we ship the next refill of A4253", "A refill of A4253 is delivered at the earliest 10 days before"),
        ("how early can we contact the patient for a refill", "A refill is delivered at the earliest 10 days before"),
        ("can we bill 90 days of A4239 at once", "The HCPCS record doesn't say how many days' supply of A4239"),
        ("patient winters in Florida, who do we bill for E0431", "Claims for E0431 go to the DME MAC of the patient's"),
        (
            "home health episode open, can we ship A4357",
            "While a home health plan of care is open, the home health agency",
        ),
        (
            "can a dialysis facility bill J0882 separately",
            "Renal dialysis services are part of the dialysis facility's",
        ),
        ("can K0001 be billed POS 31", "Not as DME. Medicare pays no supplier for DME such as K0001 in a SNF"),
        (
            "patient is in a SNF part A stay and needs a L1970, who bills",
            "In a SNF stay under Part A the SNF bills for L1970",
        ),
        ("can we balance bill a QMB for E1390", "No: a Qualified Medicare Beneficiary (QMB) can't be charged"),
        ("Medicaid spend down pt, can we bill her", "Whether a patient can be billed before a Medicaid spend-down"),
        (
            "does a podiatrist need a DMEPOS number to dispense A5500",
            "Whoever bills A5500 to a DME MAC, physicians and",
        ),
        ("how long do i have to appeal a denied E0470", "Appeals aren't in the HCPCS record: E0470 goes through"),
        ("redetermination vs reopening for wrong modifier on E1390", "The HCPCS record doesn't say how a claim for"),
        ("is competitive bidding active right now for braces", "Competitive bidding isn't in the HCPCS record: the"),
        ("can a supplier bill for repairs to a rented item", "Who repairs equipment isn't in the HCPCS record: while"),
        ("which claim form for J codes", "The HCPCS record doesn't say on which form J* codes go"),
        ("MAC for wheelchair", "The contractor depends on the state: claims for equipment, prosthetics, orthotics and"),
        ("ICD-10 for wheelchair", "Diagnosis codes (ICD-10) aren't here: CMS publishes ICD-10-CM every year"),
        (
            "patient in SNF part A gets Procrit who bills",
            "In a SNF stay under Part A the SNF bills for nearly everything",
        ),
        ("E0601 ABN", "An ABN is needed for E0601 where Medicare usually covers it but is expected to deny it"),
        ("should I get an ABN for V5298", "No ABN is required for V5298: the statute excludes it from Medicare"),
        ("are these dme or not: A4253, E0607", "The record prices A4253 as inexpensive or routinely purchased DME"),
        ("We bill hospice with an office visit", "The hospice pays for equipment, supplies and drugs that the"),
        ("can a PT bill G0283", "The HCPCS record doesn't say which provider types or taxonomy codes bill G0283."),
        ("can two authorization numbers go on one claim for L5856", "The unique tracking number (UTN) of the prior"),
        ("is a signature stamp acceptable on the order for E0143", "Medicare takes a handwritten or an electronic"),
        (
            "can a nurse practitioner certify home health G0180",
            "Home health is certified by a physician, or by a nurse",
        ),
        ("deadline to request a reconsideration", "After a redetermination the next level is a reconsideration by"),
        (
            "pt changed suppliers in month 7 of E0601, do months restart",
            "A change of supplier or address doesn't restart",
        ),
        ("NDC unit qualifier for J3301", "With an NDC for J3301, a claim has the qualifier N4, the 11 digits"),
        ("can we charge a cash price to a Medicare patient for E0601", "Whoever furnishes E0601 to a Medicare patient"),
        (
            "can we file a claim from 14 months ago for L3000",
            "Timely filing isn't in the HCPCS record: Medicare claims",
        ),
        ("who do I call about a PECOS problem", "Enrollment, credentialing and accreditation aren't in the HCPCS"),
        (
            "who signs the proof of delivery if patient can't",
            "Proof of delivery documentation has the patient's name and delivery",
        ),
        ("does a therapist LCMP eval count as face to face for K0823", "A therapist's (LCMP's) evaluation for K0823"),
        ("nursing home place of service 31 vs 32", "Place of service (POS) 31 is a SNF, for a patient in a stay"),
        ("observation patient gets J1885, part A or B", "Whether Part A or Part B pays for J1885 isn't in the HCPCS"),
        ("swing bed patient needs E0143", "Medicare pays no supplier for DME such as E0143 in a SNF"),
        (
            "how do I bill Medicaid after Medicare denies E0241",
            "Medicaid sets its own rules for E0241. A claim for E0241",
        ),
        ("is G0299 billable by a hospice", "The HCPCS record doesn't say which provider types or taxonomy codes bill"),
        ("bill type for hospice", "The type of bill is the provider's, and isn't in the HCPCS record"),
        ("which revenue code for J0897 on a UB04", "The HCPCS record doesn't state a revenue code for J0897."),
    ],
)
def test_the_rule_is_the_first_sentence(full: Desk, question: str, start: str) -> None:
    answer = full.ask(question)
    assert answer.headline.startswith(start)
    assert not answer.hits
    assert not any(notice.kind.value == "out_of_scope" for notice in answer.notices)


def test_who_pays_first_is_of_every_payer(full: Desk) -> None:
    headline = full.ask("patient has Aetna through her job and Medicare, who is primary for E0601").headline
    assert headline.startswith("Who pays first for E0601 isn't in the HCPCS record")


def test_what_groups_a_code_is_named_beside_its_benefit_category(full: Desk) -> None:
    assert "BETOS" in full.ask("is E0607 durable medical equipment").text


def test_codes_of_a_letter_are_counted(full: Desk) -> None:
    assert full.ask("how many K codes are there").headline == "175 codes that start with K, 142 of them in use."
    assert full.ask("are H codes for mental health").headline.startswith("H codes: Behavioral health")
    assert full.ask("which letter do prosthetics use").headline.startswith("L codes: Orthotics")


def test_the_national_determination_that_a_record_cites_comes_first(full: Desk) -> None:
    assert full.ask("NCD for E0601").headline.startswith("E0601: NCD 240.4, Pub. 100-03, by the manual section")
    assert "NCD" not in full.ask("LCD for E0601").headline


def test_a_place_of_service_beside_a_stay_is_named(full: Desk) -> None:
    text = full.ask("A4351 pos for snf patient").text
    assert "Which place of service (POS) a code allows isn't in the HCPCS record" in text


@pytest.mark.parametrize(
    ("asked", "start"),
    [
        ("C9399 or J3590 for new biologic in opps", "Hospital outpatient departments bill C9399 for a drug or"),
        ("C9399 but physician office", "C9399 is for hospital outpatient departments (OPPS) and ambulatory surgical"),
        ("C1713 in our clinic", "C codes are for hospital outpatient claims under OPPS"),
        ("can you fax me the form", "Forms aren't sent from here: CMS's forms list has its own"),
        ("code for restocking fee", "No HCPCS code stands for a restocking, late payment, cancellation or like fee"),
        ("can you check my claim status", "Claims aren't sent, changed or looked up here: the MAC's portal"),
        ("is medicare secondary to the VA", "The VA and Medicare don't pay together"),
        ("call me back", "For questions, call the PDAC helpline"),
    ],
)
def test_what_isnt_in_the_record_is_said_with_where_it_is(full: Desk, asked: str, start: str) -> None:
    assert full.ask(asked).headline.startswith(start)


def test_where_c_codes_are_billed_is_said_beside_the_claim_form(full: Desk) -> None:
    assert "C codes are for hospital outpatient claims under OPPS" in full.ask("are C codes allowed on CMS-1500").text

"""What is asked of claims: denials, liability, authorizations, hospice, audits; the first sentence answers it."""

from __future__ import annotations

import pytest

from hcpcs.answers.desk import Desk
from hcpcs.questions.subject import Subject


def test_a_denied_code_that_ended_is_said_to_have_ended_first(full: Desk) -> None:
    headline = full.ask("J9070 denied CO-16").headline
    assert headline.startswith(
        "J9070 ended on March 31, 2024, so later dates of service are denied. Denial code CO-16:"
    )
    assert full.ask("why was J9271 denied").headline.startswith("The HCPCS record doesn't explain a denial of J9271")


def test_a_denial_code_is_said_in_words_with_what_to_check_and_who_is_liable(full: Desk) -> None:
    answer = full.ask("E0601 denied CO-50")
    assert answer.headline == "Denial code CO-50: the payer doesn't consider the service medically necessary."
    assert "Compare diagnosis, quantity and records with the policy of the code" in answer.text
    assert "CO is a contractual obligation: the provider can't bill the patient for the amount." in answer.text
    assert "The DME MACs' policy on E0601: LCD L33718" in answer.text


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("CO-97", "Denial code CO-97: the payment is included in that of another service"),
        ("CO-50 meaning", "Denial code CO-50: the payer doesn't consider the service medically necessary."),
        ("what does PR 204 mean", "Denial code PR-204: the patient's plan doesn't cover it."),
        ("what is CARC 197", "Reason code 197: the authorization, precertification or notification is missing."),
        ("CO 777", "Denial codes (CARC and RARC) aren't in the HCPCS record"),
        ("remark code M77", "Remark code M77: the place of service is missing or invalid."),
        ("MA130", "Remark code MA130: the claim can't be processed"),
        ("L0650 denied N115", "Remark code N115: the decision rests on a local coverage determination (LCD)."),
        ("remark code N70", "Remark code N70: consolidated billing applies, so another provider is paid for it."),
        ("remark code N999", "Remark code N999 explains the reason code beside it"),
        (
            "J3490 denied CO-16",
            "Denial code CO-16: information is missing from the claim, or it has a billing error. A claim",
        ),
    ],
)
def test_denial_codes_are_known_by_group_and_number(full: Desk, question: str, start: str) -> None:
    answer = full.ask(question)
    assert answer.headline.startswith(start)
    assert answer.subject is Subject.DENIAL


@pytest.mark.parametrize(
    ("question", "subject", "start"),
    [
        (
            "can patient be billed if no ABN",
            Subject.WITHOUT_ABN,
            "Without a valid ABN the patient can't be charged",
        ),
        ("can E0240 be billed with GY to get a denial", Subject.MEDICARE_DENIAL, "A claim for E0240 with GY is denied"),
        (
            "PMD prior auth how long is affirmation valid",
            Subject.AUTHORIZATION_TIMES,
            "An affirmed prior auth",
        ),
        ("hospice patient needs hospital bed who pays", Subject.HOSPICE, "The hospice pays for equipment"),
        ("E0601 for hospice patient who do we bill", Subject.HOSPICE, "The hospice pays for E0601 where"),
        ("does medicare pay for an ambulance", Subject.AMBULANCE_NECESSITY, "Medicare covers an ambulance only where"),
        (
            "how do I verify patient eligibility",
            Subject.ELIGIBILITY,
            "A patient's eligibility isn't in the HCPCS",
        ),
        ("How do I contact the OIG about fraud?", Subject.FRAUD, "Fraud isn't a matter of the HCPCS record: report it"),
        ("railroad Medicare, who gets the E0601 claim", Subject.RAILROAD, "Claims for E0601 of a Railroad Medicare"),
        ("explain RAC audit", Subject.AUDIT, "Audits aren't in the HCPCS record"),
        ("can you file the claim for me", Subject.CLAIM_SUBMISSION, "Claims aren't sent, changed or looked up here"),
        ("can I paste patient names here?", Subject.PATIENT_DATA, "Leave out names, dates of birth and numbers"),
    ],
)
def test_what_is_asked_of_claims_and_patients_is_answered_first(
    full: Desk, question: str, subject: Subject, start: str
) -> None:
    answer = full.ask(question)
    assert answer.subject is subject
    assert answer.headline.startswith(start)
    assert "Prior authorization isn't in the HCPCS record" not in answer.text


def test_why_a_claim_was_denied_is_not_how_to_get_a_denial(full: Desk) -> None:
    assert full.ask("why did I get a denial for E0601").subject is Subject.DENIAL


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        (
            "KX modifier requirements E0601",
            "Modifiers a claim needs for E0601 by the DME MACs' policy article A52467: KX",
        ),
        (
            "E0601 with modifier KX is that right?",
            "Modifiers a claim needs for E0601 by the DME MACs' policy article A52467: KX",
        ),
        ("can I put 59 on E0601", "The HCPCS record doesn't say whether E0601 takes CPT modifier 59."),
        ("E0601 month 4 which modifier", "RR and KJ: month 4 of the capped rental of E0601 takes KJ"),
        (
            "Is 99214 payable with E0601",
            "The HCPCS record doesn't say whether E0601 and CPT 99214 can be billed",
        ),
        (
            "must a supplier obtain a new order for E0601",
            "It depends on the reason. A new order for E0601 is needed for a purchase",
        ),
        ("E0601 policy", "E0601: LCD L33718"),
        ("my walker broke, can I get a new one", "How often equipment can be replaced isn't in the HCPCS record"),
        ("J1885 with 25 and E0601", "The HCPCS record doesn't say whether J1885 and E0601 can be billed together"),
        ("Cigna allows how many units of E0601", "Cigna sets its own rules for E0601."),
        ("what is our PTAN", "Enrollment, credentialing and accreditation aren't in the HCPCS record."),
        ("what's our NPI", "Enrollment, credentialing and accreditation aren't in the HCPCS record."),
    ],
)
def test_rules_of_claims_are_answered_first(full: Desk, question: str, headline: str) -> None:
    assert full.ask(question).headline.startswith(headline)


@pytest.mark.parametrize(("code", "end"), [("MA101", "2011"), ("N29", "2016"), ("N102", "2016")])
def test_a_remark_code_that_ended_is_said_to_have_ended(full: Desk, code: str, end: str) -> None:
    answer = full.ask(f"remark code {code}")
    assert "The code ended on" in answer.text
    assert end in answer.text


@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        ("home health PT 38 minutes G0151", "38 min of G0151 is 2.53 units"),
        ("home health pt G0151 covered", "The HCPCS record doesn't say whether G0151 is paid separately"),
    ],
)
def test_a_therapist_of_home_health_is_no_patient_beside_minutes(full: Desk, asked: str, begins: str) -> None:
    assert full.ask(asked).headline.startswith(begins)

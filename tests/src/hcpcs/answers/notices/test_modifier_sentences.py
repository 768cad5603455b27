"""The first sentence on modifiers: by payment category, by choice, on one line, or missing from a claim."""

from __future__ import annotations

import pytest

from hcpcs.answers.desk import Desk
from hcpcs.answers.evidence import EvidenceKind
from hcpcs.questions.question import Intent
from hcpcs.questions.subject import Subject


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        (
            "does E0143 need NU",
            "Only on a new purchase. Modifiers a claim needs for E0143, inexpensive or routinely purchased "
            "equipment (pricing indicator 32): RR"
            " (rental), NU (purchased new) or UE (purchased used).",
        ),
        (
            "which modifiers does E0601 need",
            "Modifiers a claim needs for E0601, capped rental equipment (pricing indicator 36): RR (rental) with KH "
            "(month 1), KI (months 2 and 3) or KJ (months 4 to 13). Modifiers that the DME MACs' policy article A52467 "
            "asks for on E0601: KX where its criteria are met, else GA, GY or GZ.",
        ),
        (
            "does E0601 need KX",
            "Yes, on conditions. Modifiers a claim needs for E0601 by the DME MACs' policy article A52467: KX",
        ),
        (
            "does E1390 need NU",
            "No. Modifiers a claim needs for E1390, oxygen equipment (pricing indicator 33): RR (rental).",
        ),
        (
            "which modifiers does J1885 need",
            "The modifiers a claim needs for J1885 are not in the record. From a single-dose container, Medicare wants",
        ),
        (
            "modifiers for A4253",
            "Modifiers a claim needs for A4253, a supply or accessory that is sold and not rented (pricing indicator "
            "32): NU (purchased new). Modifiers that the DME MACs' policy article A52464 asks for on "
            "A4253: KX for a patient treated with insulin or KS",
        ),
        (
            "is RR needed on A7030",
            "No. Modifiers a claim needs for A7030, a supply or accessory that is sold and not rented",
        ),
        (
            "does A4259 need a modifier",
            "Modifiers a claim needs for A4259, a supply (pricing indicator 34): none of RR, NU and UE",
        ),
        (
            "B9002 modifiers",
            "Modifiers a claim needs for B9002, a nutrition pump (pricing indicator 39): RR (rental, at most",
        ),
        (
            "what modifiers does L1833 need",
            "Modifiers a claim needs for L1833 by the DME MACs' policy article A52465: KX",
        ),
        (
            "what mods go on A6212",
            "Modifiers a claim needs for A6212 by the DME MACs' policy article A54563: A1 to A9",
        ),
        (
            "what is PH and does it need a second modifier on A0429",
            "PH on an ambulance claim: from physician's office (P) to hospital (H). Institution-based providers add QM",
        ),
        ("which modifiers does A0428 need", "Modifiers a claim needs for A0428: an origin and destination"),
        ("does A0428 need GY", "The modifiers a claim needs for A0428 are not in the record: it doesn't say whether"),
        (
            "J0129 given sub q at home which modifier JA or JB",
            "Modifier for that: JB, Administered subcutaneously. The HCPCS record doesn't say whether J0129 requires",
        ),
        ("RA or RB for wheelchair battery replacement", "Modifier for that: RB, "),
        ("K0861 group 3 which modifier for rental month 1", "RR and KH: month 1 of the capped rental of K0861"),
        ("L1902 KX needed?", "Modifiers a claim needs for L1902 by the DME MACs' policy article A52457"),
        ("rent or buy modifier for E0143", "Modifiers a claim needs for E0143, inexpensive or routinely purchased"),
        ("GV or GW for a hospice patient, not related to the terminal illness", "Modifier for that: GW, "),
    ],
)
def test_modifiers_by_category_and_by_choice(full: Desk, question: str, headline: str) -> None:
    answer = full.ask(question)
    assert answer.subject is Subject.REQUIRED_MODIFIERS
    assert answer.headline.startswith(headline)


def test_codes_of_two_categories_have_a_sentence_each(full: Desk) -> None:
    headline = full.ask("which modifiers do E0143, E0260 and E0601 need").headline
    assert "Modifiers a claim needs for E0143, inexpensive or routinely purchased equipment" in headline
    assert "Modifiers a claim needs for E0260 and E0601, capped rental equipment" in headline


def test_the_other_of_two_modifiers_may_have_ended(full: Desk) -> None:
    headline = full.ask("JG or TB for 340B drugs").headline
    assert headline.startswith("Modifier for that: TB, ")
    assert headline.endswith(" JG ended on December 31, 2024.")


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("can you bill E0601 with RR and NU together", "No. A line is for a rental (RR), a new purchase (NU) or"),
        ("RR and KH together on E0260?", "Yes. A capped rental has RR first, then KH, KI or KJ"),
        ("can I use NU and RR", "No. A line is for a rental (RR), a new purchase (NU) or"),
        ("CQ modifier PTA is it with GP or instead of GP", "Yes. CQ goes on the line beside GP"),
        ("J9271 JZ JG both on same line ok?", "JG ended on December 31, 2024."),
        ("KX and GA together on E0601", "No. A line has one of KX, GA, GY and GZ"),
        ("KX and KF together on E0748", "The HCPCS record doesn't say whether these modifiers can be on one"),
        ("RR, KX and KF on the same line", "Which modifiers can be together on a claim line isn't in the HCPCS"),
    ],
)
def test_whether_modifiers_share_a_line(full: Desk, question: str, headline: str) -> None:
    answer = full.ask(question)
    assert answer.subject is Subject.MODIFIERS_TOGETHER
    assert answer.headline.startswith(headline)


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("E0260 rejected, modifier missing", "Modifiers a claim needs for E0260, capped rental equipment"),
        ("K0861 denied, missing modifier", "Modifiers a claim needs for K0861, capped rental equipment"),
        ("A0428 HN denied missing QM/QN", "Modifiers a claim needs for A0428: an origin and destination modifier"),
        ("J0585 rejected for missing modifier", "Which modifier a claim for J0585 lacks isn't in the HCPCS record"),
        ("our claim was rejected for a missing modifier", "On DME, a rental has RR, a new purchase NU, a used one UE"),
        ("E0260 denied CO-4 missing modifier", "Denial code CO-4: a required modifier is missing"),
    ],
)
def test_a_claim_that_lacks_a_modifier(full: Desk, question: str, headline: str) -> None:
    answer = full.ask(question)
    assert answer.subject is Subject.MISSING_MODIFIER
    assert answer.headline.startswith(headline)


def test_without_jw_or_jz_the_policy_on_them_answers(full: Desk) -> None:
    assert full.ask("J2357 rejected, no JW/JZ modifier on claim").subject is Subject.DISCARDED_DRUG


def test_reason_code_4_names_the_modifiers_of_the_category(full: Desk) -> None:
    assert (
        "Modifiers a claim needs for E1390, oxygen equipment (pricing indicator 33)"
        in full.ask("E1390 denied CO-4").headline
    )
    assert "Modifiers a claim needs for E1390" not in full.ask("E1390 denied CO-50").headline


def test_a_dose_and_its_modifier_are_both_answered(full: Desk) -> None:
    both = full.ask("J9271 200 mg vial fully used units and modifier").headline
    assert both.startswith("200 mg of J9271 is 200 units. Modifier for that: JZ, ")


def test_units_that_cant_be_counted_leave_the_modifier_alone(full: Desk) -> None:
    assert full.ask("wasted 30 units of Botox J0585 which modifier").headline.startswith("Modifier for that: JW, ")


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("modifier for interpreter", "No modifier says that an interpreter was used: T1013"),
        ("how many modifiers can be on one line", "A claim line takes four modifiers"),
        ("JW on the administered line of J9035 too?", "JW goes only on the line of the discarded units"),
        ("do we need KX after the therapy cap", "On outpatient therapy, KX says that services above"),
        ("95 or GT for telehealth", "On most Medicare claims the place of service (02 or 10)"),
        ("FQ or 93 for audio only at an RHC", "For audio only, RHCs and FQHCs may report CPT modifier 93 or FQ"),
        ("what codes can be billed with KF", "Which codes take a modifier isn't in the HCPCS record"),
    ],
)
def test_what_is_published_on_modifiers(full: Desk, question: str, headline: str) -> None:
    assert full.ask(question).headline.startswith(headline)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("E0260 RR KI GA KX", "GA and KX can't be on one line of E0260: A line has one of KX, GA, GY and GZ at most"),
        ("E0601 RR KX GA 1 unit", "KX and GA can't be on one line of E0601"),
        (
            "A4253 RR",
            "Medicare doesn't price A4253 with RR: it is a supply or accessory that is sold and not rented, with NU",
        ),
        ("24D E0443 RR QF units 1", "Medicare doesn't price E0443 with RR: it is oxygen contents"),
    ],
)
def test_a_claim_line_with_modifiers_that_cant_be_on_it(full: Desk, question: str, sentence: str) -> None:
    answer = full.ask(question)
    assert answer.intent is Intent.CARD
    (fact,) = [one for one in answer.evidence if one.kind is EvidenceKind.CLAIM_LINE]
    assert fact.text.startswith(sentence)
    assert answer.text.count(sentence) == 1
    assert answer.text.splitlines()[1] == fact.text


def test_what_goes_beside_the_one_modifier_for_a_purpose_is_said_of_the_line(full: Desk) -> None:
    answer = full.ask("PT assistant modifier")
    assert answer.text.splitlines()[1] == "CQ goes on the line beside GP, never instead of it."
    assert answer.evidence[0].kind is EvidenceKind.CLAIM_LINE


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("what is modifier 59 and XU", "59 is a CPT modifier, which"),
        ("G0463-25", "25 is a CPT modifier, which"),
        ("97110 59 GP", "59 is a CPT modifier, which"),
        ("assistant surgeon PA", "80, 81 and 82 are CPT modifiers, which"),
    ],
)
def test_modifiers_of_cpt_are_named_once(full: Desk, question: str, sentence: str) -> None:
    answer = full.ask(question)
    assert answer.intent is Intent.CARD
    (fact,) = [one for one in answer.evidence if one.kind is EvidenceKind.FOREIGN]
    assert fact.text.startswith(f"{sentence} HCPCS Level II codes take, too; HCPCS doesn't define")
    assert answer.text.count("CPT modifier") == 1


def test_a_modifier_on_a_cpt_code_is_no_trip_of_an_ambulance(full: Desk) -> None:
    assert "ambulance" not in full.ask("97110 59 GP").text
    assert "ambulance" in full.ask("GP modifier").text


@pytest.mark.parametrize("question", ["E0601 RR KX", "E0601 NU or RR", "J3301 LT RT", "E0143-NU-KX", "A0428 RH QM"])
def test_a_claim_line_whose_modifiers_fit(full: Desk, question: str) -> None:
    answer = full.ask(question)
    assert "can't be" not in answer.text
    assert "doesn't price" not in answer.text


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("what modifier for E0601 month 14", "None: E0601 is capped rental equipment"),
        ("what modifiers go on K0823 for the first month rental?", "RR and KH: KH is for month 1 of the capped rental"),
        ("what modifier for the first month rental of E0143", "Modifiers a claim needs for E0143, inexpensive or"),
        ("J0885 no modifier denied", "Modifiers a claim needs for J0885: exactly one of EA"),
        ("round trip A0428 RH and HR on same claim ok?", "Each trip has lines of its own"),
        ("A7034 RR denied", "Medicare doesn't price A7034 with RR"),
    ],
)
def test_what_a_line_has_leads(full: Desk, question: str, headline: str) -> None:
    assert full.ask(question).headline.startswith(headline)


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("what modifiers for DME", "On DME, RR (rental), NU (new) or UE (used) is first"),
        ("modifiers for orthotics", "On orthoses and prostheses, LT or RT says the side"),
        ("modifiers for drugs", "On drugs from single-dose containers, JZ says that nothing was discarded"),
        ("A6212 two wounds", "Modifier for that: A2, Dressing for two wounds."),
        ("dressing on three wounds A6212", "Modifier for that: A3, Dressing for three wounds."),
        ("PA modifier at surgery", "Modifier AS: Physician assistant"),
        ("PA modifier", "Modifier PA: Surgical or other invasive procedure on wrong body part"),
        ("surgery wrong side", "Modifier PA: Surgical or other invasive procedure on wrong body part"),
        ("first month rental", "Modifier KH: "),
        ("month 4 rental", "Modifier KJ: "),
        ("K0001 NU allowed?", "No. Medicare doesn't price K0001 with NU: it is capped rental equipment"),
    ],
)
def test_modifiers_by_words(full: Desk, question: str, start: str) -> None:
    assert full.ask(question).headline.startswith(start)


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("is RR needed on A7030", "No. Modifiers a claim needs for A7030"),
        ("do I need NU on A7030", "Yes. Modifiers a claim needs for A7030"),
        ("does A7030 need NU", "Yes. Modifiers a claim needs for A7030"),
        ("does E0143 need RR", "Only on a rental. Modifiers a claim needs for E0143"),
        ("does E0601 need KX", "Yes, on conditions. Modifiers a claim needs for E0601"),
        ("is a modifier required for A7030", "Yes. Modifiers a claim needs for A7030"),
        ("which modifiers does A7030 need", "Modifiers a claim needs for A7030"),
    ],
)
def test_whether_a_line_needs_a_modifier_is_said_first(full: Desk, question: str, start: str) -> None:
    assert full.ask(question).headline.startswith(start)

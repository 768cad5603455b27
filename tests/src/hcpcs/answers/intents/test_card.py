"""What is this code? The card of one code, of several, and of modifiers."""

from __future__ import annotations

from tests.src.hcpcs.answers.listed_index import ListedIndex
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.answer import Outcome, Verdict
from hcpcs.answers.desk import Desk
from hcpcs.answers.evidence import EvidenceKind
from hcpcs.questions.question import Intent
from hcpcs.records.contacts import CODING_CONTACTS


def test_the_documented_code(starter: Desk) -> None:
    answer = starter.ask("/hcpcs S9328")
    assert answer.intent is Intent.CARD
    assert answer.codes == ("S9328",)
    assert "implanted pump pain management infusion" in answer.headline
    for fact in (
        "Short description: Hit pain imp pump diem",
        "Coverage code: I (Not payable by Medicare)",
        "Pricing indicator 1: 00 (Service not separately priced by part B",
        "Processing note: 0088",
        "BETOS: Z2 (Undefined codes)",
        "Type of service 1: 9 (Other medical items or services)",
        "Code added: January 1, 2002",
        "Action code: N (No maintenance for this code)",
        "Status: Actual",
        "(877) 735-1326",
        "hcpcs@cms.hhs.gov",
    ):
        assert fact in answer.text


def test_a_card_states_medicare_s_verdict_and_every_field(full: Desk) -> None:
    answer = full.ask("E0601")
    assert answer.headline == "E0601: Continuous positive airway pressure (cpap) device"
    assert [(fact.kind, fact.sentence) for fact in answer.evidence] == [
        (EvidenceKind.VERDICT, "Medicare: Maybe. Medicare covers E0601 only if special coverage instructions are met.")
    ]
    assert answer.records[0].verdict is Verdict.CONDITIONAL
    assert answer.verdict is None
    assert answer.contacts == CODING_CONTACTS


def test_a_code_with_modifiers_shows_both(full: Desk) -> None:
    answer = full.ask("E0601-RR")
    assert answer.codes == ("E0601", "RR")
    assert [record.code for record in answer.records] == ["E0601", "RR"]
    assert answer.headline == "E0601 (Cont airway pressure device) and RR (Rental (dme))."
    assert "A modifier qualifies the code it is appended to; it isn't paid on its own." in answer.text


def test_a_modifier_alone_is_called_one(full: Desk) -> None:
    answer = full.ask("modifier KX")
    assert answer.headline == "Modifier KX: Requirements specified in the medical policy have been met"
    assert [fact.kind for fact in answer.evidence] == [EvidenceKind.MODIFIER]


def test_a_noc_code_brings_its_checklist(full: Desk) -> None:
    answer = full.ask("J3490")
    assert EvidenceKind.NOC in {fact.kind for fact in answer.evidence}
    assert "not otherwise classified" in answer.text
    assert EvidenceKind.NOC not in {fact.kind for fact in full.ask("J1745").evidence}


def test_a_terminated_code_says_when_and_suggests_others(full: Desk) -> None:
    desk = Desk(full.catalog, ListedIndex(full.catalog, "Q5102", "Q5103", "Q5104"), lambda: TODAY)
    answer = desk.ask("Q5102")
    assert answer.headline.startswith("Q5102 (terminated March 31, 2018): Injection, infliximab")
    assert answer.suggestions == ("Q5103", "Q5104")
    assert "Likely replaced by Q5103 (" in answer.text


def test_several_codes_are_named_with_their_short_descriptions(full: Desk) -> None:
    answer = full.ask("S9353, S9328 and 99213")
    assert answer.headline == "S9353 (Hit cont insulin diem) and S9328 (Hit pain imp pump diem)."
    assert "99213 looks like a CPT code, not a HCPCS Level II code." in answer.text


def test_a_code_on_a_day_names_the_day(history: Desk) -> None:
    assert history.ask("S9353 on 2018-05-01").headline.startswith("S9353 on May 1, 2018: Home infusion therapy")


def test_a_code_before_its_time_says_from_when_it_is_in_effect(full: Desk) -> None:
    assert "(not in effect before January 1, 1988)" in full.ask("E0601 on 1980-01-01").headline


def test_a_missing_code_is_refused(full: Desk) -> None:
    assert full.ask("S9354").outcome is Outcome.NOT_FOUND


def test_a_modifier_of_the_states_is_defined_by_them(full: Desk) -> None:
    assert full.ask("T1019 U6 modifier ohio").headline.startswith(
        "What U6 means on T1019 is defined by Ohio Medicaid. "
    )
    assert full.ask("T1019 U1 x 16, T2003 x 2, S5125 x 8").headline.startswith("What U1 means on T1019 is defined by ")
    assert "is defined by" not in full.ask("E0601 RR").headline


def test_a_question_about_an_ambulance_pair_is_answered_with_it_first(full: Desk) -> None:
    answer = full.ask("Is A0427 SH right for scene to hospital?")
    assert answer.headline.startswith("SH on an ambulance claim: from scene")


def test_what_a_modifier_means_on_a_code_comes_before_the_code(full: Desk) -> None:
    headline = full.ask("E0601 RR KX what do these mean").headline
    assert headline.startswith("RR on E0601: Rental (use the 'rr' modifier when dme is to be rented). KX on E0601: ")
    assert full.ask("what does the RR on E0601 do").headline.startswith("RR on E0601: Rental")
    assert full.ask("E0601 with KX modifier why").headline.startswith("KX on E0601: Requirements")
    assert full.ask("E0601 RR KX").headline.startswith("E0601 (")


def test_an_ambulance_pair_beside_another_modifier_is_read(full: Desk) -> None:
    assert full.ask("A0425 SH KX").headline.startswith("SH on an ambulance claim: from scene of an accident")


def test_whether_a_code_is_a_noc_code(full: Desk) -> None:
    assert full.ask("is K0812 a NOC code").headline == (
        "Yes. K0812 is a NOC code: Power operated vehicle, not otherwise classified"
    )
    assert full.ask("is E0601 an unlisted code").headline.startswith("No. E0601 is not a NOC code: Continuous")

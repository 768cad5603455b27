"""Who answers questions about HCPCS codes?"""

from __future__ import annotations

import pytest

from hcpcs.answers.desk import Desk
from hcpcs.answers.evidence import EvidenceKind
from hcpcs.questions.question import Intent
from hcpcs.records.contacts import ALL_CONTACTS


def test_every_contact_is_named_with_its_address(starter: Desk) -> None:
    answer = starter.ask("PDAC phone number")
    assert answer.intent is Intent.CONTACT
    assert answer.headline == ("For questions, call the PDAC helpline at (877) 735-1326 or email hcpcs@cms.hhs.gov.")
    assert answer.contacts == ALL_CONTACTS
    assert [fact.kind for fact in answer.evidence] == [EvidenceKind.CONTACT] * len(ALL_CONTACTS)
    for contact in ALL_CONTACTS:
        assert contact.address in answer.text


def test_contacts_are_listed_once(starter: Desk) -> None:
    assert starter.ask("contact").text.count("www.codingclinicadvisor.com") == 1


def test_contacts_about_a_code_show_the_code(starter: Desk) -> None:
    answer = starter.ask("who can I call about S9353")
    assert answer.headline.startswith("For questions about S9353, email hcpcs@cms.hhs.gov")
    assert [record.code for record in answer.records] == ["S9353"]


@pytest.mark.parametrize("code", ["E0601", "A4253", "K0823", "L0650", "B4150", "V2020"])
def test_pdac_answers_about_dmepos(full: Desk, code: str) -> None:
    assert "PDAC helpline at (877) 735-1326" in full.ask(f"who do I call about {code}").headline


@pytest.mark.parametrize("code", ["J1885", "G0463", "A0428", "S9353", "A9500", "V5010"])
def test_the_mac_or_cms_answers_about_other_codes(full: Desk, code: str) -> None:
    headline = full.ask(f"who do I contact about {code}").headline
    assert "hcpcs@cms.hhs.gov" in headline
    assert "www.cms.gov/MAC-info" in headline
    assert "PDAC" not in headline


@pytest.mark.parametrize(("letter", "pdac"), [("L", True), ("E", True), ("A", True), ("S", False), ("J", False)])
def test_the_codes_of_a_letter_have_their_contact(full: Desk, letter: str, pdac: bool) -> None:
    headline = full.ask(f"contact for {letter} codes").headline
    assert f"about {letter} codes" in headline
    assert ("PDAC" in headline) is pdac


def test_a_mac_is_looked_up_at_cms(full: Desk) -> None:
    assert "CMS lists every MAC at www.cms.gov/MAC-info" in full.ask("DME MAC phone number").headline


@pytest.mark.parametrize(
    "question",
    [
        "where do I apply for a new HCPCS code",
        "how do I request a new J code",
        "where do i send a code application",
        "submit a hcpcs application MEARIS",
        "contact for new hcpcs code request",
    ],
)
def test_a_new_code_is_applied_for_at_cms(full: Desk, question: str) -> None:
    answer = full.ask(question)
    assert answer.intent is Intent.CONTACT
    assert answer.headline.startswith("CMS takes applications for HCPCS Level II codes online, in MEARIS")
    assert "hcpcs@cms.hhs.gov" in answer.headline
    assert "first business day" in answer.text


@pytest.mark.parametrize(
    ("question", "owner"),
    [
        ("who to ask about dental D code", "Dental codes (CDT) are the American Dental Association's"),
        ("who do I contact about CPT codes", "CPT codes are the American Medical Association's"),
        ("who answers questions about ICD-10 codes", "Diagnosis codes (ICD-10-CM) are kept by the CDC"),
    ],
)
def test_codes_of_another_system_have_their_owner(full: Desk, question: str, owner: str) -> None:
    assert full.ask(question).headline.startswith(owner)


def test_a_missing_code_is_said(full: Desk) -> None:
    assert "S9354 isn't in HCPCS October 2025" in full.ask("who can I call about S9354").text


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("who handles ambulance codes", "For questions about ambulance codes, email hcpcs@cms.hhs.gov; for coverage"),
        ("who handles DME codes", "For questions about DME codes, call the PDAC helpline"),
    ],
)
def test_the_codes_of_a_family_have_their_contact(full: Desk, question: str, start: str) -> None:
    answer = full.ask(question)
    assert answer.headline.startswith(start)

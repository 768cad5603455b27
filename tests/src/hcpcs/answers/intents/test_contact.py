"""Who answers questions about HCPCS codes?"""

from __future__ import annotations

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
    assert answer.headline.startswith("For questions about S9353, call")
    assert [record.code for record in answer.records] == ["S9353"]


def test_a_missing_code_is_said(full: Desk) -> None:
    assert "S9354 isn't in HCPCS October 2025" in full.ask("who can I call about S9354").text

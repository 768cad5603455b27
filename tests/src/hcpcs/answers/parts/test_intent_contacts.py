"""Which contacts an answer names."""

from __future__ import annotations

from hcpcs.answers.parts.intent_contacts import contacts_for
from hcpcs.questions.question import Intent
from hcpcs.records.contacts import (
    ALL_CONTACTS,
    BUNDLE_LINE,
    CODING_CONTACTS,
    CONTACT_LINE,
    PDAC_HELPLINE,
    contact_summary,
)


def test_an_answer_on_coverage_names_the_helpline_first() -> None:
    assert contacts_for(Intent.COVERAGE)[0] is PDAC_HELPLINE
    assert set(contacts_for(Intent.COVERAGE)) == set(CODING_CONTACTS)


def test_cards_and_contact_answers_name_them_all_and_lists_none() -> None:
    assert contacts_for(Intent.CARD) == contacts_for(Intent.CONTACT) == ALL_CONTACTS
    assert contacts_for(Intent.SEARCH) == contacts_for(None) == ()


def test_the_summary_names_the_data_bundle_only_with_its_contacts() -> None:
    assert contact_summary(ALL_CONTACTS) == (CONTACT_LINE, BUNDLE_LINE)
    assert contact_summary(CODING_CONTACTS) == (CONTACT_LINE,)
    assert contact_summary(()) == ()

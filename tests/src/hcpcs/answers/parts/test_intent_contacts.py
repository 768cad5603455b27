"""Which contacts an answer names."""

from __future__ import annotations

import pytest

from hcpcs.answers.desk import Desk
from hcpcs.records.contacts import (
    ALL_CONTACTS,
    BUNDLE_CONTACTS,
    CODING_CONTACTS,
    MAC,
    OTHER_CONTACTS,
    PDAC_HELPLINE,
    contact_summary,
)

PDAC_LINE = "Questions: PDAC (877) 735-1326 · hcpcs@cms.hhs.gov · www.codingclinicadvisor.com"
OTHER_LINE = "Questions: hcpcs@cms.hhs.gov · your MAC (www.cms.gov/MAC-info) · www.codingclinicadvisor.com"


@pytest.mark.parametrize("question", ["is E0601 covered", "is E0601 valid", "how is E0601 priced", "BETOS for E0601"])
def test_pdac_comes_first_for_dmepos(full: Desk, question: str) -> None:
    answer = full.ask(question)
    assert answer.contacts == CODING_CONTACTS
    assert answer.text.splitlines()[-1] == PDAC_LINE


@pytest.mark.parametrize("question", ["is J1885 covered", "is G0463 valid", "how is A0428 priced", "J1885 30 mg"])
def test_other_codes_have_the_mac(full: Desk, question: str) -> None:
    answer = full.ask(question)
    assert answer.contacts == OTHER_CONTACTS
    assert answer.text.splitlines()[-1] == OTHER_LINE


def test_a_card_names_all_of_them(full: Desk) -> None:
    assert PDAC_HELPLINE in full.ask("J1885").contacts
    assert MAC in full.ask("J1885").contacts
    assert full.ask("J1885").text.splitlines()[-1] == f"{OTHER_LINE} · PDAC, for DMEPOS, (877) 735-1326"


def test_the_data_bundle_is_named_only_where_a_record_came_from_it(starter: Desk, full: Desk) -> None:
    assert set(BUNDLE_CONTACTS) <= set(starter.ask("S9353").contacts)
    assert "Data bundle: Support@DataLabs.Health · https://www.datalabs.health/" in starter.ask("S9353").text
    assert set(BUNDLE_CONTACTS).isdisjoint(full.ask("S9353").contacts)
    assert set(BUNDLE_CONTACTS) <= set(full.ask("contact").contacts)


def test_lists_name_none(full: Desk) -> None:
    assert full.ask("S935*").contacts == ()


def test_the_summary_has_a_line_for_each_source() -> None:
    assert contact_summary(CODING_CONTACTS) == (PDAC_LINE,)
    assert len(contact_summary(ALL_CONTACTS)) == 2
    assert contact_summary(()) == ()

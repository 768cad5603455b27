"""Medically unlikely edits in three settings: what 0 means, and the adjudication indicator in words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.src.hcpcs.companions.companion_files import UNIT_ROWS, csv_of, facts_on, read_bytes, small_store, table_text

from hcpcs.companions.edition import EditionKind
from hcpcs.companions.storage.companion_store import CompanionStore
from hcpcs.errors import ReleaseError

NAME = "MUE_2024-07.csv"
DAY = date(2024, 8, 1)


@pytest.fixture
def limits(tmp_path: Path) -> CompanionStore:
    return small_store(tmp_path, NAME)


def test_each_setting_has_its_own_limit(limits: CompanionStore) -> None:
    stated = {}
    for kind in (EditionKind.MUE_PRACTITIONER, EditionKind.MUE_OUTPATIENT_HOSPITAL, EditionKind.MUE_DME):
        (fact,) = facts_on(limits, kind, "J1885", DAY).facts
        stated[fact.qualifiers.setting] = fact.value
    assert stated == {"practitioner": 8, "outpatient hospital": 9, "DME supplier": 0}


def test_zero_by_policy_means_not_billed_in_this_setting(limits: CompanionStore) -> None:
    (policy,) = facts_on(limits, EditionKind.MUE_DME, "J1885", DAY).facts
    assert policy.qualifiers.meaning == "not billed in this setting"
    (discontinued,) = facts_on(limits, EditionKind.MUE_PRACTITIONER, "J0120", DAY).facts
    assert discontinued.qualifiers.meaning == "no unit is paid in this setting"
    assert not facts_on(limits, EditionKind.MUE_DME, "E0114", DAY).facts[0].qualifiers.meaning


def test_the_adjudication_indicator_is_in_words(limits: CompanionStore) -> None:
    (fact,) = facts_on(limits, EditionKind.MUE_DME, "E0114", DAY).facts
    assert fact.qualifiers.adjudication == "2"
    assert fact.qualifiers.adjudication_meaning.startswith("absolute date of service edit")


def test_the_form_of_today_has_one_setting_in_its_header(tmp_path: Path) -> None:
    notice = "A notice.\n\nparagraph 2\n\nparagraph 3"
    header = ("HCPCS/\nCPT Code", "DME Supplier Services MUE Values", "MUE Adjudication Indicator", "MUE Rationale")
    rows = [
        ("E0114", "1", "2 Date of Service Edit: Policy", "Code Descriptor / CPT Instruction"),
        ("J1885", "0", "3 Date of Service Edit: Clinical", "CMS Policy"),
        ("99999", "1", "1 Line Edit", "CMS Policy"),
    ]
    name = "MCR_MUE_DMESupplierServices_Eff_10-01-2026.csv"
    (packed,) = read_bytes(tmp_path, name, csv_of([(notice,), header, *rows]))
    assert packed.edition.label == "MUE table for DME supplier services October 2026"
    assert (packed.edition.rows, packed.edition.dropped) == (2, 1)


def test_a_setting_or_value_that_is_unknown_is_refused(tmp_path: Path) -> None:
    for row, reason in (
        (("J1885", "8", "3", "CMS Policy", "Ambulance"), "'Ambulance' is not a setting of MUE"),
        (("J1885", "many", "3", "CMS Policy", "Practitioner"), "'many' is not a number of units"),
        (("J1885", "8", "7", "CMS Policy", "Practitioner"), "'7' is not 1, 2 or 3"),
    ):
        with pytest.raises(ReleaseError, match=reason):
            read_bytes(tmp_path, NAME, table_text(NAME, [*UNIT_ROWS[:2], row]))

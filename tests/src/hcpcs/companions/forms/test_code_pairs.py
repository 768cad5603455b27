"""NCCI pairs: both orders, the modifier indicator in words, and edits that were deleted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.src.hcpcs.companions.companion_files import PAIR_ROWS, facts_on, read_bytes, small_store, table_text

from hcpcs.companions.edition import Absence, EditionKind
from hcpcs.companions.storage.companion_store import CompanionStore
from hcpcs.errors import ReleaseError

NAME = "PTP_2024-07_practitioner.csv"
PTP = EditionKind.PTP_PRACTITIONER
DAY = date(2024, 8, 1)


@pytest.fixture
def pairs(tmp_path: Path) -> CompanionStore:
    return small_store(tmp_path, NAME)


def test_a_pair_is_found_in_either_order(pairs: CompanionStore) -> None:
    for first, second in (("A9500", "A9512"), ("A9512", "A9500")):
        (fact,) = facts_on(pairs, PTP, first, DAY, other_code=second).facts
        assert (fact.code, fact.qualifiers.column_2, fact.value) == ("A9500", "A9512", "1")
        assert fact.qualifiers.meaning.startswith("paid together only with")
        assert fact.holds_on(DAY)
    assert facts_on(pairs, PTP, "A9512", DAY).facts[0].code == "A9500"


def test_an_edit_with_a_deletion_date_is_history(pairs: CompanionStore) -> None:
    (deleted,) = facts_on(pairs, PTP, "A4263", DAY, other_code="A4262").facts
    assert deleted.last_day == date(1996, 1, 1)
    assert not deleted.holds_on(DAY)
    both = facts_on(pairs, PTP, "G0108", DAY, other_code="G0270").facts
    assert [(fact.value, fact.holds_on(DAY)) for fact in both] == [("0", False), ("1", True)]


def test_a_pair_that_is_not_listed_is_absent(pairs: CompanionStore) -> None:
    assert facts_on(pairs, PTP, "A9500", DAY, other_code="G0270").absence is Absence.NOT_LISTED


def test_a_pair_with_a_cpt_code_is_left_out_and_counted(tmp_path: Path) -> None:
    rows = [*PAIR_ROWS, ("99213", "G0270", "", "1", "Mutually exclusive procedures")]
    (packed,) = read_bytes(tmp_path, NAME, table_text(NAME, rows))
    assert (packed.edition.rows, packed.edition.dropped) == (4, 1)


def test_the_setting_is_in_the_name_of_the_file(tmp_path: Path) -> None:
    (packed,) = read_bytes(tmp_path, "PTP_2024-07_outpatient_hospital.csv", table_text(NAME))
    assert packed.edition.kind is EditionKind.PTP_OUTPATIENT_HOSPITAL
    with pytest.raises(ReleaseError, match="doesn't say if it is for practitioners or outpatient hospitals"):
        read_bytes(tmp_path, "PTP_2024-07.csv", table_text(NAME))

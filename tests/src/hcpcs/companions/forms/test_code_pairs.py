"""NCCI pairs: both orders, the modifier indicator in words, and edits that were deleted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.src.hcpcs.companions.companion_files import (
    PAIR_ROWS,
    facts_on,
    read_bytes,
    small_store,
    store_of,
    table_text,
    workbook_of,
)

from hcpcs.companions.edition import Absence, EditionKind
from hcpcs.companions.storage.companion_store import CompanionStore
from hcpcs.errors import ReleaseError
from hcpcs.releases.source_file import MAX_LINES

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


TEXT = (
    "CPT only copyright 2025 American Medical Association.  All rights reserved.\t\t\t\t\t\t\n"
    "Column1/Column2 Edits\t\t\t\t\t\t\n"
    "Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale\n"
    "\t\tprior to 1996\tDate\tDate\t0=not allowed\t\n"
    "\t\t\t\t*=no data\t1=allowed\t\n"
    "\t\t\t\t\t9=not applicable\t\n"
)
ROWS_OF_TEXT = (
    "99213\tG0270\t\t20220101\t*\t1\tMisuse of Column Two code with Column One code\n"
    "A9500\tA9512\t\t20200101\t*\t1\tMisuse of Column Two code with Column One code\n"
    "G0108\tG0270\t*\t19960101\t20050331\t0\tMutually exclusive procedures\n"
)


@pytest.mark.parametrize(
    ("name", "kind", "day"),
    [
        ("ccipra-v322r0-f4.txt", PTP, date(2026, 7, 1)),
        ("ccioph-v303r0-f4.txt", EditionKind.PTP_OUTPATIENT_HOSPITAL, date(2024, 10, 1)),
    ],
)
def test_the_text_of_cms_has_a_header_of_three_rows(tmp_path: Path, name: str, kind: EditionKind, day: date) -> None:
    (packed,) = read_bytes(tmp_path, name, (TEXT + ROWS_OF_TEXT).encode())
    edition = packed.edition
    assert (edition.kind, edition.from_day, edition.rows, edition.dropped) == (kind, day, 2, 1)
    store = store_of(tmp_path, packed)
    (fact,) = facts_on(store, kind, "A9500", day, other_code="A9512").facts
    assert (fact.value, fact.first_day, fact.last_day, fact.row) == ("1", date(2020, 1, 1), None, 8)
    (deleted,) = facts_on(store, kind, "G0108", day, other_code="G0270").facts
    assert (deleted.value, deleted.last_day) == ("0", date(2005, 3, 31))


def test_the_workbook_of_cms_has_lines_in_the_cells_of_its_header(tmp_path: Path) -> None:
    header = (
        "Column 1", "Column 2", "*=in existence prior to 1996", "Effective\nDate", "Deletion\nDate\n*=no data",
        "Modifier\n0=not allowed\n1=allowed\n9=not applicable", "PTP Edit Rationale",
    )  # fmt: skip
    rows = [("Column1/Column2 Edits",), header, ("A9500", "A9512", "", "20200101", "*", "1", "Misuse")]
    (packed,) = read_bytes(tmp_path, "medicare-ncci-2026q2-practitioner-ptp-edits.xlsx", workbook_of(rows))
    assert packed.edition.from_day == date(2026, 4, 1)
    assert [row.cells for row in packed.walk()] == [("A9512", "2020-01-01", "", "1", "Misuse")]


def test_a_part_without_level_two_codes_says_which_part_has_them(tmp_path: Path) -> None:
    text = TEXT + ROWS_OF_TEXT.splitlines(keepends=True)[0]
    with pytest.raises(ReleaseError, match=r"they are in the last of CMS's four files \(f4\): load that one"):
        read_bytes(tmp_path, "ccipra-v322r0-f1.txt", text.encode())


def test_a_part_may_have_more_lines_than_any_release(tmp_path: Path) -> None:
    row = "99213\tG0270\t\t20220101\t*\t1\tMisuse\n"
    text = TEXT + row * MAX_LINES + ROWS_OF_TEXT
    (packed,) = read_bytes(tmp_path, "ccipra-v322r0-f4.txt", text.encode())
    assert (packed.edition.rows, packed.edition.dropped) == (2, MAX_LINES + 1)

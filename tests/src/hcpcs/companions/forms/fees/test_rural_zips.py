"""Rural ZIP codes: lost leading zeros, both names of the column, and one quarter per file."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.src.hcpcs.companions.companion_files import (
    ZIP_ROWS,
    csv_of,
    facts_on,
    read_bytes,
    small_store,
    store_of,
    table_text,
)

from hcpcs.companions.edition import Absence, EditionKind
from hcpcs.errors import ReleaseError

NAME = "rural zips.csv"


def test_lost_leading_zeros_are_restored(tmp_path: Path) -> None:
    store = small_store(tmp_path, NAME)
    for written in ("01223", "1223", "01223-4567"):
        (fact,) = facts_on(store, EditionKind.RURAL_ZIP, written).facts
        assert (fact.code, fact.value, fact.qualifiers.state) == ("01223", "yes", "MA")
    assert facts_on(store, EditionKind.RURAL_ZIP, "00612").facts[0].value == "yes"


def test_a_former_bidding_area_is_not_rural(tmp_path: Path) -> None:
    (fact,) = facts_on(small_store(tmp_path, NAME), EditionKind.RURAL_ZIP, "79936").facts
    assert (fact.value, fact.qualifiers.location) == ("no", "El Paso TX CBA")


def test_a_zip_that_is_not_listed_is_absent_and_not_a_no(tmp_path: Path) -> None:
    look_up = facts_on(small_store(tmp_path, NAME), EditionKind.RURAL_ZIP, "10001")
    assert look_up.absence is Absence.NOT_LISTED
    assert look_up.edition is not None
    assert look_up.edition.label == "DMEPOS rural ZIP codes January 2026"


def test_the_column_of_2025_has_another_name(tmp_path: Path) -> None:
    data = table_text(NAME, header=("STATE", "ZIP CODE", "YEAR/QTR", "LOCATION"))
    store = store_of(tmp_path, *read_bytes(tmp_path, NAME, data))
    assert facts_on(store, EditionKind.RURAL_ZIP, "01223").facts


def test_rows_of_two_quarters_are_refused(tmp_path: Path) -> None:
    rows = [*ZIP_ROWS, ("TX", "79937", "202602", "RURAL")]
    with pytest.raises(ReleaseError, match="rows of several quarters"):
        read_bytes(tmp_path, NAME, table_text(NAME, rows))


def test_what_is_not_a_zip_code_is_refused(tmp_path: Path) -> None:
    rows = [*ZIP_ROWS, ("TX", "7993A", "202601", "RURAL")]
    with pytest.raises(ReleaseError, match="line 5: '7993A' is not a ZIP code"):
        read_bytes(tmp_path, NAME, table_text(NAME, rows))


def test_the_lists_of_cms_have_rural_zips_and_former_areas_apart(tmp_path: Path) -> None:
    rural = (("STATE", "DMEPOS RURAL ZIP CODE", "YEAR/QTR"), ("MA", "1223", "202601"))
    areas = (
        ("Former CBA ZIP Code File",),
        ("CBA State", "CBA ZIP Code", "CBA Name Short", "CBA Name", "Year/Qtr"),
        ("TX", "75201", "DALLAS", "Dallas, TX", "202601"),
    )
    files = {"DME Rural ZIP Code Quarter 1 2026.csv": rural, "Former CBA ZIP Code File- JAN2026.csv": areas}
    store = store_of(
        tmp_path, *(one for name, rows in files.items() for one in read_bytes(tmp_path, name, csv_of(rows)))
    )
    (fact,) = facts_on(store, EditionKind.RURAL_ZIP, "01223").facts
    assert (fact.value, fact.qualifiers.state, fact.qualifiers.location) == ("yes", "MA", "RURAL")
    (fact,) = facts_on(store, EditionKind.CBA_ZIP, "75201").facts
    assert (fact.value, fact.qualifiers.state, fact.qualifiers.location) == ("no", "TX", "Dallas TX CBA")

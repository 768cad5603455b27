"""What a load does with an edition that is there already, and with one that looks cut off."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.src.hcpcs.companions.companion_files import FEE_ROWS, read_bytes, table_text, zip_of_files

from hcpcs.companions.storage.edition_set import EditionChange, EditionSet
from hcpcs.companions.storage.packed_rows import PackedEdition
from hcpcs.errors import ReleaseError

NAME = "DMEPOS26_JAN.csv"


def schedule(folder: Path, *rows: tuple[str, ...], name: str = NAME) -> PackedEdition:
    (packed,) = read_bytes(folder, name, table_text(NAME, rows or FEE_ROWS))
    return packed


def test_another_period_is_added(tmp_path: Path) -> None:
    editions = EditionSet([schedule(tmp_path)])
    loaded = editions.add(schedule(tmp_path, name="DMEPOS25_APR.csv"))
    assert loaded.change is EditionChange.ADDED
    assert [one.edition.label for one in editions] == [
        "DMEPOS fee schedule April 2025",
        "DMEPOS fee schedule January 2026",
    ]


def test_the_same_rows_in_another_wrapping_change_nothing(tmp_path: Path) -> None:
    (zipped,) = read_bytes(tmp_path, "dme.zip", zip_of_files({NAME: table_text(NAME)}))
    loaded = EditionSet([schedule(tmp_path)]).add(zipped)
    assert (loaded.change, loaded.differing, loaded.warnings) == (EditionChange.UNCHANGED, 0, ())


def test_a_file_that_differs_replaces_and_says_so(tmp_path: Path) -> None:
    editions = EditionSet([schedule(tmp_path)])
    revised = schedule(
        tmp_path, (*FEE_ROWS[0][:9], "99.99", *FEE_ROWS[0][10:]), *FEE_ROWS[1:], name="DMEPOS26_JAN_R.csv"
    )
    loaded = editions.add(revised)
    assert (loaded.change, loaded.differing) == (EditionChange.REPLACED, 1)
    assert loaded.warnings == ("differs in 1 row from DMEPOS26_JAN.csv, which it replaces",)
    assert [one.edition.file for one in editions] == ["DMEPOS26_JAN_R.csv"]


def test_an_excerpt_does_not_replace_a_whole_file(tmp_path: Path) -> None:
    editions = EditionSet([schedule(tmp_path)])
    with pytest.raises(ReleaseError, match="has 1 row, but DMEPOS26_JAN.csv has 5 for the same edition"):
        editions.add(schedule(tmp_path, FEE_ROWS[0], name="DMEPOS26_JAN_part.csv"))
    assert [one.edition.rows for one in editions] == [5]


def test_an_edition_with_far_fewer_rows_than_another_is_warned_about(tmp_path: Path) -> None:
    loaded = EditionSet([schedule(tmp_path)]).add(schedule(tmp_path, FEE_ROWS[0], name="DMEPOS26_APR.csv"))
    assert loaded.warnings == ("has 1 row, DMEPOS fee schedule January 2026 has 5: check that the file is whole",)

"""The shelf: what was published is opened again, whole; with nothing published there is nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hcpcs.catalog import Catalog
from hcpcs.errors import ShelfError
from hcpcs.records import CodeRecord, RecordKind, Release
from hcpcs.releases import ReadRelease
from hcpcs.shelf import Shelf

RECORD = CodeRecord(code="S9353", kind=RecordKind.PROCEDURE, long_description="Insulin infusion at home")
RELEASE = Release(
    id="2025-10",
    label="HCPCS October 2025",
    effective=date(2025, 10, 1),
    digest="0" * 64,
    file="october.zip",
    kinds=frozenset({RecordKind.PROCEDURE}),
    procedures=1,
    modifiers=0,
    terminated=0,
)


def catalogue() -> Catalog:
    return Catalog.build([ReadRelease(release=RELEASE, records=(RECORD,), notes={"0088": "S codes"})])


def write_index(catalog: Catalog, folder: Path) -> None:
    (folder / "index").mkdir()
    (folder / "index" / "words").write_text(" ".join(catalog.codes()), encoding="utf-8")


def test_an_empty_home_has_no_catalogue(tmp_path: Path) -> None:
    assert Shelf(tmp_path).open() is None
    assert Shelf(tmp_path).current_version() is None


def test_a_published_catalogue_opens_with_its_index(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "home")
    folder = shelf.publish(catalogue(), write_index)
    opened = shelf.open()
    assert opened is not None
    assert opened.folder == folder
    assert (folder / "index" / "words").read_text(encoding="utf-8") == "S9353"
    statement = opened.current("S9353", date(2025, 11, 1))
    assert statement is not None
    assert statement.record == RECORD
    assert opened.releases == (RELEASE,)
    assert opened.notes["0088"] == "S codes"


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    folder = shelf.publish(catalogue(), write_index)
    (folder / "index" / "words").write_text("S9354", encoding="utf-8")
    with pytest.raises(ShelfError, match=r"damaged in index/words; load the releases again"):
        shelf.open()

"""PDAC's list of items that require coding verification, which has no date."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.src.hcpcs.companions.companion_files import csv_of, facts_on, read_bytes, store_of

from hcpcs.companions.edition import EditionKind


def test_a_list_without_a_date_holds_on_every_day(tmp_path: Path) -> None:
    rows = [("HCPCS", "LCD", "Description"), ("A5512", "Therapeutic Shoes", "AN INSERT")]
    store = store_of(tmp_path, *read_bytes(tmp_path, "verification.csv", csv_of(rows)))
    for day in (date(2001, 1, 1), date(2030, 1, 1)):
        (fact,) = facts_on(store, EditionKind.CODING_VERIFICATION, "A5512", day).facts
        assert (fact.value, fact.qualifiers.texts()) == ("required", {"policy": "Therapeutic Shoes"})
    assert fact.edition == "PDAC list of items that require coding verification (undated)"

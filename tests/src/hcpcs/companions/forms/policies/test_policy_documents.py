"""Medicare coverage documents: by number and by title, with contractors, days and link."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.src.hcpcs.companions.companion_files import csv_of, facts_on, read_bytes, store_of

from hcpcs.companions.edition import EditionKind
from hcpcs.errors import ReleaseError

HEADER = (
    "contractor_name_type", "document_display_id", "document_type", "document_version", "effective_date", "note",
    "retirement_date", "title", "url",
)  # fmt: skip
CONTRACTORS = "CGS Administrators, LLC\n(DME MAC)\n\nNoridian Healthcare Solutions, LLC\n(DME MAC)"
ROW = (
    CONTRACTORS,
    "L33718",
    "LCD",
    "52",
    "01/01/2024",
    "",
    "N/A",
    "Positive Airway  Pressure",
    "https://example.org/l",
)
RETIRED = ("WPS\n(MAC - Part A)", "A52467", "Article", "3", "10/01/2015", "Retired", "09/22/2024", "An Article", "x")
NAME = "documents_2025-08.csv"


def test_a_document_is_found_by_its_number_and_by_its_title(tmp_path: Path) -> None:
    store = store_of(tmp_path, *read_bytes(tmp_path, NAME, csv_of([HEADER, ROW, RETIRED])))
    day = date(2025, 9, 1)
    for text in ("L33718", "l33718", "positive airway pressure"):
        (fact,) = facts_on(store, EditionKind.POLICIES, text, day).facts
        assert (fact.code, fact.value, fact.first_day, fact.last_day) == ("", "L33718", date(2024, 1, 1), None)
        assert fact.qualifiers.link == "https://example.org/l"
        assert fact.qualifiers.contractors == (
            "CGS Administrators, LLC (DME MAC); Noridian Healthcare Solutions, LLC (DME MAC)"
        )
    (retired,) = facts_on(store, EditionKind.POLICIES, "A52467", day).facts
    assert not retired.holds_on(day)


def test_a_number_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="'X1' is not the number of an LCD, article or NCD"):
        read_bytes(tmp_path, NAME, csv_of([HEADER, (ROW[0], "X1", *ROW[2:])]))

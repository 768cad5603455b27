"""The face-to-face and written order list: a table that is loaded, and the one that the program has."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from tests.src.hcpcs.companions.companion_files import csv_of, facts_on, read_bytes, store_of

from hcpcs.companions.edition import EditionKind
from hcpcs.companions.forms.face_to_face import own_list
from hcpcs.errors import ReleaseError

NAME = "face_to_face_2027-01-15.csv"
HEADER = ("HCPCS", "F2F_WOPD_FROM", "F2F_WOPD_UNTIL")


def test_a_table_is_loaded_with_the_days_of_each_code(tmp_path: Path) -> None:
    rows = [HEADER, ("K0856", "2022-04-13", ""), ("L1833", "2022-04-13", "2024-08-11"), ("99213", "2022-04-13", "")]
    (packed,) = read_bytes(tmp_path, NAME, csv_of(rows))
    assert (packed.edition.label, packed.edition.rows, packed.edition.dropped) == (
        "Required Face-to-Face Encounter and Written Order Prior to Delivery List of January 15, 2027",
        2,
        1,
    )
    store = store_of(tmp_path, packed)
    (fact,) = facts_on(store, EditionKind.FACE_TO_FACE, "l1833", date(2023, 1, 1)).facts
    assert (fact.first_day, fact.last_day) == (date(2022, 4, 13), date(2024, 8, 11))


def test_a_code_without_its_first_day_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="line 2: K0856 lacks its first day on the list"):
        read_bytes(tmp_path, NAME, csv_of([HEADER, ("K0856", "", "")]))


def test_the_list_of_the_program_has_as_many_codes_as_each_notice_says() -> None:
    """46 power mobility devices and 7 others; 10; 13 with one removed; 8 of which 7 are known; 105 in the end."""
    joined = Counter(fact.first_day for fact in own_list().facts)
    assert [joined[day] for day in sorted(filter(None, joined))] == [53, 10, 13, 7, 23]

    def on_the_list(day: date) -> int:
        return sum(fact.holds_on(day) for fact in own_list().facts)

    counts = {day: on_the_list(day) for day in (date(2022, 4, 13), date(2023, 4, 17), date(2024, 8, 12))}
    assert list(counts.values()) == [53, 63, 75]
    assert on_the_list(date(2026, 10, 28)) == 105
    assert on_the_list(date(2022, 4, 12)) == 0


def test_what_the_sources_leave_open_is_not_a_no() -> None:
    own = own_list()
    assert own.unsettled_on("L1833", date(2025, 1, 1)) is not None
    assert own.unsettled_on("E1392", date(2026, 4, 13)) is not None
    assert own.unsettled_on("E1392", date(2026, 10, 28)) is None
    assert own.unsettled_on("K0856", date(2025, 1, 1)) is None

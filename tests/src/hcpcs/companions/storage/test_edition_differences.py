"""What differs between two editions of a companion file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.src.hcpcs.companions.companion_files import FEE_ROWS, FILES, LIMIT_ROWS, table_text
from tests.src.hcpcs.releases.writing import put

from hcpcs.companions.companion_reader import read_companions
from hcpcs.companions.storage.edition_differences import DifferenceKind, EditionDifference, compare_editions
from hcpcs.companions.storage.packed_rows import PackedEdition

SCHEDULE = "DMEPOS26_JAN.csv"
LIMITS = "payment limits.csv"


def edition(folder: Path, name: str, rows: Sequence[Sequence[str]]) -> PackedEdition:
    (packed,) = read_companions(put(folder, name, table_text(name, rows)))
    return packed


def stated(differences: Sequence[EditionDifference]) -> list[tuple[str, ...]]:
    return [
        ("-".join((one.code, *one.qualifiers)), one.what, one.difference.value, one.before, one.after, str(one.percent))
        for one in differences
    ]


def test_amounts_of_a_schedule_go_up_down_come_and_go(tmp_path: Path) -> None:
    before = edition(tmp_path, SCHEDULE, FEE_ROWS)
    first = list(FEE_ROWS[0])
    first[7], first[9], first[10], first[12] = "52.13", "50.50", "90", "61.5"
    added = ("A4253", "NU", "", "D", "IN", "0", "0", "8", "0", "8.32", "0", "9", "0", "Strips")
    after = edition(tmp_path, SCHEDULE, [first, *FEE_ROWS[1:4], added])
    assert stated(list(compare_editions(before, after))) == [
        ("A4253-NU", "", "added", "", "", "None"),
        ("E0601-RR", "AK rural", "added", "0", "61.5", "None"),
        ("E0601-RR", "AL", "up", "51.11", "52.13", "2.00"),
        ("E0601-RR", "TX rural", "down", "91.52", "90", "-1.66"),
        ("L8680", "", "gone", "", "", "None"),
    ]


def test_limits_that_are_the_same_number_do_not_differ(tmp_path: Path) -> None:
    before = edition(tmp_path, LIMITS, LIMIT_ROWS)
    rows = [list(row) for row in LIMIT_ROWS]
    rows[0][3], rows[2][3] = "31.4150", "212.84"
    differences = list(compare_editions(before, edition(tmp_path, LIMITS, rows)))
    assert stated(differences) == [("A9606", "limit", "changed", "N/A", "212.84", "None")]
    assert differences[0].difference is DifferenceKind.CHANGED
    assert FILES[LIMITS][2] == LIMIT_ROWS

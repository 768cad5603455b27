"""Payment limits of two quarters and fee schedules of two, for tests of what channels are told of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.src.hcpcs.companions.companion_files import (
    FEE_ROWS,
    LIMIT_BANNER,
    LIMIT_HEADER,
    LIMIT_ROWS,
    csv_of,
    read_bytes,
    store_of,
    table_text,
)

from hcpcs.companions.storage.companion_store import CompanionStore

SCHEDULE = "DMEPOS26_JAN.csv"
_NEXT = ("January 1, 2026 through March 31", "April 1, 2026 through June 30")

Rows = Sequence[Sequence[str]]


def limits(rows: Rows = LIMIT_ROWS, *, april: bool = False) -> bytes:
    """Payment limits of January 2026, or of April."""
    banner = [tuple(text.replace(*_NEXT) if april else text for text in row) for row in LIMIT_BANNER]
    return csv_of([*banner, LIMIT_HEADER, *rows])


def dearer_limits() -> Rows:
    """The limits with J1745 at 32.5 instead of 31.415, and A9606 at 212 instead of N/A."""
    first, second, third = LIMIT_ROWS
    return [(*first[:3], "32.5", *first[4:]), second, (*third[:3], "212", *third[4:])]


def january_store(folder: Path) -> CompanionStore:
    """Payment limits of January 2026 and the fee schedule of October 2025."""
    folder.mkdir(exist_ok=True)
    cheaper = [
        (*row[:7], *("49.06" if cell == "50.5" else "58" if cell == "60" else cell for cell in row[7:]))
        for row in FEE_ROWS
    ]
    former = table_text(SCHEDULE, cheaper).replace(b"January 2026", b"October 2025")
    return store_of(
        folder, *read_bytes(folder, "limits.csv", limits()), *read_bytes(folder, "DMEPOS25_OCT.csv", former)
    )


def april_store(folder: Path) -> CompanionStore:
    """The same, with payment limits of April and the fee schedule of January: E0601 is dearer in TX and AK."""
    folder.mkdir(exist_ok=True)
    january = january_store(folder / "january")
    return store_of(
        folder,
        *january.packed(),
        *read_bytes(folder, "april.csv", limits(dearer_limits(), april=True)),
        *read_bytes(folder, SCHEDULE, table_text(SCHEDULE)),
    )

"""Releases as a table for people, as ``load``, ``update`` and ``status`` print them."""

from __future__ import annotations

from typing import Final

from rich.table import Table

from hcpcs.records.record import Release

_COLUMNS: Final = {
    "Release": "left",
    "Procedures": "right",
    "Modifiers": "right",
    "Terminated": "right",
    "Digest": "left",
}


def releases_table(releases: tuple[Release, ...]) -> Table:
    """Releases with their numbers of records, in the given order."""
    table = Table(box=None, pad_edge=False, padding=(0, 1))
    for heading, side in _COLUMNS.items():
        table.add_column(heading, justify="right" if side == "right" else "left")
    for release in releases:
        table.add_row(
            release.label,
            f"{release.procedures:,}",
            f"{release.modifiers:,}",
            f"{release.terminated:,}",
            release.short_digest,
        )
    return table

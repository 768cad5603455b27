"""Editions of companion files as a table for people and as JSON, as ``load`` and ``status`` print them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from rich.console import Group
from rich.table import Table
from rich.text import Text

from hcpcs.companions.edition import Edition

OUTDATED: Final = "* Its quarter is over, and CMS has published a newer edition."
"""The line under a table with an outdated edition."""


def editions_table(editions: Iterable[Edition], today: date) -> Group:
    """Editions with their rows, first days and ages, in the given order; those whose quarter is over are marked."""
    table = Table(box=None, pad_edge=False, padding=(0, 1))
    table.add_column("Edition", overflow="fold")
    table.add_column("Rows", justify="right")
    table.add_column("From", no_wrap=True)
    table.add_column("Age", no_wrap=True)
    outdated = False
    for edition in editions:
        outdated = outdated or edition.is_outdated(today)
        table.add_row(edition.label, f"{edition.rows:,}", _iso(edition.from_day) or "no date", _age(edition, today))
    return Group(table, Text(OUTDATED, style="dim")) if outdated else Group(table)


def _age(edition: Edition, today: date) -> str:
    if edition.from_day is None:
        return ""
    days = (today - edition.from_day).days
    if days < 0:
        return f"in {-days} days"
    return f"{days} days*" if edition.is_outdated(today) else f"{days} days"


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()

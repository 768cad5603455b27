"""Editions of companion files as a table for people and as JSON, as ``load`` and ``status`` print them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from rich.console import Group
from rich.table import Table
from rich.text import Text

from hcpcs.companions.edition import Edition
from hcpcs.companions.edition_kinds import has_newer

OUTDATED: Final = "* Its quarter is over, or CMS renews it weekly: CMS has published a newer edition."
"""The line under a table with an outdated edition."""


def editions_table(editions: Iterable[Edition], today: date) -> Group:
    """Editions with their rows, ages, and when the next one is due, in the given order, oldest first in each kind.

    Only the newest edition of a kind can be due for another one; it is marked where CMS has published a newer one.
    """
    listed = tuple(editions)
    newest = {edition.kind: edition for edition in listed}
    table = Table(box=None, pad_edge=False, padding=(0, 1))
    table.add_column("Edition", overflow="fold")
    table.add_column("Rows", justify="right")
    table.add_column("Age", no_wrap=True)
    table.add_column("Next due", no_wrap=True)
    outdated = False
    for edition in listed:
        is_newest = newest[edition.kind] is edition
        is_outdated = is_newest and has_newer(edition, today)
        outdated = outdated or is_outdated
        due = str(edition.next_due or ("weekly" if is_outdated else "")) if is_newest else ""
        due = f"{due}*" if is_outdated else due
        table.add_row(edition.label, f"{edition.rows:,}", _age(edition, today), due)
    return Group(table, Text(OUTDATED, style="dim")) if outdated else Group(table)


def _age(edition: Edition, today: date) -> str:
    if edition.from_day is None:
        return "no date"
    days = (today - edition.from_day).days
    return f"in {-days} days" if days < 0 else f"{days} days"

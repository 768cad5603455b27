"""Changes as tables for other programs: CSV and Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from hcpcs.answers.rendering.csv_cells import csv_table
from hcpcs.catalog.changes import Change

_COLUMNS = ("code", "kind", "field", "before", "after", "short_description")


def _rows(changes: Iterable[Change]) -> Iterable[tuple[str, ...]]:
    for change in changes:
        for name in change.before | change.after:
            yield (
                change.code,
                change.kind.value,
                name,
                change.before.get(name, ""),
                change.after.get(name, ""),
                change.short_description,
            )


def changes_csv(changes: Iterable[Change]) -> str:
    """One row per changed field, with a header row."""
    return csv_table([_COLUMNS, *_rows(changes)])


def changes_markdown(changes: Iterable[Change]) -> str:
    """One row per changed field as a Markdown table."""
    lines = [f"| {' | '.join(_COLUMNS)} |", f"|{' --- |' * len(_COLUMNS)}"]
    for row in _rows(changes):
        cells = (cell.replace("|", "\\|").replace("\n", " ") for cell in row)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"

"""Changes as tables for other programs: CSV and Markdown."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from hcpcs.catalog.changes import Change

_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet calculate a cell instead of showing it (OWASP, CSV injection)."""
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


def csv_text(text: str) -> str:
    """A cell that a spreadsheet shows as it is: what would be a formula gets an apostrophe, a number doesn't."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA_STARTS) and not _NUMBER.fullmatch(text) else text


def changes_csv(changes: Iterable[Change]) -> str:
    """One row per changed field, with a header row."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([csv_text(cell) for cell in row] for row in _rows(changes))
    return out.getvalue()


def changes_markdown(changes: Iterable[Change]) -> str:
    """One row per changed field as a Markdown table."""
    lines = [f"| {' | '.join(_COLUMNS)} |", f"|{' --- |' * len(_COLUMNS)}"]
    for row in _rows(changes):
        cells = (cell.replace("|", "\\|").replace("\n", " ") for cell in row)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"

"""Cells of CSV files that a spreadsheet shows as they are, and never calculates."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Final

_NUMBER: Final = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?")
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What makes a spreadsheet take a cell for a formula (OWASP, "CSV Injection")."""


def safe_cell(text: str) -> str:
    """The text, with an apostrophe before what would open a formula, after spaces or not; a number stays as it is."""
    opens = text.lstrip(" \u00a0\u3000").startswith(_FORMULA_STARTS)
    return f"'{text}" if opens and not _NUMBER.fullmatch(text) else text


def csv_table(rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV, each cell safe; ``None`` is a blank cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([safe_cell("" if cell is None else str(cell)) for cell in row] for row in rows)
    return out.getvalue()

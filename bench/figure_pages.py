"""Writes tables of figures into the pages: between ``<!-- bench: NAME -->`` and ``<!-- end -->``, and nothing else.

The sentences around them are people's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import fill
from typing import Final

from bench.figure import Table
from bench.machine import ROOT

PAGES: Final = (ROOT / "docs/figures.md", ROOT / "README.md")
WIDTH: Final = 120
"""Characters of a line."""
BLOCK: Final = re.compile(r"(<!-- bench: ([a-z_]+)(?: (\d+))? -->\n)(.*?)(<!-- end -->\n)", re.DOTALL)
"""A block: the name of its bench, and the number of its only table, as in ``<!-- bench: relevance 2 -->``."""


def write_figures(name: str, tables: Sequence[Table], machine: str) -> None:
    """Replaces what the blocks of a bench contain with a line on the machine and the tables."""

    def replace(block: re.Match[str]) -> str:
        if block[2] != name:
            return block[0]
        chosen = [tables[int(block[3]) - 1]] if block[3] else tables
        texts = ["\n".join(table.lines(padded=False)) for table in chosen]
        return f"{block[1]}{fill(machine, WIDTH)}\n\n" + "\n\n".join(texts) + f"\n{block[5]}"

    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        written = BLOCK.sub(replace, text)
        if written != text:
            page.write_text(written, encoding="utf-8")

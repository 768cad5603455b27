"""A file of claims annotated: rows a second and peak memory, with codes and days as a year of claims has them."""

from __future__ import annotations

import csv
import io
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from bench.release import RELEASE
from hcpcs.catalog.shelf import Shelf
from hcpcs.claims.annotator import Annotator
from hcpcs.claims.claim_table import ClaimColumns, annotate_table, csv_rows
from hcpcs_bot.bootstrap import open_desk, publish_index
from hcpcs_bot.settings import Settings
from hcpcs_bot.updates.load import load_files

ROWS = 200_000
"""Rows, unless the first argument is another number."""
COMMON_CODES = 400
"""Codes that nine rows in ten have: few codes make most of the lines of a supplier or practice."""
FIRST_DAY = date(2025, 1, 1)
DAYS = 365


def claim_lines(codes: list[str], rows: int) -> Iterator[str]:
    """The lines of a claims file."""
    chosen = random.Random(1)
    common = chosen.sample(codes, min(COMMON_CODES, len(codes)))
    yield "claim,hcpcs,dos,units,charge\n"
    for number in range(rows):
        code = chosen.choice(common if chosen.random() < 0.9 else codes)
        day = FIRST_DAY + timedelta(chosen.randrange(DAYS))
        yield f"C{number},{code},{day.isoformat()},{chosen.randint(1, 9)},{chosen.randint(10, 900)}.00\n"


class _Discard(io.TextIOBase):
    """Counts the characters that are written."""

    written = 0

    def write(self, text: str) -> int:
        self.written += len(text)
        return len(text)


def run(arguments: list[str]) -> None:
    """Annotates the rows against the release; with ``--home FOLDER``, against what is loaded there."""
    home = arguments[arguments.index("--home") + 1] if "--home" in arguments else None
    rows = int(arguments[0]) if arguments and arguments[0].isdigit() else ROWS
    with tempfile.TemporaryDirectory() as folder:
        if home is None:
            load_files(Shelf(Path(folder)), [RELEASE], publish_index, lambda path: lambda done, total: None)
        desk = open_desk(Settings().at(Path(home or folder)))
        lines = list(claim_lines(list(desk.catalog.procedures()), rows))
        annotator = Annotator(desk.catalog, desk.companions, date(2026, 1, 15), "TX")
        columns = ClaimColumns("hcpcs", "dos", "units")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        writer = csv.writer(_Discard(), lineterminator="\n")
        started = time.process_time()
        writer.writerows(annotate_table(csv_rows(lines), columns, annotator))
        taken = time.process_time() - started
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    sys.stdout.write(f"{rows:,} rows: {rows / taken:,.0f} a second; memory grew by {grown:.0f} MB\n")

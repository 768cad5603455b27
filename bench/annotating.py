"""A file of claims annotated: rows a second and peak memory, with codes and days as a year of claims has them."""

from __future__ import annotations

import argparse
import csv
import io
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from bench.commands import cost_of
from bench.figure import Row, Table
from bench.own_process import in_own_process
from bench.process_memory import peak, resident
from bench.release import RELEASE, companion_files, every_release, loaded_home
from hcpcs.claims.annotator import Annotator
from hcpcs.claims.claim_table import ClaimColumns, annotate_table, csv_rows
from hcpcs_bot.bootstrap import open_desk
from hcpcs_bot.settings import Settings

ROWS: Final = 200_000
COMMAND_ROWS: Final = 1_000_000
"""Rows of the file that the whole command reads."""
COMMON_CODES: Final = 400
"""Codes that nine rows in ten have: few codes make most of the lines of a supplier or practice."""
FIRST_DAY: Final = date(2025, 1, 1)
DAYS: Final = 365


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
    """Takes what is written, and keeps nothing."""

    def write(self, text: str) -> int:
        return len(text)


def annotated(home: Path, rows: int) -> tuple[float, float]:
    """The rows a second of processor time, reading and writing CSV included, and the growth of memory in MB."""
    desk = open_desk(Settings().at(home))
    lines = list(claim_lines(list(desk.catalog.procedures()), rows))
    annotator = Annotator(desk.catalog, desk.companions, date(2026, 1, 15), "TX")
    columns = ClaimColumns("hcpcs", "dos", "units")
    before = resident()
    writer = csv.writer(_Discard(), lineterminator="\n")
    started = time.process_time()
    writer.writerows(annotate_table(csv_rows(lines), columns, annotator))
    taken = time.process_time() - started
    return rows / taken, peak() - before


def whole_command(home: Path, rows: int) -> Row:
    """``hcpcs annotate`` with a file on disk, read and written."""
    codes = list(open_desk(Settings().at(home)).catalog.procedures())
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "claims.csv"
        file.write_text("".join(claim_lines(codes, rows)), encoding="utf-8")
        columns = ["--code", "hcpcs", "--day", "dos", "--units", "units"]
        cost = cost_of(["annotate", str(file), *columns, "--output", str(Path(folder) / "annotated.csv")], home)
        megabytes = file.stat().st_size / 1e6
    name = f"`hcpcs annotate`, a file of {rows:,} rows ({megabytes:.0f} MB), one release: whole command"
    return Row(name, (f"{rows / cost.seconds:,.0f}", f"{cost.megabytes} MB in all"))


def run(arguments: Sequence[str]) -> list[Table]:
    """Annotates against one release, ten releases, and one release with all companion files."""
    parser = argparse.ArgumentParser(prog="bench annotating", description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS, metavar="N", help="rows of the file")
    parser.add_argument(
        "--command-rows", type=int, default=COMMAND_ROWS, metavar="N", help="rows for the whole command"
    )
    parser.add_argument("--home", type=Path, help="a home, in place of all others")
    options = parser.parse_args(arguments)
    if options.home:
        homes = {str(options.home): nullcontext(options.home)}
    else:
        homes = {
            "the release of October 2025": loaded_home(),
            "ten releases": loaded_home(every_release()),
            "one release and all companion files": loaded_home([RELEASE, *companion_files()]),
        }
    rows = []
    for name, opened in homes.items():
        with opened as home:
            rate, grown = in_own_process(annotated, home, options.rows)
            rows.append(Row(f"{options.rows:,} rows, {name}", (f"{rate:,.0f}", f"{grown:.0f} MB")))
            if len(rows) == 1:
                command = whole_command(home, options.command_rows)
    return [Table(("claims", "rows a second", "growth of memory"), (*rows, command))]

"""Signed slash commands while a real server is attacked over HTTP: ``make attack`` with its figures as a table."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.bot.serving.attack import GOAL_MS, STOP_SECONDS, attack_server

from bench.figure import Goal, Row, Table, of_value, one_column

LATENCY: Final = Goal(GOAL_MS, " ms")
STOP: Final = Goal(STOP_SECONDS, " s")
ALL_ANSWERED: Final = Goal(0, "")


def run(arguments: Sequence[str]) -> list[Table]:
    """How commands were answered during each attack, and how long the server took to stop."""
    parser = argparse.ArgumentParser(prog="bench attack", description=__doc__)
    parser.add_argument("--seconds", type=float, default=8, metavar="N", help="seconds of each attack")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as home:
        report = asyncio.run(attack_server(Path(home), seconds=options.seconds, half_open_requests=1_100, bodies=300))
    rows = []
    for one in report.attacks:
        cells = (f"{one.answered}, {one.failed}", f"{one.memory_mb} MB", f"{one.p50_ms:.1f} ms", f"{one.p99_ms:.1f} ms")
        goal = None if one is report.attacks[0] else LATENCY
        rows.append(Row(one.name, cells, goal, one.p99_ms))
    rest = [
        of_value("commands that were not answered, in all", "{:.0f}", report.failed, ALL_ANSWERED),
        of_value("stop with 20 slow bodies open", "{:.1f} s", report.stop_seconds, STOP),
    ]
    return [Table(("attack", "answered, not answered", "memory", "p50", "p99"), tuple(rows)), one_column(rest)]

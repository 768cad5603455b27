"""Whole processes: processor time and peak memory of the commonest commands, with the release of October 2025.

The least of several runs counts: what other work on the machine adds is not the command's.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from bench.figure import Goal, Row, Table
from bench.release import loaded_home

GOALS: Final = {
    ("--version",): Goal(0.15, " s"),
    ("ask", "S9353"): Goal(0.4, " s"),
    ("search", "pump"): Goal(0.55, " s"),
}
"""The processor time of a command."""
MAIN: Final = """
import atexit, sys
from hcpcs_bot.cli import main
atexit.register(lambda: sys.stderr.write(open("/proc/self/status").read()))
main()
"""
"""The command line, which says its peak memory at its end: what the kernel says of a child has the parent's in it."""
COMMANDS: Final = (*GOALS, ("show", "E0601"), ("status",))


class ProcessCost(NamedTuple):
    """What a process took: seconds of processor time, and megabytes at its largest."""

    seconds: float
    megabytes: int


def cost_of(command: Sequence[str], home: Path) -> ProcessCost:
    """The cost of one run. Raises ``RuntimeError`` if it fails."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN, *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**environment, "HCPCS_HOME": str(home)},
    )
    assert process.stderr is not None
    peak = re.search(rb"VmHWM:\s*(\d+) kB", process.stderr.read())
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode or peak is None:
        raise RuntimeError(f"hcpcs {' '.join(command)} ended with {process.returncode}")
    return ProcessCost(used.ru_utime + used.ru_stime, int(peak[1]) // 1024)


def run(arguments: Sequence[str]) -> list[Table]:
    """The cost of each command."""
    parser = argparse.ArgumentParser(prog="bench commands", description=__doc__)
    parser.add_argument("--runs", type=int, default=7, metavar="N", help="runs of each command")
    parser.add_argument("--home", type=Path, help="a home with a release")
    options = parser.parse_args(arguments)
    if options.home:
        return [measure(options.home, options.runs)]
    with loaded_home() as home:
        return [measure(home, options.runs)]


def measure(home: Path, runs: int) -> Table:
    """The least processor time of ``runs`` runs of each command, and its largest peak of memory."""
    rows = []
    for command in COMMANDS:
        costs = [cost_of(command, home) for _ in range(runs)]
        seconds, megabytes = min(cost.seconds for cost in costs), max(cost.megabytes for cost in costs)
        cells = (f"{megabytes} MB", f"{seconds:.2f} s")
        rows.append(Row(f"`hcpcs {' '.join(command)}`", cells, GOALS.get(command), seconds))
    return Table(("command", "peak memory", f"processor time, least of {runs} runs"), tuple(rows))

"""Whole processes: processor time and peak memory of the commonest commands, with the release of October 2025.

The least of several runs counts: what other work on the machine adds is not the command's.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from bench.release import RELEASE
from hcpcs.catalog.shelf import Shelf
from hcpcs_bot.bootstrap import publish_index
from hcpcs_bot.updates.load import load_files

GOALS: Final = {("--version",): 0.15, ("ask", "S9353"): 0.40, ("search", "pump"): 0.55}
"""Seconds of processor time that a command may take."""
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


@contextmanager
def loaded_home() -> Iterator[Path]:
    """A home with the release, while it is used."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        load_files(Shelf(home), [RELEASE], publish_index, lambda path: lambda done, total: None)
        yield home


def run(arguments: Sequence[str]) -> None:
    """Prints the cost of each command, and whether its goal is reached."""
    parser = argparse.ArgumentParser(prog="bench commands", description=__doc__)
    parser.add_argument("--runs", type=int, default=7, metavar="N", help="runs of each command")
    parser.add_argument("--home", type=Path, help="a home with a release")
    options = parser.parse_args(arguments)
    if options.home:
        measure(options.home, options.runs)
        return
    with loaded_home() as home:
        measure(home, options.runs)


def measure(home: Path, runs: int) -> None:
    """Prints the least of ``runs`` runs of each command."""
    for command in COMMANDS:
        costs = [cost_of(command, home) for _ in range(runs)]
        seconds, megabytes = min(cost.seconds for cost in costs), max(cost.megabytes for cost in costs)
        goal = GOALS.get(command)
        verdict = "" if goal is None else f"  goal {goal:.2f} s: {'reached' if seconds <= goal else 'not reached'}"
        print(f"hcpcs {' '.join(command):12} {seconds:.2f} s  {megabytes} MB{verdict}", flush=True)

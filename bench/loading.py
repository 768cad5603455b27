"""Loading the full release into an empty home, index included, by ``hcpcs load``: processor time and peak memory.

The least of several runs counts: what other work on the machine adds is not the command's.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench.commands import cost_of
from bench.figure import Goal, Table, of_value, one_column
from bench.release import RELEASE

RUNS: Final = 3
SECONDS: Final = Goal(3.5, " s")
"""Half of what a load took before the index was analyzed once."""
MEMORY: Final = Goal(400, " MB")


def run(_: Sequence[str]) -> list[Table]:
    """Loads several times, each in a process and a home of its own."""
    costs = []
    for _number in range(RUNS):
        with tempfile.TemporaryDirectory() as home:
            costs.append(cost_of(["load", str(RELEASE)], Path(home)))
    name = f"`hcpcs load` of October 2025, index included, least of {RUNS} runs"
    return [
        one_column(
            [
                of_value(f"{name}: processor time", "{:.1f} s", min(cost.seconds for cost in costs), SECONDS),
                of_value(f"{name}: peak memory", "{:.0f} MB", max(cost.megabytes for cost in costs), MEMORY),
            ]
        )
    ]

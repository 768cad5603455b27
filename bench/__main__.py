"""``python -m bench [NAME [OPTION...]]``: runs one bench, or all of them, each in a process of its own.

``python -m bench --write [NAME...]`` also writes the figures into docs/figures.md and README.md. The last lines say
which goals were missed, and what was not measured.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from typing import Final

from bench.figure import Row
from bench.figure_pages import write_figures
from bench.machine import machine_line
from bench.own_process import in_own_process, tables_of
from bench.release import NotMeasuredError

BENCHES: Final = {
    "loading": "loading the full release, index included: seconds and peak memory",
    "commands": "whole processes: processor time and peak memory of the commonest commands",
    "asking": "1,000 questions about codes, releases already open: milliseconds each",
    "history": "a catalog of ten releases: size against one, opening, look-ups",
    "companions": "all companion files: loading, opening, look-ups, and code questions with and without them",
    "annotating": "a file of claims: rows a second and memory",
    "relevance": "how often search puts the right code first, against other engines",
    "search": "search speed against other engines, cold open, memory",
    "growth": "made-up releases and indexes of 1, 10 and more times the codes: load, memory, and time of a question",
    "http": "the query service against the same framework with a constant body, latency, and slow questions of others",
    "serving": "the served process with ten releases and all companion files: processor time to ready, memory",
    "event_loop": "what the event loop of the server runs: the longest callback",
    "slack": "signed slash commands through the whole app against Bolt with an empty listener",
    "attack": "signed slash commands while a real server is attacked over HTTP",
    "install": "the installation of `make run` and of each extra: megabytes downloaded and on disk, seconds",
}
WITHOUT_RELEASE: Final = frozenset({"attack", "install"})
"""Benches that don't read the shared data."""


def main(arguments: Sequence[str]) -> int:
    """Runs the benches; 1 if one was not measured, 2 if one is not known."""
    writing = "--write" in arguments
    rest = [argument for argument in arguments if argument != "--write"]
    names, options = (rest, []) if writing else (rest[:1], rest[1:])
    if any(name not in BENCHES for name in names):
        print("\n".join(f"{name:12} {text}" for name, text in BENCHES.items()))
        return 2
    missed: list[tuple[str, Row]] = []
    unmeasured: dict[str, str] = {}
    goals = 0
    began = time.monotonic()
    for name in names or BENCHES:
        machine = machine_line()
        print(f"\n== {name}: {BENCHES[name]}\n{machine}", flush=True)
        started = time.monotonic()
        try:
            tables = in_own_process(tables_of, name, options, needs_release=name not in WITHOUT_RELEASE)
        except NotMeasuredError as error:
            unmeasured[name] = str(error)
            print(f"not measured: {error}")
            continue
        except Exception as error:  # noqa: BLE001 - the other benches are still worth running
            unmeasured[name] = f"failed: {error!r}"
            print(f"failed: {error!r}")
            continue
        for table in tables:
            print("", *table.lines(padded=True), sep="\n")
        print(f"\n({time.monotonic() - started:.0f} s)", flush=True)
        rows = [row for table in tables for row in table.rows if row.goal]
        goals += len(rows)
        missed += [(name, row) for row in rows if row.missed]
        if writing and tables:
            write_figures(name, tables, machine)
    minutes = (time.monotonic() - began) / 60
    print(f"\n== goals: {goals - len(missed)} of {goals} reached; {minutes:.0f} minutes in all")
    for name, row in missed:
        print(f"missed   {name}: {row.what}: {', '.join(row.cells)} ({row.goal})")
    for name, why in unmeasured.items():
        print(f"not measured   {name}: {why}")
    return int(bool(unmeasured))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

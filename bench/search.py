"""Search speed: ours and other engines on the same mixed queries in one run; cold open and memory.

Every engine is warmed up with other queries of the same kinds; then each query is timed the first time, and again when
repeated, by engines that are built several times, of which the median counts. It is the CPU time of the one thread
that all engines use, so that other processes count less. Goals are ratios within one run, because machines differ.
Ours does more than the others for a query, so it is also compared at equal work, from both sides.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from time import thread_time_ns
from typing import Final, NamedTuple

from bench.engine import Engine, entries
from bench.engines import RIVALS, Fts5, Ours, OursBare
from bench.equal_work import Fts5Expanded, OursWords, expressions_of
from bench.figure import Goal, Row, Table, of_value, one_column
from bench.queries import Kind, MixedQuery, mixed_queries
from bench.release import newest_catalog
from hcpcs_index import build_index, open_index
from hcpcs_index.inverted_index.search_table import load
from hcpcs_index.storage import FOLDER, TABLE_FILE

TURNS: Final = 5
"""Times that all engines are built and asked."""
PASSES: Final = 3
"""Times that an engine is asked all queries in a turn: what it is asked first, it was never asked before."""
WARMING_SEED: Final = 7
GOALS: Final = {
    "p50": Goal(1, "x"),
    "p99": Goal(0.5, "x"),
    "cold open": Goal(150, " ms"),
    "memory": Goal(120, " MB"),
}

COMPARED: Final = (
    ("p50", 0.5, OursBare.name, Fts5Expanded.name),
    ("p50", 0.5, OursWords.name, Fts5.name),
    ("p50", 0.5, OursBare.name, Fts5.name),
    ("p99", 0.99, OursBare.name, Fts5.name),
)
"""What is compared with SQLite: at equal work, and with all of our work beside its look-up of the words."""

COLD_OPEN: Final = r"""
import re, sys, time
start = time.process_time()
from pathlib import Path
from hcpcs.catalog.catalog import Catalog
imported = time.process_time()
from hcpcs_index.storage import open_index
catalog = Catalog.load(Path(sys.argv[1]) / "catalogue")
ours = time.process_time()
searcher = open_index(Path(sys.argv[1]), catalog)
opened = time.process_time()
searcher.search("home infusion pump")
answered = time.process_time()
peak = int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024
print((opened - ours) * 1000, (answered - opened) * 1000, peak)
"""


class Timing(NamedTuple):
    """Times of one query in nanoseconds: the first time, and repeated."""

    query: MixedQuery
    first: float
    again: float


def time_queries(
    build: Callable[[], list[Engine]], warming: Sequence[MixedQuery], queries: Sequence[MixedQuery]
) -> dict[str, list[Timing]]:
    """For each engine, the times of the queries that it supports.

    The engines take turns, so that a slow moment of the machine strikes them alike, and are built again for each turn,
    so that each query has several first times.
    """
    first: dict[tuple[str, int], list[float]] = defaultdict(list)
    again: dict[tuple[str, int], list[float]] = defaultdict(list)
    for _ in range(TURNS):
        engines = build()
        for engine in engines:
            for query in warming:
                if engine.can(query.kind):
                    engine.find(query)
        gc.collect()
        gc.freeze()  # as the server does
        for engine in engines:
            for passing in range(PASSES):
                times = again if passing else first
                for number, query in enumerate(queries):
                    if engine.can(query.kind):
                        times[engine.name, number].append(_timed(engine, query))
        gc.unfreeze()
    timings: dict[str, list[Timing]] = defaultdict(list)
    for (name, number), spent in first.items():
        repeated = statistics.median(again[name, number])
        timings[name].append(Timing(queries[number], statistics.median(spent), repeated))
    return timings


def _timed(engine: Engine, query: MixedQuery) -> int:
    start = thread_time_ns()
    engine.find(query)
    return thread_time_ns() - start


def percentile(values: Sequence[float], share: float) -> float:
    """The percentile of the values (nearest rank)."""
    return sorted(values)[min(len(values) - 1, round(share * len(values)))]


def run(arguments: Sequence[str]) -> list[Table]:
    """The times of all engines, of each kind of query, and the goals."""
    parser = argparse.ArgumentParser(prog="bench search", description=__doc__)
    parser.parse_args(arguments)
    catalog = newest_catalog()
    with tempfile.TemporaryDirectory() as folder_name:
        folder = Path(folder_name)
        build_index(catalog, folder)
        catalog.save(folder / "catalogue")
        rows = entries(catalog)
        queries, warming = mixed_queries(catalog), mixed_queries(catalog, WARMING_SEED)
        table_file = folder / FOLDER / TABLE_FILE
        expressions = expressions_of((*queries, *warming), load(table_file.read_bytes()))

        def build() -> list[Engine]:
            table = load(table_file.read_bytes())
            ours = (OursBare(open_index(folder, catalog)), Ours(open_index(folder, catalog)))
            equal = (OursWords(table, catalog.newest.effective), Fts5Expanded(table, rows, expressions))
            return [*ours, *(rival(rows) for rival in RIVALS), *equal]

        timings = time_queries(build, warming, queries)
        cold = [_cold_open(folder) for _ in range(3)]
    return [_engine_table(timings, len(queries)), _kind_table(timings), _goal_table(timings, cold)]


def _engine_table(timings: dict[str, list[Timing]], queries: int) -> Table:
    rows = []
    for name, measured in timings.items():
        first, again = [timing.first for timing in measured], [timing.again for timing in measured]
        cells = [f"{percentile(times, share) / 1e3:.0f}" for times in (first, again) for share in (0.5, 0.99)]
        left_out = queries - len(measured)
        rows.append(Row(f"{name}, without {left_out} queries that it can't do" if left_out else name, tuple(cells)))
    columns = (f"engine, {queries} queries, µs", "first time: p50", "p99", "repeated: p50", "p99")
    return Table(columns, tuple(rows))


def _kind_table(timings: dict[str, list[Timing]]) -> Table:
    rows = []
    for kind in Kind:
        cells = []
        for measured in timings.values():
            times = [timing.first for timing in measured if timing.query.kind is kind]
            cells.append(f"{percentile(times, 0.5) / 1e3:.0f} / {percentile(times, 0.99) / 1e3:.0f}" if times else "-")
        rows.append(Row(kind.value, tuple(cells)))
    return Table(("first time: p50 / p99, µs", *timings), tuple(rows))


def _goal_table(timings: dict[str, list[Timing]], cold: Sequence[tuple[float, float, float]]) -> Table:
    first = {name: [timing.first for timing in measured] for name, measured in timings.items()}

    def share_of(ours: str, fts5: str, share: float) -> float:
        return percentile(first[ours], share) / percentile(first[fts5], share)

    opened, answered, peak = (min(column) for column in zip(*cold, strict=True))
    return one_column(
        [
            *(
                of_value(
                    f"{part}, first time: {ours} as a share of {fts5}",
                    "{:.2f}x",
                    share_of(ours, fts5, share),
                    GOALS[part],
                )
                for part, share, ours, fts5 in COMPARED
            ),
            of_value("cold open", "{:.0f} ms", opened, GOALS["cold open"]),
            of_value("first answer after it", "{:.1f} ms", answered),
            of_value("peak memory of a process that only searches", "{:.0f} MB", peak, GOALS["memory"]),
        ]
    )


def _cold_open(folder: Path) -> tuple[float, float, float]:
    done = subprocess.run([sys.executable, "-c", COLD_OPEN, str(folder)], capture_output=True, text=True, check=True)
    opened, answered, peak = map(float, done.stdout.split())
    return opened, answered, peak

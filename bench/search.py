"""Search speed: ours and other engines on the same mixed queries in one run; cold open and memory.

Every engine is warmed up with other queries of the same kinds; then each query is timed the first time, and again when
repeated (median of several): CPU time of the one thread that all engines use, so that other processes count less.
Figures are ratios to ours within one run, because machines differ.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter_ns, thread_time_ns
from typing import Final, NamedTuple

from bench.engine import Engine, entries
from bench.engines import RIVALS, Ours, OursBare
from bench.queries import Kind, MixedQuery, mixed_queries
from bench.release import newest_catalog
from hcpcs_index import build_index, open_index

TURNS: Final = 3
PASSES: Final = 4
WARMING_SEED: Final = 7

COLD_OPEN: Final = r"""
import re, sys, time
start = time.perf_counter()
from pathlib import Path
from hcpcs.catalog.catalog import Catalog
imported = time.perf_counter()
from hcpcs_index.storage import open_index
catalog = Catalog.load(Path(sys.argv[1]) / "catalogue")
ours = time.perf_counter()
searcher = open_index(Path(sys.argv[1]), catalog)
opened = time.perf_counter()
searcher.search("home infusion pump")
answered = time.perf_counter()
peak = int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024
print((opened - ours) * 1000, (answered - opened) * 1000, peak)
"""


class Timing(NamedTuple):
    """Times of one query in nanoseconds: the first time, and repeated."""

    query: MixedQuery
    first: float
    again: float


def time_queries(engines: Sequence[Engine], queries: Sequence[MixedQuery]) -> dict[str, list[Timing]]:
    """For each engine, the times of the queries that it supports.

    The engines take turns, each with several passes over all queries, so that a slow moment of the machine strikes
    them alike. Of each turn the first pass only warms the processor's caches (and is the first meeting in turn one).
    """
    first: dict[tuple[str, int], float] = {}
    again: dict[tuple[str, int], list[float]] = defaultdict(list)
    for turn in range(TURNS):
        for engine in engines:
            for passing in range(PASSES):
                for number, query in enumerate(queries):
                    if engine.can(query.kind):
                        spent = _timed(engine, query)
                        if passing:
                            again[engine.name, number].append(spent)
                        elif not turn:
                            first[engine.name, number] = spent
    return {
        engine.name: [
            Timing(query, first[engine.name, number], statistics.median(again[engine.name, number]))
            for number, query in enumerate(queries)
            if engine.can(query.kind)
        ]
        for engine in engines
    }


def _timed(engine: Engine, query: MixedQuery) -> int:
    start = thread_time_ns()
    engine.find(query)
    return thread_time_ns() - start


def percentile(values: Sequence[float], share: float) -> float:
    """The percentile of the values (nearest rank)."""
    return sorted(values)[min(len(values) - 1, round(share * len(values)))]


def run(arguments: Sequence[str]) -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(prog="bench search", description=__doc__)
    parser.add_argument("--growth", type=int, default=1, metavar="N", help="also measure 1, 10, ... N synthetic copies")
    options = parser.parse_args(arguments)
    catalog = newest_catalog()
    with tempfile.TemporaryDirectory() as folder_name:
        folder = Path(folder_name)
        start = perf_counter_ns()
        build_index(catalog, folder)
        print(f"build {_ms(perf_counter_ns() - start):.0f} ms")
        catalog.save(folder / "catalogue")
        searcher = open_index(folder, catalog)
        rows = entries(catalog)
        engines: list[Engine] = [OursBare(searcher), Ours(open_index(folder, catalog)), *(r(rows) for r in RIVALS)]
        queries = mixed_queries(catalog)
        warming = mixed_queries(catalog, WARMING_SEED)
        for engine in engines:
            for query in warming:
                if engine.can(query.kind):
                    engine.find(query)
        gc.collect()
        gc.freeze()  # as the server does
        timings = time_queries(engines, queries)
        print(f"{len(queries)} queries")
        _print_engines(timings)
        _print_kinds(timings)
        cold = [_cold_open(folder) for _ in range(3)]
        opened, answered, peak = (min(column) for column in zip(*cold, strict=True))
        print(f"cold open {opened:.0f} ms, first answer {answered:.1f} ms, peak memory of the process {peak:.0f} MB")
    if options.growth > 1:
        from bench.growth import print_growth

        print_growth(options.growth)


def _print_engines(timings: dict[str, list[Timing]]) -> None:
    ours = timings[OursBare.name]
    print(
        f"\n{'engine':20} {'first met: p50':>16} {'p99':>16} {'met again: p50':>18} {'p99':>16}   (µs, and x of ours)"
    )
    for name, measured in timings.items():
        same = {timing.query for timing in measured}
        base = [timing for timing in ours if timing.query in same]
        cells = [
            _cell([t.first for t in measured], [t.first for t in base], 0.5),
            _cell([t.first for t in measured], [t.first for t in base], 0.99),
            _cell([t.again for t in measured], [t.again for t in base], 0.5),
            _cell([t.again for t in measured], [t.again for t in base], 0.99),
        ]
        left_out = len(ours) - len(measured)
        note = f"   without {left_out} queries it can't do" if left_out else ""
        print(f"{name:20} {cells[0]:>16} {cells[1]:>16} {cells[2]:>18} {cells[3]:>16}{note}")


def _print_kinds(timings: dict[str, list[Timing]]) -> None:
    print(f"\n{'p50 / p99 µs, first time':24}" + "".join(f"{name:>22}" for name in timings))
    for kind in Kind:
        cells = []
        for measured in timings.values():
            times = [timing.first for timing in measured if timing.query.kind is kind]
            cells.append(f"{percentile(times, 0.5) / 1e3:.0f} / {percentile(times, 0.99) / 1e3:.0f}" if times else "-")
        print(f"{kind.value:24}" + "".join(f"{cell:>22}" for cell in cells))


def _cell(times: Sequence[float], base: Sequence[float], share: float) -> str:
    value = percentile(times, share)
    return f"{value / 1e3:.0f} ({value / percentile(base, share):.2f}x)"


def _cold_open(folder: Path) -> tuple[float, float, float]:
    done = subprocess.run([sys.executable, "-c", COLD_OPEN, str(folder)], capture_output=True, text=True, check=True)
    opened, answered, peak = map(float, done.stdout.split())
    return opened, answered, peak


def _ms(nanoseconds: float) -> float:
    return nanoseconds / 1e6

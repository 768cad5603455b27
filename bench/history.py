"""The cost of history: ten releases against the newest alone, on disk and in memory, and the time of look-ups."""

from __future__ import annotations

import gc
import random
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import quantiles

from bench.release import SHARED_DATA, newest_catalog
from hcpcs.catalog.catalog import Catalog
from hcpcs.releases import ReadRelease, read_file

DAYS = [date(2016, 1, 1) + timedelta(days=7 * week) for week in range(520)]


def run(_: list[str]) -> None:
    """Prints the figures."""
    one = newest_catalog()
    started = time.perf_counter()
    read = [read_file(path) for path in sorted((SHARED_DATA / "releases").iterdir())]
    releases = [contents for contents in read if isinstance(contents, ReadRelease)]
    seconds_read = time.perf_counter() - started
    started = time.perf_counter()
    ten = Catalog.build(releases)
    print(f"{len(ten.releases)} releases read in {seconds_read:.1f} s, built in {time.perf_counter() - started:.1f} s")
    with tempfile.TemporaryDirectory() as folder:
        paths = Path(folder) / "one", Path(folder) / "ten"
        one.save(paths[0])
        ten.save(paths[1])
        compare("on disk", *(path.stat().st_size for path in paths))
        compare("in memory", *(memory_bytes(path) for path in paths))
        for path in paths:
            print(f"opening {path.name}: {median_milliseconds(partial(Catalog.load, path), 20):.1f} ms")
        ask(Catalog.load(paths[1]))


def compare(name: str, one: int, ten: int) -> None:
    """Prints two sizes in bytes and their ratio."""
    print(f"{name:10} one {one / 1e6:6.2f} MB   ten {ten / 1e6:6.2f} MB   ratio {ten / one:.2f}")


def memory_bytes(path: Path) -> int:
    """The bytes of an open catalog after every code was read, including the whole mapped file."""
    gc.collect()
    tracemalloc.start()
    catalog = Catalog.load(path)
    for code in catalog.codes():
        catalog.current(code, DAYS[-1])
    gc.collect()
    allocated, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return allocated + path.stat().st_size


def ask(catalog: Catalog) -> None:
    """Prints the time of one look-up, for a code not read before and for one read before."""
    chance = random.Random(1)
    fresh = chance.sample(catalog.codes(), len(catalog.codes()))
    known = chance.choices(fresh[-1000:], k=5000)
    for name, codes in (("not asked before", fresh), ("asked before", known)):
        print(f"current, {name:17}", percentiles([clock(partial(catalog.current, code, DAYS[-1])) for code in codes]))
    for name, codes in (("not asked before", fresh), ("asked before", known)):
        seconds = [clock(partial(catalog.as_of, code, chance.choice(DAYS))) for code in codes]
        print(f"as of,   {name:17}", percentiles(seconds))
    first, last = catalog.whole_releases[0].id, catalog.whole_releases[-1].id
    print(f"changes {first} to {last}: {1000 * clock(partial(catalog.changes, first, last)):.0f} ms")


def clock(action: Callable[[], object]) -> float:
    """The duration of a call in seconds."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def median_milliseconds(action: Callable[[], object], times: int) -> float:
    """The median of several runs, in milliseconds."""
    return 1000 * sorted(clock(action) for _ in range(times))[times // 2]


def percentiles(seconds: list[float]) -> str:
    """The median and the 99th percentile, in microseconds."""
    cuts = quantiles(seconds, n=100)
    return f"p50 {1e6 * cuts[49]:6.1f} us   p99 {1e6 * cuts[98]:6.1f} us"

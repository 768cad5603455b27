"""The cost of history: ten releases against the newest alone, on disk and in memory, and the time of look-ups."""

from __future__ import annotations

import gc
import random
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import quantiles
from typing import Final

from bench.figure import Goal, Row, Table, of_value, one_column
from bench.release import every_release, newest_catalog
from hcpcs.catalog.catalog import Catalog
from hcpcs.releases import ReadRelease, read_file

GROWTH: Final = Goal(2.5, "x")
DAYS: Final = [date(2016, 1, 1) + timedelta(days=7 * week) for week in range(520)]


def run(_: list[str]) -> list[Table]:
    """All figures of a catalog of ten releases."""
    one = newest_catalog()
    started = time.process_time()
    read = [read_file(path) for path in every_release()]
    releases = [contents for contents in read if isinstance(contents, ReadRelease)]
    reading = time.process_time() - started
    started = time.process_time()
    ten = Catalog.build(releases)
    building = time.process_time() - started
    with tempfile.TemporaryDirectory() as folder:
        paths = Path(folder) / "one release", Path(folder) / "ten releases"
        one.save(paths[0])
        ten.save(paths[1])
        rows = [
            of_value(f"reading {len(ten.releases)} releases, with their corrections", "{:.1f} s", reading),
            of_value("building their catalog", "{:.1f} s", building),
            compared("size on disk, ten releases against one", *(path.stat().st_size for path in paths)),
            compared("size in memory, ten releases against one", *(memory_bytes(path) for path in paths)),
            *(
                of_value(
                    f"opening a catalog of {path.name}",
                    "{:.1f} ms",
                    median_milliseconds(partial(Catalog.load, path), 20),
                )
                for path in paths
            ),
            *look_ups(Catalog.load(paths[1])),
        ]
    return [one_column(rows)]


def opening(path: Path) -> Row:
    """The time that opening a catalog takes."""
    return of_value(f"opening {path.name}", "{:.1f} ms", median_milliseconds(partial(Catalog.load, path), 20))


def compared(name: str, one: int, ten: int) -> Row:
    """Two sizes in bytes and their ratio."""
    return Row(name, (f"{ten / 1e6:.1f} MB against {one / 1e6:.1f} MB: {ten / one:.2f}x",), GROWTH, ten / one)


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


def look_ups(catalog: Catalog) -> Iterator[Row]:
    """The time of one look-up, for a code not read before and for one read before, and of all changes."""
    chance = random.Random(1)
    fresh = chance.sample(catalog.codes(), len(catalog.codes()))
    known = chance.choices(fresh[-1000:], k=5000)
    for name, codes in (("not asked before", fresh), ("asked before", known)):
        seconds = [clock(partial(catalog.current, code, DAYS[-1])) for code in codes]
        yield percentiles(f"a code as it is now, {name}", seconds)
    for name, codes in (("not asked before", fresh), ("asked before", known)):
        seconds = [clock(partial(catalog.as_of, code, chance.choice(DAYS))) for code in codes]
        yield percentiles(f"a code on a day, {name}", seconds)
    first, last = catalog.whole_releases[0].id, catalog.whole_releases[-1].id
    taken = clock(partial(catalog.changes, first, last))
    yield of_value(f"all changes from {first} to {last}, first time", "{:.2f} s", taken)


def clock(action: Callable[[], object]) -> float:
    """The processor time of a call in seconds."""
    started = time.process_time()
    action()
    return time.process_time() - started


def median_milliseconds(action: Callable[[], object], times: int) -> float:
    """The median of several runs, in milliseconds."""
    return 1000 * sorted(clock(action) for _ in range(times))[times // 2]


def percentiles(name: str, seconds: list[float]) -> Row:
    """The median and the 99th percentile, in microseconds."""
    cuts = quantiles(seconds, n=100)
    return Row(name, (f"p50 {1e6 * cuts[49]:.1f} µs, p99 {1e6 * cuts[98]:.1f} µs",))

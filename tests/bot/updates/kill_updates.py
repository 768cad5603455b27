"""Kills updates anywhere in their work, many times over, and checks the catalog after each: run by test_update_chaos.

Usage: kill_updates.py HOME KILLS SEED ADDRESS. ``ADDRESS/page/N`` is a page whose newest release is the Nth. Prints
how many releases the killed loaded. A process of its own, so that it may fork safely.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from datetime import date
from functools import partial
from pathlib import Path

from tests.bot.some_releases import record, release
from tests.killed_processes import calls_of, fork, killed

from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.shelf import Shelf
from hcpcs.releases import ReadRelease
from hcpcs.releases.content import Progress, no_progress
from hcpcs.releases.download.web import Web
from hcpcs_bot.updates.update import update

CODES = 30


def quarter(number: int) -> date:
    """The first day of the quarter of a release; there are more releases than years that a page may name."""
    return date(2000 + number // 4, 1 + number % 4 * 3, 1)


def numbered(number: int) -> ReadRelease:
    """A release in which every record names its number."""
    codes = [f"S93{at:02}" for at in range(CODES)]
    return release(f"{quarter(number):%Y-%m}", *(record(code, f"Edition {number}") for code in codes))


def write_index(catalog: Catalog, folder: Path) -> None:
    """An index of several files that must fit the catalog beside it."""
    (folder / "index").mkdir()
    for part in range(4):
        (folder / "index" / str(part)).write_text(catalog.newest.label, encoding="utf-8")


def newest_on(shelf: Shelf) -> int:
    """The number of the newest release on the shelf, after a look at all of it; 0 for an empty shelf."""
    catalog = shelf.open()
    if catalog is None:
        return 0
    assert catalog.folder is not None
    label = catalog.newest.label
    assert {(catalog.folder / "index" / str(part)).read_text(encoding="utf-8") for part in range(4)} == {label}
    number = len(catalog.releases)
    assert [one.effective for one in catalog.releases] == [quarter(one) for one in range(1, number + 1)]
    assert len(catalog.codes()) == CODES
    for code in catalog.codes():
        statement = catalog.current(code, date(2100, 1, 1))
        assert statement is not None
        assert statement.record.long_description == f"Edition {number}"
    return number


def die_halfway(had: int, total: int) -> None:
    """Progress of a download that kills its process once half the file has arrived."""
    if had > total / 2:
        os.kill(os.getpid(), signal.SIGKILL)


def main(home: Path, kills: int, seed: int, address: str) -> None:
    """Kills ``kills`` updates, each to the release after the newest loaded; one in ten within its download."""
    chance = random.Random(seed)
    shelf = Shelf(home)
    newest = died = 0
    # Made before any fork: most calls of a small update would be those that read the system's certificates.
    web = Web(attempts=5, first_pause=0.001)

    def run(shelf: Shelf, number: int, fetching: Progress = no_progress) -> None:
        update(shelf, write_index, today=quarter(number), url=f"{address}/page/{number}", web=web, fetching=fetching)

    measured = Shelf(home.with_name("measured"))
    assert not killed(fork(partial(run, measured, 1)))
    whole_run = calls_of(partial(run, measured, 2))
    while died < kills:
        # Up to half longer than the run measured: each release that is loaded makes the next update longer.
        life = chance.randint(1, int(1.5 * whole_run))
        if died % 10 == 0:
            died += killed(fork(partial(run, shelf, newest + 1, die_halfway)))
        else:
            died += killed(fork(partial(run, shelf, newest + 1), life))
        number = newest_on(shelf)
        assert number in (newest, newest + 1), f"from {newest} to {number} after a life of {life} calls"
        newest = number
    for _ in range(2):
        assert not killed(fork(partial(run, shelf, newest + 1)))
        assert newest_on(shelf) == newest + 1, "what was loaded is loaded once"
    sys.stdout.write(f"{newest}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])

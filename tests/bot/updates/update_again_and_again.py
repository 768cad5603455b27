"""Kills updates at random moments, many times over, and looks at the catalogue after each: run by test_chaos.

Usage: update_again_and_again.py HOME KILLS SEED ADDRESS. ``ADDRESS/page/N`` is a page whose newest release is the
Nth. Prints how many releases were loaded. A process of its own, so that it may fork safely.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from datetime import date
from pathlib import Path

from tests.bot.some_releases import record, release

from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.shelf import Shelf
from hcpcs.errors import HcpcsError
from hcpcs.releases import ReadRelease
from hcpcs.releases.download.web import Web
from hcpcs_bot.updates.update import update

LONGEST_LIFE = 0.3
CODES = 30


def quarter(number: int) -> date:
    """The first day of the quarter of a release; there are more releases than years that a page may name."""
    return date(2000 + number // 4, 1 + number % 4 * 3, 1)


def numbered(number: int) -> ReadRelease:
    """A release in which every record names its number."""
    codes = [f"S93{at:02}" for at in range(CODES)]
    return release(f"{quarter(number):%Y-%m}", *(record(code, f"Edition {number}") for code in codes))


def write_index(catalog: Catalog, folder: Path) -> None:
    """An index of several files that must fit the catalogue beside it."""
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


def run(home: Path, page: str) -> int:
    """One update; the exit code of its process."""
    try:
        with Web(attempts=5, first_pause=0.001) as web:
            update(Shelf(home), write_index, url=page, web=web)
    except HcpcsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def main(home: Path, kills: int, seed: int, address: str) -> None:
    """Kills ``kills`` updates, each to the release after the newest loaded."""
    chance = random.Random(seed)
    shelf = Shelf(home)
    newest = 0
    for _ in range(kills):
        page = f"{address}/page/{newest + 1}"
        child = os.fork()
        if child == 0:
            os._exit(run(home, page))
        time.sleep(chance.uniform(0, LONGEST_LIFE))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        found = newest_on(shelf)
        assert found in (newest, newest + 1), f"from {newest} to {found}"
        newest = found
    assert run(home, f"{address}/page/{newest + 1}") == 0
    assert newest_on(shelf) == newest + 1
    assert run(home, f"{address}/page/{newest + 1}") == 0, "what was loaded is not loaded again"
    sys.stdout.write(f"{newest}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])

"""Kills a publisher at random moments, many times over, and looks at the shelf after each: run by test_shelf_chaos.

Usage: publish_again_and_again.py HOME ROUNDS SEED. A process of its own, so that it may fork safely.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from datetime import date
from pathlib import Path

from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.shelf import Shelf
from hcpcs.records.record import CodeRecord, RecordKind, Release
from hcpcs.releases import ReadRelease

CODES = 40
LONGEST_LIFE = 0.03


def edition(number: int) -> Catalog:
    """A catalogue whose every record names its number."""
    records = tuple(
        CodeRecord(code=f"A{code:04}", kind=RecordKind.PROCEDURE, long_description=f"Edition {number}")
        for code in range(CODES)
    )
    release = Release(
        id="2025-10",
        label=f"Edition {number}",
        effective=date(2025, 10, 1),
        digest=f"{number:064x}",
        file="edition.txt",
        kinds=frozenset({RecordKind.PROCEDURE}),
        procedures=CODES,
        modifiers=0,
        terminated=0,
    )
    return Catalog.build([ReadRelease(release=release, records=records)])


def write_index(catalog: Catalog, folder: Path) -> None:
    """An index of several files that must fit the catalogue beside it."""
    (folder / "index").mkdir()
    for part in range(4):
        (folder / "index" / str(part)).write_text(catalog.newest.label, encoding="utf-8")


def publish_forever(shelf: Shelf, number: int) -> None:
    """Publishes edition after edition until it is killed."""
    while True:
        shelf.publish(edition(number), write_index)
        number += 1


def number_on(shelf: Shelf) -> int:
    """The edition on the shelf, after a look at all of it; 0 for an empty shelf."""
    catalog = shelf.open()
    if catalog is None:
        return 0
    assert catalog.folder is not None
    label = catalog.newest.label
    assert {(catalog.folder / "index" / str(part)).read_text(encoding="utf-8") for part in range(4)} == {label}
    assert len(catalog.codes()) == CODES
    for code in catalog.codes():
        statement = catalog.current(code, date(2025, 11, 1))
        assert statement is not None
        assert statement.record.long_description == label
    return int(label.split()[1])


def main(home: Path, rounds: int, seed: int) -> None:
    """Kills ``rounds`` publishers; prints how many editions came through."""
    chance = random.Random(seed)
    shelf = Shelf(home)
    newest = number_on(shelf)
    for _ in range(rounds):
        child = os.fork()
        if child == 0:
            publish_forever(shelf, newest + 1)
        time.sleep(chance.uniform(0, LONGEST_LIFE))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        found = number_on(shelf)
        assert found >= newest, f"went back from {newest} to {found}"
        newest = found
    shelf.publish(edition(newest + 1), write_index)
    assert number_on(shelf) == newest + 1
    assert len(list((home / "versions").iterdir())) == 2, "what the dead left behind was not cleared away"
    sys.stdout.write(f"{newest}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))

"""Kills publishers anywhere in their work, many times over, and checks the shelf after each: run by test_shelf_chaos.

Usage: kill_publishers.py HOME ROUNDS SEED. Prints how many editions were published by the killed. A process of its
own, so that it may fork safely.
"""

from __future__ import annotations

import random
import sys
from datetime import date
from functools import partial
from pathlib import Path

from tests.killed_processes import calls_of, fork, killed

from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.shelf import Shelf
from hcpcs.records.record import CodeRecord, RecordKind, Release
from hcpcs.releases import ReadRelease

CODES = 40


def edition(number: int) -> Catalog:
    """A catalog whose every record states its number."""
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
    """An index of several files that must fit the catalog beside it."""
    (folder / "index").mkdir()
    for part in range(4):
        (folder / "index" / str(part)).write_text(catalog.newest.label, encoding="utf-8")


def publish(shelf: Shelf, number: int) -> None:
    """Publishes one edition."""
    shelf.publish(edition(number), write_index)


def publish_forever(shelf: Shelf, number: int) -> None:
    """Publishes edition after edition until it is killed."""
    while True:
        publish(shelf, number)
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
    """Kills ``rounds`` publishers, each within its first two editions."""
    chance = random.Random(seed)
    shelf = Shelf(home)
    newest = number_on(shelf)
    whole_run = calls_of(partial(publish, Shelf(home.with_name("measured")), 1))
    for _ in range(rounds):
        life = chance.randint(1, 2 * whole_run)
        assert killed(fork(partial(publish_forever, shelf, newest + 1), life))
        number = number_on(shelf)
        assert number >= newest, f"went back from {newest} to {number} after a life of {life} calls"
        newest = number
    publish(shelf, newest + 1)
    assert number_on(shelf) == newest + 1
    left = len(list((home / "versions").iterdir()))
    assert left == 1 + (newest > 0), "what the killed left behind was not removed"
    sys.stdout.write(f"{newest}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))

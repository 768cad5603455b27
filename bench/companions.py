"""All companion files beside a release: loading, opening, look-ups, and what they cost questions about codes."""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Final

from bench.asking import FORMS, milliseconds, percentile
from bench.release import RELEASE, SHARED_DATA
from hcpcs.answers.desk import Desk
from hcpcs.catalog.shelf import Shelf
from hcpcs.companions.companion_reader import read_companions
from hcpcs.companions.edition import EVERYTHING, EditionKind, Selection
from hcpcs.companions.storage.companion_store import CompanionStore, open_companions
from hcpcs.errors import ReleaseError
from hcpcs_bot.bootstrap import desk_of, publish_index
from hcpcs_bot.updates.load import load_files

FOLDER: Final = SHARED_DATA / "companion"
DAY: Final = date(2026, 2, 1)
CODE_QUESTIONS: Final = 500
REPEATS: Final = 200
GOALS: Final = {"load": "10 s, 400 MB", "open": "20 ms, 30 MB", "look-up": "0.2 ms", "questions": "as without them"}
LOOK_UPS: Final = (
    ("a code in one state", EditionKind.DMEPOS, "E0601", Selection(area="TX")),
    ("a code in every state", EditionKind.DMEPOS, "E0601", EVERYTHING),
    ("a payment limit", EditionKind.ASP, "J1745", EVERYTHING),
    ("an NDC", EditionKind.NDC, "57894-0030-01", EVERYTHING),
    ("70 products of a code", EditionKind.NDC, "J1885", EVERYTHING),
    ("a ZIP code", EditionKind.RURAL_ZIP, "79830", EVERYTHING),
    ("a pair", EditionKind.PTP_PRACTITIONER, "A9500", Selection(other_code="A9512")),
    ("a status indicator", EditionKind.OPPS, "J1745", EVERYTHING),
)
_LOAD: Final = """
import json, resource, sys, time
from pathlib import Path
from hcpcs.catalog.shelf import Shelf
from hcpcs_bot.bootstrap import publish_index
from hcpcs_bot.updates.load import load_files
files = [Path(name) for name in sys.argv[2:]]
load_files(Shelf(Path(sys.argv[1])), files, publish_index, lambda path: lambda done, total: None)
print(json.dumps([time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""
"""Loads files into a home, in a process of its own: prints its seconds of processor time and its peak in MB."""


def companion_files() -> Iterator[Path]:
    """The files of the folder that hold an edition."""
    for path in sorted(FOLDER.iterdir()):
        try:
            if path.is_file() and read_companions(path):
                yield path
        except ReleaseError:
            continue


def memory() -> float:
    """The resident memory of this process in MB."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def run(_: list[str]) -> None:
    """Prints each figure with its goal."""
    files = [str(path) for path in companion_files()]
    if not files:
        raise SystemExit(f"bench: needs the files of {FOLDER}")
    with tempfile.TemporaryDirectory() as home:
        shelf = Shelf(Path(home))
        load_files(shelf, [RELEASE], publish_index, lambda path: lambda done, total: None)
        without = _desk(shelf)
        for what in ("with a new index for the names of drugs in the crosswalks", "again, with the index copied"):
            seconds, peak = _load(home, files)
            print(f"loading {len(files)} files, {what}: {seconds:.1f} s, peak {peak:.0f} MB (goal {GOALS['load']})")
        _opening(shelf)
        beside = _desk(shelf)
        _questions(without, beside)


def _load(home: str, files: list[str]) -> tuple[float, float]:
    printed = subprocess.run([sys.executable, "-c", _LOAD, home, *files], check=True, capture_output=True).stdout
    seconds, peak = json.loads(printed)
    return seconds, peak


def _desk(shelf: Shelf) -> Desk:
    catalog = shelf.open()
    if catalog is None:
        raise SystemExit("bench: nothing was published")
    return desk_of(catalog)


def _opening(shelf: Shelf) -> None:
    catalog = shelf.open()
    if catalog is None or catalog.folder is None:
        raise SystemExit("bench: nothing was published")
    folder = catalog.folder
    before = memory()
    taken = milliseconds(lambda _: open_companions(folder), [""] * 9)
    store = open_companions(folder)
    print(f"opening: {statistics.median(taken):.1f} ms, {memory() - before:.1f} MB (goal {GOALS['open']})")
    for name, kind, key, selection in LOOK_UPS:
        facts = store.look_up(kind, key, DAY, selection).facts
        figure = _each(store, kind, key, selection)
        print(f"  {name:24} {figure:.3f} ms, {len(facts)} facts (goal {GOALS['look-up']})")
    print(f"memory after the look-ups: {memory() - before:.1f} MB")


def _each(store: CompanionStore, kind: EditionKind, key: str, selection: Selection) -> float:
    started = time.process_time()
    for _ in range(REPEATS):
        store.look_up(kind, key, DAY, selection)
    return (time.process_time() - started) / REPEATS * 1000


def _questions(without: Desk, beside: Desk) -> None:
    """Asks the same questions of both desks, one after the other, so that both have the same machine."""
    chosen = random.Random(1)
    codes = without.catalog.procedures()
    questions = [chosen.choice(FORMS).format(chosen.choice(codes)) for _ in range(CODE_QUESTIONS)]
    asks: dict[str, Callable[[str], object]] = {"without": without.ask, "with": beside.ask}
    for ask in asks.values():
        milliseconds(ask, questions)
    taken = {name: milliseconds(ask, questions) for name, ask in asks.items()}
    cells = "; ".join(
        f"{name} them p50 {percentile(one, 0.5):.3f} ms, p99 {percentile(one, 0.99):.3f} ms"
        for name, one in taken.items()
    )
    print(f"{CODE_QUESTIONS} code questions: {cells} (goal: {GOALS['questions']})")

"""All companion files beside a release: loading, opening, look-ups, and what they cost questions about codes."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterator
from datetime import date
from typing import Final

from bench.asking import FORMS, milliseconds, percentile
from bench.commands import cost_of
from bench.figure import Goal, Row, Table, of_value, one_column
from bench.process_memory import resident
from bench.release import companion_files, loaded_home
from hcpcs.answers.desk import Desk
from hcpcs.catalog.shelf import Shelf
from hcpcs.companions.edition import EVERYTHING, EditionKind, Selection
from hcpcs.companions.storage.companion_store import CompanionStore, open_companions
from hcpcs_bot.bootstrap import desk_of

DAY: Final = date(2026, 2, 1)
CODE_QUESTIONS: Final = 500
REPEATS: Final = 200
GOALS: Final = {
    "load": Goal(10, " s"),
    "peak": Goal(400, " MB"),
    "open": Goal(20, " ms"),
    "open memory": Goal(30, " MB"),
    "look-up": Goal(0.2, " ms"),
    "questions": Goal(1, "x"),
}
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


def run(_: list[str]) -> list[Table]:
    """Each figure with its goal."""
    files = companion_files()
    with loaded_home() as home:
        shelf = Shelf(home)
        without = _desk(shelf)
        rows: list[Row] = []
        for what in (
            f"load of all {len(files)} files, index renewed for names of drugs",
            "the same again, index copied",
        ):
            cost = cost_of(["load", *map(str, files)], home)
            rows.append(of_value(f"{what}: processor time", "{:.1f} s", cost.seconds, GOALS["load"]))
            rows.append(of_value(f"{what}: peak memory", "{:.0f} MB", cost.megabytes, GOALS["peak"]))
        rows += _opening(shelf)
        rows += _questions(without, _desk(shelf))
    return [one_column(rows)]


def _desk(shelf: Shelf) -> Desk:
    catalog = shelf.open()
    if catalog is None:
        raise RuntimeError("nothing was published")
    return desk_of(catalog)


def _opening(shelf: Shelf) -> Iterator[Row]:
    catalog = shelf.open()
    if catalog is None or catalog.folder is None:
        raise RuntimeError("nothing was published")
    folder = catalog.folder
    before = resident()
    taken = milliseconds(lambda _: open_companions(folder), [""] * 9)
    store = open_companions(folder)
    yield of_value("opening", "{:.1f} ms", statistics.median(taken), GOALS["open"])
    yield of_value("opening: memory", "{:.1f} MB", resident() - before, GOALS["open memory"])
    for name, kind, key, selection in LOOK_UPS:
        facts = store.look_up(kind, key, DAY, selection).facts
        figure = _each(store, kind, key, selection)
        yield of_value(f"look-up of {name} ({len(facts)} facts)", "{:.3f} ms", figure, GOALS["look-up"])
    yield of_value("memory after the look-ups", "{:.1f} MB", resident() - before)


def _each(store: CompanionStore, kind: EditionKind, key: str, selection: Selection) -> float:
    started = time.process_time()
    for _ in range(REPEATS):
        store.look_up(kind, key, DAY, selection)
    return (time.process_time() - started) / REPEATS * 1000


def _questions(without: Desk, beside: Desk) -> Iterator[Row]:
    """Asks the same questions of both desks in turn, so that both have the same machine."""
    chosen = random.Random(1)
    codes = without.catalog.procedures()
    questions = [chosen.choice(FORMS).format(chosen.choice(codes)) for _ in range(CODE_QUESTIONS)]
    for desk in (without, beside):
        milliseconds(desk.ask, questions)
    bare, full = milliseconds(without.ask, questions), milliseconds(beside.ask, questions)
    for share, name in ((0.5, "p50"), (0.99, "p99")):
        one, other = percentile(bare, share), percentile(full, share)
        shown = f"{other:.2f} ms against {one:.2f} ms without them: {other / one:.2f}x"
        goal = GOALS["questions"] if share == 0.5 else None
        yield Row(f"{CODE_QUESTIONS} questions about codes, with the files: {name}", (shown,), goal, other / one)

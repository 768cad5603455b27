"""What is loaded is freed without the garbage collector, whose full collections would stop the server; and arenas."""

from __future__ import annotations

import gc
import platform
import subprocess
import sys
from collections import Counter
from datetime import date
from os import truncate
from pathlib import Path

import pytest
from tests.bot.cms_page import ZIPS
from tests.bot.some_releases import JULY, OCTOBER

from hcpcs.answers.desk import Desk
from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.shelf import Shelf
from hcpcs.claims.annotator import Annotator
from hcpcs.claims.service_line import ServiceLine
from hcpcs.companions.storage.companion_store import NO_COMPANIONS
from hcpcs.errors import CatalogError
from hcpcs.method_cache import cached_method
from hcpcs.releases.content import no_progress
from hcpcs_bot.bootstrap import publish_index
from hcpcs_bot.http.terminology.code_rows import code_table
from hcpcs_bot.http.terminology.nlm.column_search import column_search
from hcpcs_bot.serving.current_desk import CurrentDesk
from hcpcs_bot.serving.memory import adding_much, starting
from hcpcs_bot.settings import Settings
from hcpcs_bot.updates.load import load_files
from hcpcs_index import memory_index

OURS = ("hcpcs.", "hcpcs_index.", "hcpcs_bot.")
QUESTIONS = ("S9353", "what changed", "insulin pmp", '"infusion therapy"', "what replaced S9328", "compare S9353 S9328")


def use_a_desk() -> None:
    catalog = Catalog.build([JULY, OCTOBER])
    desk = Desk(catalog, memory_index(catalog))
    for question in QUESTIONS:
        desk.ask(question, today=date(2025, 11, 26))
        desk.suggest(question)
    column_search(code_table(catalog, date(2025, 11, 26))).starting(["code"], "s9")
    Annotator(catalog, NO_COMPANIONS, date(2025, 11, 26)).cells(ServiceLine("S9353"))


def left_over() -> Counter[str]:
    """The objects of ours that only a full collection frees, by their type."""
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        gc.collect()
        ours = [type(one) for one in gc.garbage if type(one).__module__.startswith(OURS)]
        return Counter(f"{kind.__module__}.{kind.__qualname__}" for kind in ours)
    finally:
        gc.set_debug(0)
        gc.garbage.clear()


def test_a_desk_that_nobody_uses_is_freed_at_once() -> None:
    use_a_desk()  # What is made once per process is made now.
    gc.collect()
    gc.disable()
    try:
        use_a_desk()
        assert left_over() == Counter()
    finally:
        gc.enable()


def test_a_method_is_called_once_for_the_same_arguments_and_does_not_keep_its_object() -> None:
    class Doubler:
        def __init__(self) -> None:
            self.calls = 0
            self.cached = cached_method(self.double, maxsize=2)

        def double(self, number: int) -> int:
            self.calls += 1
            return 2 * number

    doubler = Doubler()
    assert [doubler.cached(number) for number in (1, 1, 2)] == [2, 2, 4]
    assert doubler.calls == 2
    assert gc.is_tracked(doubler)
    gc.collect()
    gc.disable()
    try:
        del doubler
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_what_is_made_is_examined_while_it_is_young_and_never_again() -> None:
    collected: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        collected.append(info["generation"])

    gc.callbacks.append(note)
    thresholds = gc.get_threshold()
    try:
        with adding_much():
            kept = [[number] for number in range(200_000)]
    finally:
        gc.callbacks.remove(note)
    assert collected
    assert 2 not in collected
    assert gc.get_threshold() == thresholds
    assert gc.get_freeze_count() >= len(kept)


def test_what_is_made_at_the_start_is_not_examined_at_all() -> None:
    collected: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        collected.append(info["generation"])

    gc.callbacks.append(note)
    try:
        with starting():
            kept = [[number] for number in range(200_000)]
    finally:
        gc.callbacks.remove(note)
    assert not collected
    assert gc.isenabled()
    assert gc.get_freeze_count() >= len(kept)


def test_a_release_that_is_taken_into_use_is_not_examined_again(tmp_path: Path) -> None:
    desk = CurrentDesk(Settings(home=tmp_path), starter=True)
    file = tmp_path / "october-2025.zip"
    file.write_bytes(ZIPS["october"])
    load_files(Shelf(tmp_path), [file], publish_index, lambda _: no_progress)
    gc.unfreeze()
    assert desk.refresh()
    assert gc.get_freeze_count() > 0


def test_the_file_of_a_catalog_is_open_while_it_is_in_use(tmp_path: Path) -> None:
    file = tmp_path / "catalogue"
    Catalog.build([OCTOBER]).save(file)

    def open_files() -> int:
        return sum(one.resolve() == file for one in Path("/proc/self/fd").iterdir())

    catalog = Catalog.load(file)
    assert catalog.current("S9353", date(2025, 11, 26)) is not None
    assert open_files() == 1
    truncate(file, 1)
    with pytest.raises(CatalogError, match="was changed while it was in use"):
        catalog.current("S9328", date(2025, 11, 26))
    del catalog
    assert open_files() == 0


ARENAS = """
import ctypes, sys, threading
from hcpcs_bot.serving.memory import use_one_arena
if sys.argv[1] == "one":
    use_one_arena()
together = threading.Barrier(4)
def take():
    taken = [bytes(1000) for _ in range(1000)]
    together.wait()
threads = [threading.Thread(target=take) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
ctypes.CDLL(None).malloc_stats()
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="arenas are glibc's")
@pytest.mark.parametrize("arenas", ["one", "many"])
def test_threads_share_one_arena(arenas: str) -> None:
    run = subprocess.run([sys.executable, "-c", ARENAS, arenas], capture_output=True, text=True, check=True)
    assert ("Arena 1:" in run.stderr) == (arenas == "many")

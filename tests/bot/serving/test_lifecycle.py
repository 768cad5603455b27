"""What a server does once it is ready, and how it stops."""

from __future__ import annotations

import asyncio
import gc
import threading
from functools import partial
from pathlib import Path

from structlog.testing import capture_logs
from tests.bot.some_releases import JULY, OCTOBER
from tests.work import count_lines

from hcpcs.catalog.catalog import Catalog
from hcpcs.records.modifiers.modifier_purposes import modifier_purposes
from hcpcs_bot.bootstrap import desk_of
from hcpcs_bot.serving.current_desk import CurrentDesk, warm_up
from hcpcs_bot.serving.lifecycle import Preparation
from hcpcs_bot.settings import Settings


async def test_the_server_does_not_wait_for_what_it_prepares_and_stops_when_that_is_done() -> None:
    ready = threading.Event()
    done: list[str] = []

    def wait() -> None:
        ready.wait(60)
        done.append(threading.current_thread().name)

    preparation = Preparation(wait, lambda: done.append("second"))
    await preparation.start()
    await asyncio.sleep(0)
    assert not done
    ready.set()
    await preparation.stop()
    thread, second = done
    assert (thread != threading.main_thread().name, second) == (True, "second")
    assert gc.get_freeze_count() > 0


async def test_a_step_that_fails_is_logged_and_does_not_stop_the_others() -> None:
    done: list[str] = []

    def fail() -> None:
        raise RuntimeError("out of paper")

    preparation = Preparation(fail, lambda: done.append("second"))
    with capture_logs() as logged:
        await preparation.start()
        await preparation.stop()
    assert done == ["second"]
    assert logged == [{"event": "not prepared", "error": "RuntimeError", "log_level": "error"}]


async def test_stopping_before_the_start_is_nothing() -> None:
    await Preparation().stop()


def test_what_only_some_questions_need_is_read_after_the_start(tmp_path: Path) -> None:
    desk = CurrentDesk(Settings(home=tmp_path), starter=True)
    vars(desk().catalog).pop("dated_codes", None)  # The starter's catalog is one for all tests.
    CurrentDesk(Settings(home=tmp_path), starter=True)
    assert "dated_codes" not in vars(desk().catalog)
    desk.prepare()
    assert "dated_codes" in vars(desk().catalog)


def test_the_purposes_of_modifiers_are_read_after_the_start() -> None:
    modifier_purposes.cache_clear()
    desk = desk_of(Catalog.build([OCTOBER]))
    assert modifier_purposes.cache_info().currsize == 0
    warm_up(desk)
    assert modifier_purposes.cache_info().currsize == 1


def test_what_searches_need_is_made_after_the_start() -> None:
    """The known words for spelling and for type-ahead, and the ranges that the records state."""
    for search in (
        lambda desk: desk.search("nitrogn"),
        lambda desk: desk.suggest("oxygen conc"),
        lambda desk: desk.search("oxygen 2 liters"),
    ):
        desk = warm_up(desk_of(Catalog.build([OCTOBER])))
        first, again = (count_lines(partial(search, desk)) for _ in range(2))
        assert first < 2 * again


def test_a_prepared_catalog_makes_nothing_for_its_first_questions() -> None:
    catalog = Catalog.build([JULY, OCTOBER])
    desk = warm_up(desk_of(catalog))
    made = set(vars(catalog))
    for question in ("what changed to S9353 since 2020", "S9353", "what replaced S9328"):
        desk.ask(question)
    assert set(vars(catalog)) == made

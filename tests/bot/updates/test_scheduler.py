"""A server's background work: it uses what is published, updates itself, notifies channels, and never stops serving."""

from __future__ import annotations

import asyncio
import itertools
import re
import threading
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
import structlog
from tests.bot.cms_page import ZIPS, link, path_of
from tests.bot.some_releases import JULY, OCTOBER, record, release
from tests.cms_server import CmsServer, Served, serving

from hcpcs.answers.answer import Answer
from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.shelf import Shelf
from hcpcs.errors import ShelfError
from hcpcs.releases import ReadRelease
from hcpcs_bot.bootstrap import publish_index
from hcpcs_bot.http.health import Condition, PartHealth
from hcpcs_bot.serving.current_desk import CurrentDesk
from hcpcs_bot.settings import Settings
from hcpcs_bot.updates.scheduler import UpdateScheduler
from hcpcs_bot.updates.update_process import UpdateFailedError, UpdateProcess
from hcpcs_bot.watches.delivery import SearchingDesk

DAY = date(2026, 1, 15)


def publish(home: Path, *releases: ReadRelease) -> None:
    Shelf(home).publish(Catalog.build(releases), publish_index)


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not true():
            await asyncio.sleep(0.01)


async def test_what_is_published_comes_into_use(tmp_path: Path) -> None:
    publish(tmp_path, JULY)
    desk = CurrentDesk(Settings(home=tmp_path))
    following = UpdateScheduler(desk, poll_seconds=0.01)
    await following.start()
    publish(tmp_path, JULY, OCTOBER)
    await until(lambda: desk().catalog.newest.id == "2025-10")
    await following.stop()


async def test_channels_are_told_at_the_start_and_of_each_release_and_when_asked_to(tmp_path: Path) -> None:
    publish(tmp_path, JULY)
    desk = CurrentDesk(Settings(home=tmp_path))
    told: list[str] = []

    async def announce(desk: SearchingDesk) -> float | None:
        told.append(desk.catalog.newest.id)
        return 0.02 if len(told) == 1 else None

    following = UpdateScheduler(desk, deliver=announce, poll_seconds=0.01)
    await following.start()
    await until(lambda: len(told) == 2)
    publish(tmp_path, JULY, OCTOBER)
    await until(lambda: len(told) == 3)
    await following.stop()
    assert told == ["2025-07", "2025-07", "2025-10"]


async def test_no_failure_stops_it(tmp_path: Path) -> None:
    publish(tmp_path, JULY)
    desk = CurrentDesk(Settings(home=tmp_path))
    fails = iter([ShelfError("the folder is gone"), ValueError("patient Jane Doe")])
    tried = [0]
    updates = [0]

    class Failing:
        def __call__(self) -> SearchingDesk:
            return desk()

        def refresh(self) -> bool:
            tried[0] += 1
            error = next(fails, None)
            if error is not None:
                raise error
            return desk.refresh()

    async def announce(_: SearchingDesk) -> float | None:
        raise RuntimeError("patient Jane Doe")

    async def update() -> None:
        updates[0] += 1
        raise UpdateFailedError("www.cms.gov: can't be reached")

    with structlog.testing.capture_logs() as logs:
        following = UpdateScheduler(
            Failing(), deliver=announce, update=update, every=timedelta(seconds=0.01), poll_seconds=0.01
        )
        await following.start()
        await until(lambda: tried[0] > 3 and updates[0] > 2)
        publish(tmp_path, JULY, OCTOBER)
        await until(lambda: desk().catalog.newest.id == "2025-10")
        await following.stop()
    health = following.health()
    assert health.condition is Condition.DEGRADED
    assert re.search(r"Updating has failed \d+ times: www\.cms\.gov: can't be reached\.", health.detail)
    assert {"event": "works again", "what": "following the shelf", "log_level": "info"} in logs
    # A failure that lasts is logged once a minute.
    said = [(line["what"], line["error"]) for line in logs if line["event"] == "failed"]
    assert len(said) == len(set(said))
    assert set(said) == {
        ("following the shelf", "the folder is gone"),
        ("following the shelf", "ValueError"),
        ("delivering digests", "RuntimeError"),
        ("updating", "www.cms.gov: can't be reached"),
    }


async def test_a_failed_update_is_tried_again_before_its_interval_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hcpcs_bot.updates.scheduler.RETRY_UPDATE_SECONDS", 0.01)
    tries: list[str] = []

    async def update() -> None:
        tries.append("tried")
        if len(tries) < 3:
            raise ShelfError("www.cms.gov: can't be reached")

    desk = CurrentDesk(Settings(home=tmp_path))
    following = UpdateScheduler(desk, update=update, every=timedelta(hours=24), poll_seconds=60)
    await following.start()
    async with asyncio.timeout(30):
        while following.rounds["updating", "done"] < 1:
            await asyncio.sleep(0.01)
    assert following.health().condition is Condition.OK
    await asyncio.sleep(0.1)
    await following.stop()
    assert len(tries) == 3, "after a success the interval counts again"


async def test_a_home_that_is_moved_away_or_emptied_leaves_the_desk_in_use(tmp_path: Path) -> None:
    home, away = tmp_path / "home", tmp_path / "away"
    publish(home, OCTOBER)
    desk = CurrentDesk(Settings(home=home))
    following = UpdateScheduler(desk, poll_seconds=0.01)
    await following.start()
    current = home / "CURRENT"
    for there, elsewhere in ((home, away), (current, tmp_path / "CURRENT")):
        there.rename(elsewhere)
        await until(lambda: desk.health().condition is Condition.DEGRADED)
        assert desk().catalog.newest.id == "2025-10"
        assert "HCPCS October 2025 stays in use" in desk.health().detail
        assert str(tmp_path) not in desk.health().detail
        elsewhere.rename(there)
        await until(lambda: desk.health().condition is Condition.OK)
    publish(home, JULY, OCTOBER)
    await until(lambda: len(desk().catalog.releases) == 2)
    await following.stop()


def test_an_empty_home_is_not_ready_unless_the_starter_is_asked_for(tmp_path: Path) -> None:
    desk = CurrentDesk(Settings(home=tmp_path))
    assert desk.health().condition is Condition.FAILED
    assert CurrentDesk(Settings(home=tmp_path), starter=True).health().condition is Condition.OK
    publish(tmp_path, OCTOBER)
    assert desk.refresh()
    assert desk.health() == PartHealth(part="catalog", detail="HCPCS October 2025")


async def test_it_stops_at_once_though_an_update_is_under_way(tmp_path: Path) -> None:
    publish(tmp_path, JULY)
    begun = asyncio.Event()

    async def update() -> None:
        begun.set()
        await asyncio.sleep(3600)

    following = UpdateScheduler(CurrentDesk(Settings(home=tmp_path)), update=update, every=timedelta(hours=24))
    await following.start()
    await begun.wait()
    async with asyncio.timeout(10):
        await following.stop()


@pytest.mark.slow
async def test_a_server_updates_itself_from_the_page(tmp_path: Path) -> None:
    publish(tmp_path, JULY)
    with serving(CmsServer()) as cms:
        cms.things[path_of("october")] = Served(ZIPS["october"], faults=["cut"])
        update = UpdateProcess(tmp_path, cms.page(link("october")))
        desk = CurrentDesk(Settings(home=tmp_path))
        with structlog.testing.capture_logs() as logs:
            following = UpdateScheduler(desk, update=update, every=timedelta(hours=24), poll_seconds=0.05)
            await following.start()
            await until(lambda: desk().catalog.newest.id == "2025-10")
            await until(lambda: any(line["event"] == "updated" for line in logs))
            await following.stop()
    (line,) = [line for line in logs if line["event"] == "updated"]
    assert (line["outcome"], line["newest"]) == ("loaded", "HCPCS October 2025")
    assert line["changes"]["coverage"] == 1


@pytest.mark.slow
def test_each_answer_is_of_one_release_and_none_fails_while_releases_change(tmp_path: Path) -> None:
    """Every release states its own number in every field that an answer shows, so that a mixture would show."""

    def numbered(number: int) -> ReadRelease:
        codes = [f"S93{at:02}" for at in range(50, 60)]
        text = f"Home infusion therapy edition{number}"
        return release(f"{2000 + number}-01", *(record(code, text, short_description=f"ed{number}") for code in codes))

    publish(tmp_path, numbered(1))
    desk = CurrentDesk(Settings(home=tmp_path))
    stop = threading.Event()
    answers: list[list[tuple[Answer, str, str]]] = [[] for _ in range(4)]
    failures: list[BaseException] = []

    def ask(told: list[tuple[Answer, str, str]]) -> None:
        questions = itertools.cycle(
            ["S9353", "is S9353 payable by Medicare?", "home infusion", "S9350-S9359", "S9352 S9353"]
        )
        try:
            while not stop.wait(0.003):
                one = desk()
                told.append((one.ask(next(questions), today=DAY), one.catalog.newest.label, one.catalog.newest.digest))
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test must see it
            failures.append(error)

    threads = [threading.Thread(target=ask, args=(told,)) for told in answers]
    for thread in threads:
        thread.start()
    for number in range(2, 6):
        publish(tmp_path, numbered(number))
        assert desk.refresh()
    stop.set()
    for thread in threads:
        thread.join()

    assert failures == []
    seen = set()
    for answer, label, digest in itertools.chain.from_iterable(answers):
        assert (answer.source.release, answer.source.digest) == (label, digest)
        number = int(label.rsplit(" ", 1)[1]) - 2000
        seen.add(number)
        shown = {hit.short_description for hit in answer.hits} | {
            one.value("short_description") for one in answer.records
        }
        assert shown == {f"ed{number}"}
        assert {one.source.release for one in answer.records} <= {label}
    assert max(seen) > min(seen), "answers were given before and after a change"

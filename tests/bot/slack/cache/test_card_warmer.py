"""Cards rendered ahead are the cards that would have been rendered, and are dropped with their day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from tests.slack_app import TODAY

from hcpcs.answers.desk import Desk
from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.slack.cache.card_cache import CardCache
from hcpcs_bot.slack.cache.card_warmer import CardWarmer, render_card


@pytest.fixture
def desk() -> Desk:
    return starter_desk()


async def rendered(desk: Desk, cache: CardCache, today: Callable[[], date]) -> list[str]:
    return [code async for code in CardWarmer(lambda: desk, cache, today).cards()]


async def test_every_code_is_ready_word_for_word(desk: Desk) -> None:
    cache = CardCache()
    assert await rendered(desk, cache, lambda: TODAY) == ["S9328", "S9353"]
    for code in ("S9328", "S9353"):
        assert cache.get(desk, TODAY, code) == render_card(desk, TODAY, code)
    assert await rendered(desk, cache, lambda: TODAY) == []


async def test_the_next_day_nothing_of_the_day_before_is_left(desk: Desk) -> None:
    cache = CardCache()
    await rendered(desk, cache, lambda: TODAY)
    tomorrow = TODAY + timedelta(days=1)
    assert cache.get(desk, tomorrow, "S9328") is None
    assert await rendered(desk, cache, lambda: tomorrow) == ["S9328", "S9353"]


async def test_rendering_ends_where_the_day_ends_meanwhile(desk: Desk) -> None:
    days = iter([TODAY, TODAY, TODAY + timedelta(days=1)])
    cache = CardCache()
    assert await rendered(desk, cache, lambda: next(days)) == ["S9328"]
    assert "S9328" not in cache


async def test_it_starts_and_stops_with_the_app(desk: Desk) -> None:
    warmer = CardWarmer(lambda: desk, CardCache(), lambda: TODAY)
    await warmer.stop()
    await warmer.start()
    await warmer.stop()

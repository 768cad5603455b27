"""Cards rendered ahead are the cards that would have been rendered, and are dropped with their day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.slack_app import TODAY

from hcpcs.answers.desk import Desk
from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.slack.cache.card_cache import CardCache
from hcpcs_bot.slack.cache.card_warmer import CardWarmer, render_card


@pytest.fixture
def desk() -> Desk:
    return starter_desk()


def test_every_code_is_ready_word_for_word(desk: Desk) -> None:
    cache = CardCache()
    assert list(CardWarmer(lambda: desk, cache, lambda: TODAY).cards()) == ["S9328", "S9353"]
    for code in ("S9328", "S9353"):
        assert cache.get(desk, TODAY, code) == render_card(desk, TODAY, code)
    assert list(CardWarmer(lambda: desk, cache, lambda: TODAY).cards()) == []


def test_the_next_day_nothing_of_the_day_before_is_left(desk: Desk) -> None:
    cache = CardCache()
    list(CardWarmer(lambda: desk, cache, lambda: TODAY).cards())
    tomorrow = TODAY + timedelta(days=1)
    assert cache.get(desk, tomorrow, "S9328") is None
    assert list(CardWarmer(lambda: desk, cache, lambda: tomorrow).cards()) == ["S9328", "S9353"]


def test_rendering_ends_where_the_day_ends_meanwhile(desk: Desk) -> None:
    days = iter([TODAY, TODAY, TODAY + timedelta(days=1)])
    cache = CardCache()
    assert list(CardWarmer(lambda: desk, cache, lambda: next(days)).cards()) == ["S9328"]
    assert "S9328" not in cache


async def test_it_starts_and_stops_with_the_app(desk: Desk) -> None:
    warmer = CardWarmer(lambda: desk, CardCache(), lambda: TODAY)
    await warmer.stop()
    await warmer.start()
    await warmer.stop()

"""Cards drawn ahead are the cards that would have been drawn, and are gone with their day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hcpcs.answers.desk import Desk
from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.slack.cache.card_cache import CardCache, as_asked
from hcpcs_bot.slack.cache.card_warmer import CardWarmer
from hcpcs_bot.slack.inbound.payload import parse
from hcpcs_bot.slack.outbound.answer import drawn

TODAY = date(2026, 1, 15)


@pytest.fixture
def desk() -> Desk:
    return starter_desk()


def test_every_code_is_ready_word_for_word(desk: Desk) -> None:
    prepared = CardCache()
    assert list(CardWarmer(lambda: desk, prepared, lambda: TODAY).cards()) == ["S9328", "S9353"]
    for code in ("S9328", "S9353"):
        assert prepared.find(desk, TODAY, as_asked(code.lower())) == drawn(desk, TODAY, code)
    assert list(CardWarmer(lambda: desk, prepared, lambda: TODAY).cards()) == []


def test_the_next_day_nothing_of_the_day_before_is_left(desk: Desk) -> None:
    prepared = CardCache()
    list(CardWarmer(lambda: desk, prepared, lambda: TODAY).cards())
    tomorrow = TODAY + timedelta(days=1)
    assert prepared.find(desk, tomorrow, "S9328") is None
    assert list(CardWarmer(lambda: desk, prepared, lambda: tomorrow).cards()) == ["S9328", "S9353"]


def test_drawing_ends_where_the_day_ends_within(desk: Desk) -> None:
    days = iter([TODAY, TODAY, TODAY + timedelta(days=1)])
    prepared = CardCache()
    assert list(CardWarmer(lambda: desk, prepared, lambda: next(days)).cards()) == ["S9328"]
    assert "S9328" not in prepared


async def test_it_begins_and_ends_with_the_face(desk: Desk) -> None:
    prepared = CardCache()
    preparing = CardWarmer(lambda: desk, prepared, lambda: TODAY)
    await preparing.stop()
    await preparing.start()
    await preparing.stop()


def test_only_a_code_is_asked_in_capitals() -> None:
    assert as_asked("s9353") == "S9353"
    assert as_asked("is s9353 covered?") == "is s9353 covered?"


@pytest.mark.parametrize(("sent", "meant"), [("a+b", "a b"), ("a%2Bb", "a+b"), ("plain", "plain"), ("%C3%A9", "é")])
def test_a_form_is_undone(sent: str, meant: str) -> None:
    assert parse(f"text={sent}".encode(), b"application/x-www-form-urlencoded") == {"text": meant}

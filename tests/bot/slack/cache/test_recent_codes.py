"""What the face remembers: for a while, in bounds, and nothing that a person wrote."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from hcpcs_bot.slack.cache.card_cache import EVERYDAY, CachedCard, CardCache, may_be_kept
from hcpcs_bot.slack.cache.recent_codes import RateLimit, RecentCodes, SeenKeys
from hcpcs_bot.slack.inbound.request import NOTHING
from hcpcs_bot.slack.outbound.tasks import Tasks


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def test_a_key_is_claimed_once_for_fifteen_minutes() -> None:
    clock = Clock()
    seen = SeenKeys(clock=clock)
    assert await seen.claim("Ev1")
    clock.now += 899
    assert not await seen.claim("Ev1")
    clock.now += 2
    assert await seen.claim("Ev1")


async def test_a_released_key_may_be_claimed_again() -> None:
    seen = SeenKeys()
    assert await seen.claim("share")
    await seen.release("share")
    assert await seen.claim("share")


async def test_keys_are_bounded() -> None:
    seen = SeenKeys(keys=10)
    for number in range(1000):
        assert await seen.claim(str(number))
    assert len(seen._claimed) <= 11


def test_a_user_may_ask_in_bursts_and_then_at_a_steady_pace() -> None:
    clock = Clock()
    limit = RateLimit(burst=3, per_minute=60, users=2, clock=clock)
    assert [limit.allows("ann") for _ in range(4)] == [True, True, True, False]
    assert limit.allows("bob")
    clock.now += 1
    assert [limit.allows("ann"), limit.allows("ann")] == [True, False]
    limit.allows("eve")
    assert len(limit._left) == 2


def test_recent_codes_are_the_newest_first_once_each_by_team() -> None:
    recent = RecentCodes(codes=3, teams=2)
    recent.add("T1", ["S9328", "S9353"])
    recent.add("T1", ["E0601", "S9328"])
    assert recent.of("T1") == ("S9328", "E0601", "S9353")
    recent.add("T1", ["J3490"])
    assert recent.of("T1") == ("J3490", "S9328", "E0601")
    recent.add("T2", ["A4253"])
    recent.add("T3", ["A4253"])
    assert recent.of("T1") == ()


@pytest.mark.parametrize(
    "text", ["S9353", "s9353, S9328", "is S9353 payable by Medicare?", "compare S9328 and S9353", "S93*", ""]
)
def test_answers_to_codes_and_everyday_words_may_be_kept(text: str) -> None:
    assert may_be_kept(text)


@pytest.mark.parametrize(
    "text",
    [
        "is S9353 payable for Jane Roe",
        "S9353 1950-01-01",
        "123-45-6789",
        "Jane",
        "S9353 " * 40,
        "insulin pump",
        "S93531",
    ],
)
def test_answers_to_what_a_person_wrote_of_their_own_are_not_kept(text: str) -> None:
    assert not may_be_kept(text)


def test_everyday_words_are_lower_case_words() -> None:
    assert all(word.isalpha() and word.islower() for word in EVERYDAY)


def test_prepared_answers_belong_to_one_desk_and_one_day() -> None:
    prepared = CardCache(kept=2)
    desk, other = object(), object()
    day, next_day = date(2026, 1, 15), date(2026, 1, 16)
    answer = CachedCard("{}", NOTHING)
    assert prepared.find(desk, day, "S9353") is None  # type: ignore[arg-type]
    prepared.keep(desk, day, "S9353", answer)  # type: ignore[arg-type]
    assert prepared.find(desk, day, "S9353") is answer  # type: ignore[arg-type]
    for code in ("S9328", "E0601"):
        prepared.keep(desk, day, code, answer)  # type: ignore[arg-type]
    assert prepared.find(desk, day, "S9353") is None  # type: ignore[arg-type]
    prepared.keep(other, day, "A4253", answer)  # type: ignore[arg-type]
    assert prepared.find(desk, day, "A4253") is None  # type: ignore[arg-type]
    assert prepared.find(other, day, "S9328") is None  # type: ignore[arg-type]
    assert prepared.find(desk, next_day, "S9328") is None  # type: ignore[arg-type]


async def test_a_failed_task_is_told_and_what_follows_it_is_done() -> None:
    tasks, told = Tasks(), []

    async def fail() -> None:
        raise ValueError("first")

    async def follow() -> None:
        told.append("followed")
        raise KeyError("second")

    def failed(error: BaseException) -> object:
        told.append(type(error).__name__)
        return follow()

    tasks.start(fail(), failed)  # type: ignore[arg-type]
    await tasks.drain()
    await asyncio.sleep(0)
    await tasks.drain()
    assert told == ["ValueError", "followed", "KeyError"]
    assert len(tasks) == 0


async def test_tasks_that_do_not_end_are_cut_off_and_counted() -> None:
    tasks = Tasks()
    tasks.start(asyncio.sleep(60), lambda _: None)
    assert await tasks.drain(0.01) == 1

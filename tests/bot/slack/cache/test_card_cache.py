"""Which answers are kept in memory, and for how long: nothing that a person wrote of their own."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
import pytest
from tests.work import kept_bytes

from hcpcs_bot.slack.cache.card_cache import EVERYDAY, CachedCard, CardCache, cache_key, may_be_kept
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.inbound.request_log import NO_ANSWER
from slack_peer.peer import SlackPeer

KEPT = ("S9353", "s9353, S9328", "is S9353 payable by Medicare?", "compare S9328 and S9353", "S93*", "")
NOT_KEPT = (
    "is S9353 payable for Jane Roe",
    "S9353 1950-01-01",
    "123-45-6789",
    "Jane",
    "S9353 " * 40,
    "insulin pump",
    "S93531",
)


@pytest.mark.parametrize("text", KEPT)
def test_answers_to_codes_and_everyday_words_may_be_kept(text: str) -> None:
    assert may_be_kept(text)


@pytest.mark.parametrize("text", NOT_KEPT)
def test_answers_to_what_a_person_wrote_of_their_own_are_not_kept(text: str) -> None:
    assert not may_be_kept(text)


@pytest.mark.parametrize("text", [text for text in KEPT if text])
async def test_a_question_without_free_text_is_in_memory_afterwards(
    slack: SlackPeer, context: SlackContext, text: str
) -> None:
    await slack.slash(f"/hcpcs {text}")
    assert context.card_cache.get(context.desk(), context.today(), cache_key(text)) is not None


@pytest.mark.parametrize("text", NOT_KEPT)
async def test_no_free_text_is_in_memory_after_it_was_answered(
    slack: SlackPeer, context: SlackContext, text: str
) -> None:
    await slack.slash(f"/hcpcs {text}")
    assert context.card_cache.get(context.desk(), context.today(), cache_key(text.strip())) is None
    assert text.strip() not in str(vars(context.card_cache))


def test_everyday_words_are_lower_case_words() -> None:
    assert all(word.isalpha() and word.islower() for word in EVERYDAY)


def test_answers_belong_to_one_desk_and_one_day() -> None:
    cache = CardCache(limit=2)
    desk: Any = object()
    other: Any = object()
    day, next_day = date(2026, 1, 15), date(2026, 1, 16)
    answer = CachedCard.of("{}", NO_ANSWER)
    assert cache.get(desk, day, "S9353") is None
    cache.put(desk, day, "S9353", answer)
    kept = cache.get(desk, day, "S9353")
    assert kept is not None
    assert kept.body == "{}"
    for code in ("S9328", "E0601"):
        cache.put(desk, day, code, answer)
    assert cache.get(desk, day, "S9353") is None
    cache.put(other, day, "A4253", answer)
    assert cache.get(desk, day, "A4253") is None
    assert cache.get(other, day, "S9328") is None
    assert cache.get(desk, next_day, "S9328") is None


def test_an_answer_takes_less_memory_than_its_text() -> None:
    desk: Any = object()
    day = date(2026, 1, 15)
    body = orjson.dumps([{"type": "mrkdwn", "text": f"field {number}"} for number in range(100)]).decode()

    def fill() -> CardCache:
        cache = CardCache()
        cache.switch_to(desk, day)
        for number in range(100):
            cache.put(desk, day, f"S{number:04}", CachedCard.of(body, NO_ANSWER))
        return cache

    assert kept_bytes(fill) < 100 * len(body) / 2


def test_only_a_code_is_looked_up_in_capitals() -> None:
    assert cache_key("s9353") == "S9353"
    assert cache_key("is s9353 covered?") == "is s9353 covered?"

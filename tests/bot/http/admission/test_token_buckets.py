"""Token buckets: how many requests, how soon again, and how much is kept."""

from __future__ import annotations

from hcpcs_bot.http.admission.token_buckets import TokenBuckets


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_is_emptied_at_once_and_fills_evenly() -> None:
    clock = Clock()
    buckets = TokenBuckets(6, clock=clock)
    assert [buckets.take("a").left for _ in range(6)] == [5, 4, 3, 2, 1, 0]
    refused = buckets.take("a")
    assert (refused.allowed, refused.left, refused.seconds) == (False, 0, 10)
    clock.now += 9.9
    assert not buckets.take("a").allowed
    clock.now += 0.1
    assert buckets.take("a").allowed
    assert not buckets.take("a").allowed
    assert buckets.take("b").allowed
    clock.now += 3600
    assert [buckets.take("a").allowed for _ in range(7)] == [True] * 6 + [False]


def test_waiting_as_long_as_it_says_is_enough() -> None:
    clock = Clock()
    for per_minute in (1, 7, 60, 61, 1_000):
        buckets = TokenBuckets(per_minute, clock=clock)
        for _ in range(5):
            while (allowance := buckets.take("a")).allowed:
                pass
            clock.now += allowance.seconds
            assert buckets.take("a").allowed, per_minute


def test_memory_is_bounded_and_who_asked_last_is_remembered() -> None:
    buckets = TokenBuckets(1, buckets=100)
    assert buckets.take("last").allowed
    for number in range(1_000):
        buckets.take(str(number))
        buckets.take("last")
    assert len(buckets) == 100
    assert not buckets.take("last").allowed

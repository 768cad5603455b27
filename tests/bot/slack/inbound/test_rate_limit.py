"""One person may ask in bursts, then at a steady pace."""

from __future__ import annotations

from tests.bot.slack.conftest import Clock

from hcpcs_bot.slack.inbound.rate_limit import RateLimit


def test_a_user_may_ask_in_bursts_and_then_at_a_steady_pace() -> None:
    clock = Clock()
    limit = RateLimit(burst=3, per_minute=60, users=2, clock=clock)
    assert [limit.allows("ann") for _ in range(4)] == [True, True, True, False]
    assert limit.allows("bob")
    clock.now += 1
    assert [limit.allows("ann"), limit.allows("ann")] == [True, False]
    limit.allows("eve")
    assert len(limit._buckets) == 2

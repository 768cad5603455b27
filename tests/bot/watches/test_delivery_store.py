"""The steps of telling a channel, and what another replica sees when one died between two of them."""

from __future__ import annotations

import pytest

from hcpcs_bot.state.database import Database
from hcpcs_bot.watches.delivery_store import LEASE_SECONDS, DeliveryLease, DeliveryStore, delivery_key
from hcpcs_bot.watches.store import WatchedChannel, WatchStore
from hcpcs_bot.watches.watch_parser import parse_watches

HERE, THERE = WatchedChannel("T1", "C1"), WatchedChannel("T1", "C2")
NOW = 1_000_000.0
LATER = NOW + LEASE_SECONDS


@pytest.fixture
def deliveries(database: Database) -> DeliveryStore:
    watches = WatchStore(database)
    for channel in (HERE, THERE):
        watches.add(channel, parse_watches("S93*"), last_release="2025-07", created_by="abc", now=NOW)
    return DeliveryStore(database)


def acquire(
    deliveries: DeliveryStore, channel: WatchedChannel = HERE, holder: str = "a", now: float = NOW
) -> DeliveryLease:
    lease = deliveries.acquire(channel, holder, now)
    assert lease is not None
    return lease


def test_channels_are_due_when_there_is_a_newer_release(deliveries: DeliveryStore) -> None:
    assert deliveries.due("2025-10", NOW).now == (HERE, THERE)
    assert deliveries.due("2025-07", NOW) == ((), None)
    assert deliveries.due("2025-04", NOW) == ((), None), "a replica that lags behind tells nothing"


def test_a_channel_told_is_not_due(deliveries: DeliveryStore) -> None:
    lease = acquire(deliveries)
    assert (lease.last_release, [watch.phrase for watch in lease.watches], lease.unfinished) == (
        "2025-07",
        ["S93*"],
        None,
    )
    delivery = deliveries.start(lease, "2025-10", NOW)
    assert delivery is not None
    deliveries.finish(lease, delivery, "1700000000.000100")
    assert deliveries.due("2025-10", NOW).now == (THERE,)
    assert deliveries.due("2026-01", NOW).now == (HERE, THERE)
    assert acquire(deliveries, now=NOW).last_release == "2025-10"


def test_one_replica_at_a_time_has_a_channel(deliveries: DeliveryStore) -> None:
    acquire(deliveries, holder="a")
    assert deliveries.acquire(HERE, "b", NOW) is None
    assert deliveries.acquire(HERE, "b", LATER - 0.1) is None
    due = deliveries.due("2025-10", NOW)
    assert (due.now, due.next_at) == ((THERE,), LATER)


def test_one_that_died_before_it_posted_is_taken_over(deliveries: DeliveryStore) -> None:
    acquire(deliveries, holder="dead")
    assert deliveries.due("2025-10", LATER).now == (HERE, THERE)
    assert acquire(deliveries, holder="b", now=LATER).unfinished is None


def test_one_that_died_while_it_posted_leaves_its_key(deliveries: DeliveryStore) -> None:
    delivery = deliveries.start(acquire(deliveries, holder="dead"), "2025-10", NOW)
    assert delivery is not None
    lease = acquire(deliveries, holder="b", now=LATER)
    assert lease.unfinished == delivery
    assert delivery.key == delivery_key(HERE, "2025-07", "2025-10")
    assert deliveries.restart(lease, LATER)
    deliveries.finish(lease, delivery, "1700000000.000100")
    assert deliveries.due("2025-10", LATER).now == (THERE,)


def test_an_unfinished_digest_is_due_even_for_a_replica_without_news(deliveries: DeliveryStore) -> None:
    deliveries.start(acquire(deliveries, holder="dead"), "2025-10", NOW)
    assert deliveries.due("2025-07", LATER).now == (HERE,)


def test_one_whose_lease_has_expired_may_not_begin(deliveries: DeliveryStore) -> None:
    slow = acquire(deliveries, holder="slow")
    assert deliveries.start(slow, "2025-10", LATER) is None
    acquire(deliveries, holder="b", now=LATER)
    assert deliveries.start(slow, "2025-10", LATER) is None
    assert not deliveries.restart(slow, LATER)


def test_one_that_was_overtaken_changes_nothing_of_the_others_hold(deliveries: DeliveryStore) -> None:
    slow = acquire(deliveries, holder="slow")
    delivery = deliveries.start(slow, "2025-10", NOW)
    assert delivery is not None
    other = acquire(deliveries, holder="b", now=LATER)
    deliveries.release(slow, LATER + 5)
    assert deliveries.acquire(HERE, "c", LATER) is None
    deliveries.finish(slow, delivery, "1700000000.000100")
    assert deliveries.restart(other, LATER)


def test_nothing_to_tell_counts_as_told(deliveries: DeliveryStore) -> None:
    deliveries.skip(acquire(deliveries), "2025-10")
    assert deliveries.due("2025-10", NOW).now == (THERE,)
    assert acquire(deliveries, now=NOW).last_release == "2025-10"


def test_an_unfinished_digest_may_turn_out_to_be_about_nothing(deliveries: DeliveryStore) -> None:
    deliveries.start(acquire(deliveries, holder="dead"), "2025-10", NOW)
    deliveries.skip(acquire(deliveries, holder="b", now=LATER), "2025-10")
    assert deliveries.due("2025-10", LATER).now == (THERE,)


def test_what_slack_refused_is_tried_later_and_covers_what_was_missed(deliveries: DeliveryStore) -> None:
    lease = acquire(deliveries)
    delivery = deliveries.start(lease, "2025-10", NOW)
    assert delivery is not None
    deliveries.undo(lease, delivery, NOW + 60)
    assert deliveries.acquire(HERE, "b", NOW + 59) is None
    due = deliveries.due("2025-10", NOW)
    assert (due.now, due.next_at) == ((THERE,), NOW + 60)
    again = acquire(deliveries, holder="b", now=NOW + 60)
    assert (again.last_release, again.unfinished) == ("2025-07", None)


def test_a_channel_released_is_as_before(deliveries: DeliveryStore) -> None:
    deliveries.release(acquire(deliveries), NOW + 5)
    assert acquire(deliveries, holder="b", now=NOW + 5).last_release == "2025-07"


def test_a_channel_that_watches_anew_is_not_told_again(database: Database, deliveries: DeliveryStore) -> None:
    lease = acquire(deliveries)
    delivery = deliveries.start(lease, "2025-10", NOW)
    assert delivery is not None
    deliveries.finish(lease, delivery, "1700000000.000100")
    watches = WatchStore(database)
    watches.remove_all(HERE)
    watches.add(
        HERE, parse_watches("S93*"), last_release="2025-07", created_by="abc", now=NOW
    )  # by a replica that lags behind
    assert deliveries.start(acquire(deliveries, now=NOW), "2025-10", NOW) is None
    assert deliveries.due("2025-10", NOW).now == (THERE,)


def test_a_channel_gone_meanwhile_is_no_error(database: Database, deliveries: DeliveryStore) -> None:
    lease = acquire(deliveries)
    delivery = deliveries.start(lease, "2025-10", NOW)
    assert delivery is not None
    WatchStore(database).remove_all(HERE)
    deliveries.finish(lease, delivery, "1700000000.000100")
    assert deliveries.acquire(HERE, "b", LATER) is None
    assert deliveries.due("2025-10", LATER).now == (THERE,)

"""The steps of telling a channel, and what another replica sees when one died between two of them."""

from __future__ import annotations

import pytest

from hcpcs_bot.state.database import Database
from hcpcs_bot.watches.delivery_store import HOLD_SECONDS, DeliveryLease, DeliveryStore, delivery_key
from hcpcs_bot.watches.store import WatchedChannel, WatchStore
from hcpcs_bot.watches.watch_parser import parse_watches

HERE, THERE = WatchedChannel("T1", "C1"), WatchedChannel("T1", "C2")
NOW = 1_000_000.0
LATER = NOW + HOLD_SECONDS


@pytest.fixture
def deliveries(database: Database) -> DeliveryStore:
    watches = WatchStore(database)
    for place in (HERE, THERE):
        watches.add(place, parse_watches("S93*"), told="2025-07", by="abc", now=NOW)
    return DeliveryStore(database)


def take(deliveries: DeliveryStore, place: WatchedChannel = HERE, holder: str = "a", now: float = NOW) -> DeliveryLease:
    held = deliveries.take(place, holder, now)
    assert held is not None
    return held


def test_channels_are_due_when_there_is_a_newer_release(deliveries: DeliveryStore) -> None:
    assert deliveries.due("2025-10", NOW).now == (HERE, THERE)
    assert deliveries.due("2025-07", NOW) == ((), None)
    assert deliveries.due("2025-04", NOW) == ((), None), "a replica that lags behind tells nothing"


def test_a_channel_told_is_not_due(deliveries: DeliveryStore) -> None:
    held = take(deliveries)
    assert (held.told, [watch.phrase for watch in held.watches], held.unfinished) == ("2025-07", ["S93*"], None)
    begun = deliveries.begin(held, "2025-10", NOW)
    assert begun is not None
    deliveries.finish(held, begun, "1700000000.000100")
    assert deliveries.due("2025-10", NOW).now == (THERE,)
    assert deliveries.due("2026-01", NOW).now == (HERE, THERE)
    assert take(deliveries, now=NOW).told == "2025-10"


def test_one_replica_at_a_time_has_a_channel(deliveries: DeliveryStore) -> None:
    take(deliveries, holder="a")
    assert deliveries.take(HERE, "b", NOW) is None
    assert deliveries.take(HERE, "b", LATER - 0.1) is None
    due = deliveries.due("2025-10", NOW)
    assert (due.now, due.next_at) == ((THERE,), LATER)


def test_one_that_died_before_it_posted_is_taken_over(deliveries: DeliveryStore) -> None:
    take(deliveries, holder="dead")
    assert deliveries.due("2025-10", LATER).now == (HERE, THERE)
    assert take(deliveries, holder="b", now=LATER).unfinished is None


def test_one_that_died_while_it_posted_leaves_its_key(deliveries: DeliveryStore) -> None:
    begun = deliveries.begin(take(deliveries, holder="dead"), "2025-10", NOW)
    assert begun is not None
    held = take(deliveries, holder="b", now=LATER)
    assert held.unfinished == begun
    assert begun.key == delivery_key(HERE, "2025-07", "2025-10")
    assert deliveries.begin_again(held, LATER)
    deliveries.finish(held, begun, "1700000000.000100")
    assert deliveries.due("2025-10", LATER).now == (THERE,)


def test_an_unfinished_digest_is_due_even_for_a_replica_without_news(deliveries: DeliveryStore) -> None:
    deliveries.begin(take(deliveries, holder="dead"), "2025-10", NOW)
    assert deliveries.due("2025-07", LATER).now == (HERE,)


def test_one_whose_while_is_over_may_not_begin(deliveries: DeliveryStore) -> None:
    slow = take(deliveries, holder="slow")
    assert deliveries.begin(slow, "2025-10", LATER) is None
    take(deliveries, holder="b", now=LATER)
    assert deliveries.begin(slow, "2025-10", LATER) is None
    assert not deliveries.begin_again(slow, LATER)


def test_one_that_was_overtaken_changes_nothing_of_the_others_hold(deliveries: DeliveryStore) -> None:
    slow = take(deliveries, holder="slow")
    begun = deliveries.begin(slow, "2025-10", NOW)
    assert begun is not None
    other = take(deliveries, holder="b", now=LATER)
    deliveries.let_go(slow, LATER + 5)
    assert deliveries.take(HERE, "c", LATER) is None
    deliveries.finish(slow, begun, "1700000000.000100")
    assert deliveries.begin_again(other, LATER)


def test_nothing_to_tell_counts_as_told(deliveries: DeliveryStore) -> None:
    deliveries.nothing_to_tell(take(deliveries), "2025-10")
    assert deliveries.due("2025-10", NOW).now == (THERE,)
    assert take(deliveries, now=NOW).told == "2025-10"


def test_an_unfinished_digest_may_turn_out_to_be_about_nothing(deliveries: DeliveryStore) -> None:
    deliveries.begin(take(deliveries, holder="dead"), "2025-10", NOW)
    deliveries.nothing_to_tell(take(deliveries, holder="b", now=LATER), "2025-10")
    assert deliveries.due("2025-10", LATER).now == (THERE,)


def test_what_slack_refused_is_tried_later_and_covers_what_was_missed(deliveries: DeliveryStore) -> None:
    held = take(deliveries)
    begun = deliveries.begin(held, "2025-10", NOW)
    assert begun is not None
    deliveries.not_posted(held, begun, NOW + 60)
    assert deliveries.take(HERE, "b", NOW + 59) is None
    due = deliveries.due("2025-10", NOW)
    assert (due.now, due.next_at) == ((THERE,), NOW + 60)
    again = take(deliveries, holder="b", now=NOW + 60)
    assert (again.told, again.unfinished) == ("2025-07", None)


def test_a_channel_let_go_is_as_before(deliveries: DeliveryStore) -> None:
    deliveries.let_go(take(deliveries), NOW + 5)
    assert take(deliveries, holder="b", now=NOW + 5).told == "2025-07"


def test_a_channel_that_watches_anew_is_not_told_again(database: Database, deliveries: DeliveryStore) -> None:
    held = take(deliveries)
    begun = deliveries.begin(held, "2025-10", NOW)
    assert begun is not None
    deliveries.finish(held, begun, "1700000000.000100")
    watches = WatchStore(database)
    watches.remove_all(HERE)
    watches.add(HERE, parse_watches("S93*"), told="2025-07", by="abc", now=NOW)  # by a replica that lags behind
    assert deliveries.begin(take(deliveries, now=NOW), "2025-10", NOW) is None
    assert deliveries.due("2025-10", NOW).now == (THERE,)


def test_a_channel_gone_meanwhile_is_no_error(database: Database, deliveries: DeliveryStore) -> None:
    held = take(deliveries)
    begun = deliveries.begin(held, "2025-10", NOW)
    assert begun is not None
    WatchStore(database).remove_all(HERE)
    deliveries.finish(held, begun, "1700000000.000100")
    assert deliveries.take(HERE, "b", LATER) is None
    assert deliveries.due("2025-10", LATER).now == (THERE,)

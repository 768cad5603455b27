"""What a channel is told of a new release: each change that touches its watches, once, named by watch."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.bot.some_releases import JANUARY, JULY, OCTOBER, SmallDesk, desk_of, record, release

from hcpcs.catalog.catalog import Catalog
from hcpcs.records.change_kinds import ChangeKind
from hcpcs_bot.watches.digest import CHANGE_LIMIT, Digest, build_digest, changes_in, period_since
from hcpcs_bot.watches.matching import word_search
from hcpcs_bot.watches.watch import Watch
from hcpcs_bot.watches.watch_parser import parse_watches

DESK = desk_of(JULY, OCTOBER, JANUARY)


def digest(*phrases: str, told: str = "2025-07", after: str = "2025-10", desk: SmallDesk = DESK) -> Digest | None:
    span = period_since(desk.catalog, told, after)
    assert span is not None
    watches: list[Watch] = [watch for phrase in phrases for watch in parse_watches(phrase)]
    return build_digest(desk.catalog, span, watches, word_search(desk.index))


def told_of(found: Digest | None) -> list[tuple[str, str, tuple[str, ...]]]:
    assert found is not None
    return [(one.change.code, one.change.kind.value, one.phrases) for one in found.matched]


def test_everything_is_told_by_kind_and_code() -> None:
    assert told_of(digest("all")) == [
        ("E0788", "added", ("all",)),
        ("S9328", "discontinued", ("all",)),
        ("E0601", "description", ("all",)),
        ("S9353", "coverage", ("all",)),
        ("E0784", "pricing", ("all",)),
    ]


def test_each_change_is_told_once_under_all_watches_that_it_touches() -> None:
    assert told_of(digest("S93*", "S9353", "coverage changes", "insulin therapy")) == [
        ("S9328", "discontinued", ("S93*",)),
        ("S9353", "coverage", ("coverage changes", "S9353", "S93*", "insulin therapy")),
    ]


def test_words_meet_descriptions_before_and_after() -> None:
    assert [code for code, _, _ in told_of(digest("insulin pumps"))] == ["E0788", "E0784"]
    assert [code for code, _, _ in told_of(digest("cpap any type"))] == ["E0601"]


def test_words_meet_what_the_search_knows_them_by() -> None:
    """No descriptor has a brand name."""
    span = period_since(DESK.catalog, "2025-07", "2025-10")
    assert span is not None
    found = build_digest(DESK.catalog, span, parse_watches("resmed"), lambda words: frozenset({"E0601", "J9999"}))
    assert told_of(found) == [("E0601", "description", ("resmed",))]


def test_nothing_is_told_of_nothing() -> None:
    assert digest("J9999") is None
    assert digest("new codes S93*") is None
    assert digest() is None


def test_a_channel_that_missed_a_release_is_told_of_both_at_once() -> None:
    found = digest("all", told="2025-07", after="2026-01")
    assert found is not None
    assert {("S9359", "added"), ("E0788", "added"), ("J9999", "removed")} <= {
        (code, kind) for code, kind, _ in told_of(found)
    }
    assert found.before is not None
    assert (found.before.id, found.after.id) == ("2025-07", "2026-01")


def test_a_release_that_is_no_longer_loaded_is_stood_in_for_by_the_one_before() -> None:
    span = period_since(DESK.catalog, "2025-09", "2025-10")
    assert span is not None
    assert span.before is not None
    assert span.before.id == "2025-07"


def test_without_any_release_before_the_action_codes_tell() -> None:
    only = release(
        "2025-10",
        record("S9353", action_code="A", action_effective_date=date(2025, 10, 1)),
        record("S9328", action_code="D", action_effective_date=date(2025, 7, 1)),
        record("E0601", action_code="N", action_effective_date=date(2025, 10, 1)),
    )
    found = digest("all", desk=desk_of(only))
    assert told_of(found) == [("S9353", "added", ("all",))]
    assert found is not None
    assert found.before is None


def test_a_release_that_is_not_loaded_can_not_be_told_of() -> None:
    assert period_since(DESK.catalog, "2025-07", "2027-01") is None


def test_more_changes_than_can_be_shown_are_counted() -> None:
    before = release("2025-07", record("A0001"))
    after = release("2025-10", record("A0001"), *(record(f"E{number:04}") for number in range(100)))
    found = digest("all", desk=desk_of(before, after))
    assert found is not None
    assert len(found.matched) == CHANGE_LIMIT
    assert found.total == 100
    assert found.counts == {ChangeKind.ADDED: 100}


def test_no_kind_of_change_crowds_out_another() -> None:
    before = release("2025-07", record("A0001"), record("A0002"))
    new = (record(f"E{number:04}") for number in range(100))
    after = release("2025-10", record("A0001", coverage="D"), record("A0002", coverage="I"), *new)
    found = digest("all", desk=desk_of(before, after))
    assert found is not None
    assert len(found.matched) == CHANGE_LIMIT
    shown = [one.change.code for one in found.matched if one.change.kind is ChangeKind.COVERAGE]
    assert shown == ["A0001", "A0002"]


@given(st.lists(st.sampled_from(["all", "S93*", "E0601-E0788", "coverage", "insulin", "S9328"]), max_size=6))
def test_a_digest_holds_every_touching_change_once_and_no_other(phrases: list[str]) -> None:
    catalog: Catalog = DESK.catalog
    found = digest(*phrases)
    span = period_since(catalog, "2025-07", "2025-10")
    assert span is not None
    caught = [] if found is None else [one.change for one in found.matched]
    assert len({(change.code, change.kind) for change in caught}) == len(caught)
    assert all(change in changes_in(catalog, span) for change in caught)
    if "all" in phrases:
        assert len(caught) == len(changes_in(catalog, span))

"""What a channel is told of companion files: which rows, of which state, compared with which edition."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.bot.some_releases import JULY, OCTOBER, desk_of
from tests.bot.watches.small_editions import april_store, limits
from tests.src.hcpcs.companions.companion_files import read_bytes, store_of

from hcpcs.companions.edition import EditionKind
from hcpcs.companions.storage.companion_store import CompanionStore
from hcpcs_bot.watches.editions_digest import (
    ROW_LIMIT,
    EditionsDigest,
    build_editions_digest,
    editions_to_compare,
    newest_days,
)
from hcpcs_bot.watches.matching import word_search
from hcpcs_bot.watches.watch_parser import parse_watches

DESK = desk_of(JULY, OCTOBER)
LAST = {EditionKind.ASP: "2026-01-01", EditionKind.DMEPOS: "2025-10-01"}


@pytest.fixture
def companions(tmp_path: Path) -> CompanionStore:
    return april_store(tmp_path)


def digest(
    companions: CompanionStore, *texts: str, area: str = "", last: dict[EditionKind, str] = LAST
) -> EditionsDigest | None:
    watches = [watch for text in texts for watch in parse_watches(text)]
    compared = editions_to_compare(companions, last, newest_days(companions))
    return build_editions_digest(companions, compared, watches, word_search(DESK.index), area)


def stated(found: EditionsDigest | None) -> list[tuple[str, list[str]]]:
    assert found is not None
    return [(row.differences[0].code, [one.what for one in row.differences]) for row in found.rows]


def test_a_code_is_told_of_wherever_its_amount_changed(companions: CompanionStore) -> None:
    assert stated(digest(companions, "amount of J1745")) == [("J1745", ["limit"])]
    assert stated(digest(companions, "amount of E0601")) == [("E0601", ["AK", "TX"])]
    assert stated(digest(companions, "ASP")) == [("A9606", ["limit"]), ("J1745", ["limit"])]


@pytest.mark.parametrize(
    "text", ["MUE of J1745", "prior authorization list", "amount of J0897", "S93*", "all", "J1745"]
)
def test_nothing_is_told_of_what_did_not_change_or_is_not_watched(companions: CompanionStore, text: str) -> None:
    assert digest(companions, text) is None


def test_amounts_of_a_state_count_for_the_watch_or_the_team(companions: CompanionStore) -> None:
    assert stated(digest(companions, "amount of E0601 in TX")) == [("E0601", ["TX"])]
    assert stated(digest(companions, "amount of E0601", area="AK")) == [("E0601", ["AK"])]
    assert stated(digest(companions, "amount of E0601 in TX", area="AK")) == [("E0601", ["TX"])]
    assert digest(companions, "amount of E0601 in AL") is None
    assert stated(digest(companions, "amount of E0601 in TX", "amount of E06*")) == [("E0601", ["AK", "TX"])]


def test_words_are_watched_by_the_search(companions: CompanionStore) -> None:
    assert stated(digest(companions, "amount of airway pressure device")) == [("E0601", ["AK", "TX"])]


def test_only_editions_since_the_last_digest_are_compared(companions: CompanionStore) -> None:
    newest = newest_days(companions)
    assert newest == {EditionKind.ASP: "2026-04-01", EditionKind.DMEPOS: "2026-01-01"}
    assert editions_to_compare(companions, {}, newest) == ()
    assert editions_to_compare(companions, {EditionKind.ASP: ""}, newest) == (), "there was nothing before"
    (pair,) = editions_to_compare(companions, {EditionKind.ASP: "2026-02-15"}, newest)
    assert (str(pair.before.from_day), str(pair.after.from_day)) == ("2026-01-01", "2026-04-01")


def test_many_rows_are_counted_and_the_first_are_listed(tmp_path: Path) -> None:
    rows = [(f"J{number:04}", "x", "1 MG", "1", "20", *[""] * 6) for number in range(100)]
    dearer = [(*row[:3], "2", *row[4:]) for row in rows]
    companions = store_of(
        tmp_path,
        *read_bytes(tmp_path, "limits.csv", limits(rows)),
        *read_bytes(tmp_path, "april.csv", limits(dearer, april=True)),
    )
    found = digest(companions, "ASP")
    assert found is not None
    assert (len(found.rows), found.total) == (ROW_LIMIT, 100)

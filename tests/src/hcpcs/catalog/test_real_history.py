"""The real releases of 2017 to 2025 as one history: what it says on a day, and what changed."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from tests.src.hcpcs.catalog.applied_changes import apply_changes
from tests.src.hcpcs.releases.real_releases import FULL_RELEASES, real_release

from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.changes import stated_fields
from hcpcs.catalog.history.as_of import CodeOnDay
from hcpcs.catalog.history.timeline import TimelineTurn
from hcpcs.records.change_kinds import ChangeKind
from hcpcs.records.families.noc import noc_wording
from hcpcs.records.record import Status
from hcpcs.releases import NocList, read_file

pytestmark = pytest.mark.slow

ADDED, DISCONTINUED, REACTIVATED, DESCRIPTION, COVERAGE, PRICING, OTHER, REMOVED = ChangeKind


@cache
def catalog_of_ten(shared_data: Path) -> Catalog:
    return Catalog.build(real_release(shared_data, release_id) for release_id in FULL_RELEASES)


@pytest.fixture
def ten(shared_data: Path) -> Catalog:
    return catalog_of_ten(shared_data)


def read(catalog: Catalog, code: str, *day: int) -> CodeOnDay:
    on_day = catalog.code_on_day(code, date(*day))
    assert on_day is not None
    return on_day


class TestAsOf:
    @pytest.mark.parametrize(
        ("code", "day", "short_description", "release", "status"),
        [
            ("G9890", (2018, 1, 1), "Mac exam perf", "2018-01", Status.ACTUAL),
            ("G9890", (2018, 3, 31), "Mac exam perf", "2018-01", Status.ACTUAL),
            ("G9890", (2018, 4, 1), "Em bridge payment", "2019-01", Status.ACTUAL),
            ("G9891", (2018, 3, 31), "Doc med rsn no dil mac exam", "2018-01", Status.ACTUAL),
            ("G9891", (2018, 4, 1), "Em session reporting", "2019-01", Status.ACTUAL),
            ("Q5102", (2017, 6, 15), "Inj., infliximab biosimilar", "2017-01", Status.ACTUAL),
            ("Q5102", (2018, 3, 31), "Inj., infliximab biosimilar", "2018-01", Status.ACTUAL),
            ("Q5102", (2018, 4, 1), "Inj., infliximab biosimilar", "2019-01", Status.TERMINATED),
            ("Q5102", (2025, 1, 1), "Inj., infliximab biosimilar", "2024-07", Status.TERMINATED),
            ("J1440", (2013, 12, 31), "Filgrastim 300 mcg injection", "2017-01", Status.ACTUAL),
            ("J1440", (2014, 1, 1), "Filgrastim 300 mcg injection", "2017-01", Status.TERMINATED),
            ("J1440", (2023, 6, 30), "Filgrastim 300 mcg injection", "2017-01", Status.TERMINATED),
            ("J1440", (2023, 7, 1), "Fecal microbiota jslm 1 ml", "2024-07", Status.ACTUAL),
            ("G9637", (2017, 5, 1), "Doc >1 dose reduc tech", "2017-01", Status.ACTUAL),
            ("G9637", (2018, 5, 1), ">= 2 same hi-rsk med ord", "2018-01", Status.ACTUAL),
            ("G9637", (2019, 5, 1), "Doc >1 dose reduc tech", "2019-01", Status.ACTUAL),
            ("CS", (2020, 2, 29), "Gulf oil 2010 spill related", "2020-01", Status.ACTUAL),
            # CMS dates the change March 1, and published it with the release of April.
            ("CS", (2020, 3, 1), "Covid-19 testing related svc", "2020-04", Status.ACTUAL),
            ("CS", (2020, 4, 1), "Covid-19 testing related svc", "2020-04", Status.ACTUAL),
            ("C9058", (2020, 3, 1), "Injection,pegfilgrastim-bmez", "2020-07", Status.ACTUAL),
            ("J1095", (2019, 3, 1), "Injection, dexamethasone 9%", "2020-01", Status.ACTUAL),
            ("S9353", (2019, 3, 1), "Hit cont insulin diem", "2019-01", Status.ACTUAL),
            ("S9353", (2001, 12, 31), "Hit cont insulin diem", "2017-01", Status.NOT_YET),
            ("RR", (2024, 8, 1), "Rental (dme)", "2023-01", Status.ACTUAL),
        ],
    )
    def test_a_code_is_read_as_it_was(
        self, ten: Catalog, code: str, day: tuple[int, ...], short_description: str, release: str, status: Status
    ) -> None:
        statement = read(ten, code, *day).statement
        told = (statement.record.short_description, statement.release.id, statement.status)
        assert told == (short_description, release, status)

    def test_what_was_stated_then_is_kept_beside_what_became_known(self, ten: Catalog) -> None:
        on_day = read(ten, "Q5102", 2018, 5, 1)
        assert on_day.statement.release.id == "2019-01"
        assert on_day.at_the_time is not None
        assert (on_day.at_the_time.release.id, on_day.at_the_time.status) == ("2018-01", Status.ACTUAL)

    def test_what_a_later_release_dates_before_the_day_is_known(self, ten: Catalog) -> None:
        before, since = (read(ten, "TB", 2024 + year, 1, 15).statement for year in (0, 1))
        assert "for select entities" in before.record.long_description
        assert "for select entities" not in since.record.long_description
        assert (before.release.id, since.release.id) == ("2023-01", "2025-10")

    def test_a_day_before_the_oldest_release_is_known_from_dates_alone(self, ten: Catalog) -> None:
        assert read(ten, "S9353", 2016, 12, 31).in_effect is None
        assert read(ten, "S9353", 2017, 1, 1).in_effect == ten.releases[0]

    def test_a_code_that_was_dropped_without_an_end(self, ten: Catalog) -> None:
        on_day = read(ten, "G9976", 2019, 5, 1)
        assert on_day.statement.record.status(on_day.statement.day) is Status.ACTUAL
        assert on_day.statement.status is Status.TERMINATED
        assert on_day.removed
        assert ten.removed["G9976"] == date(2019, 1, 1)
        assert ten.current("G9976", date(2018, 12, 31)).status is Status.ACTUAL  # type: ignore[union-attr]
        assert ten.current("G9976", date(2019, 1, 1)).status is Status.TERMINATED  # type: ignore[union-attr]
        assert on_day.removed_in is not None
        assert on_day.removed_in.id == "2019-01"
        assert not read(ten, "G9976", 2018, 5, 1).removed

    def test_a_modifier_that_one_file_left_out(self, ten: Catalog) -> None:
        on_day = read(ten, "DA", 2019, 5, 1)
        assert on_day.in_effect is not None
        assert on_day.statement.release.id < on_day.in_effect.id
        assert on_day.removed_in is None


class TestHistory:
    def test_the_codes_given_away_anew(self, ten: Catalog) -> None:
        reused = [code for code in ten.codes() if any(TimelineTurn.REUSED in one.turns for one in ten.history(code))]
        assert reused == ["G9890", "G9891", "J1440"]

    def test_the_codes_with_another_meaning(self, ten: Catalog) -> None:
        changed = [
            code for code in ten.codes() if any(TimelineTurn.NEW_MEANING in one.turns for one in ten.history(code))
        ]
        assert changed == ["G9637", "G9638", *(f"M10{number:02}" for number in range(9, 16)), "CS"]

    def test_a_code_that_never_changed_is_one_episode(self, ten: Catalog) -> None:
        (episode,) = ten.history("S9353")
        assert (episode.first.id, episode.last.id, episode.turns) == ("2017-01", "2025-10", (TimelineTurn.FIRST_SEEN,))


COUNTS = {
    ("2017-01", "2018-01"): {ADDED: 168, DISCONTINUED: 29, DESCRIPTION: 79, COVERAGE: 4, PRICING: 67, OTHER: 28,
                             REMOVED: 107},
    ("2018-01", "2019-01"): {ADDED: 244, DISCONTINUED: 33, DESCRIPTION: 122, COVERAGE: 2, PRICING: 56, OTHER: 20,
                             REMOVED: 3},
    ("2019-01", "2020-01"): {ADDED: 279, DISCONTINUED: 89, DESCRIPTION: 72, COVERAGE: 2, PRICING: 25, OTHER: 8},
    ("2020-01", "2020-04"): {ADDED: 18, DISCONTINUED: 1, DESCRIPTION: 14, OTHER: 2},
    ("2020-04", "2020-07"): {ADDED: 61, DISCONTINUED: 9, DESCRIPTION: 5, OTHER: 6},
    ("2020-07", "2020-10"): {ADDED: 38, DISCONTINUED: 4, DESCRIPTION: 7, COVERAGE: 2, PRICING: 2, OTHER: 4},
    ("2020-10", "2023-01"): {ADDED: 589, DISCONTINUED: 275, DESCRIPTION: 227, COVERAGE: 7, PRICING: 102, OTHER: 32},
    ("2023-01", "2024-07"): {ADDED: 629, DISCONTINUED: 96, DESCRIPTION: 101, COVERAGE: 14, PRICING: 151, OTHER: 27},
    ("2024-07", "2025-10"): {ADDED: 432, DISCONTINUED: 140, DESCRIPTION: 127, COVERAGE: 3, PRICING: 85, OTHER: 13},
    ("2017-01", "2025-10"): {ADDED: 2454, DISCONTINUED: 387, REACTIVATED: 1, DESCRIPTION: 386, COVERAGE: 20,
                             PRICING: 185, OTHER: 61, REMOVED: 106},
}  # fmt: skip


class TestChanges:
    @pytest.mark.parametrize(("before", "after"), COUNTS)
    def test_counts_by_kind(self, ten: Catalog, before: str, after: str) -> None:
        counts = Counter(change.kind for change in ten.changes(before, after))
        assert counts == COUNTS[before, after]

    def test_the_codes_that_cms_removed_had_all_ended_in_2013(self, ten: Catalog) -> None:
        removed = [change for change in ten.changes("2017-01", "2018-01") if change.kind is REMOVED]
        assert len(removed) == 107
        assert {change.before["termination_date"][:4] for change in removed} == {"2013"}
        assert [change.code for change in removed if len(ten.timeline(change.code)) > 1] == ["J1440"]

    def test_what_was_removed_without_an_end(self, ten: Catalog) -> None:
        removed = [change.code for change in ten.changes("2018-01", "2019-01") if change.kind is REMOVED]
        assert removed == ["G9976", "G9977", "DA"]

    def test_applied_to_the_oldest_release_they_give_the_newest(self, ten: Catalog) -> None:
        old, new = (
            {statement.record.code: stated_fields(statement) for statement in ten.stated_by(release_id)}
            for release_id in ("2017-01", "2025-10")
        )
        assert apply_changes(old, ten.changes("2017-01", "2025-10", bookkeeping=True)) == new


class TestSize:
    def test_ten_releases_cost_little_more_than_one(self, ten: Catalog, shared_data: Path, tmp_path: Path) -> None:
        Catalog.build([real_release(shared_data, "2025-10")]).save(tmp_path / "one")
        ten.save(tmp_path / "ten")
        assert (tmp_path / "ten").stat().st_size < 1.5 * (tmp_path / "one").stat().st_size


class TestNocLists:
    @pytest.mark.parametrize(
        ("name", "release_id", "listed", "agreed", "besides"),
        [
            ("2018-HCPCS-NOC-Codes.zip", "2018-01", 144, 127, 1),
            ("2019-HCPCS-NOC-Codes.zip", "2019-01", 139, 132, 1),
            ("NOC_codes_JUL2024.csv", "2024-07", 159, 148, 3),
        ],
    )
    def test_descriptions_tell_most_of_what_the_lists_tell(
        self, ten: Catalog, shared_data: Path, name: str, release_id: str, listed: int, agreed: int, besides: int
    ) -> None:
        noc_list = read_file(shared_data / "releases" / name)
        assert isinstance(noc_list, NocList)
        codes = {noc.code for noc in noc_list.codes}
        told = {
            statement.record.code
            for statement in ten.stated_by(release_id)
            if len(statement.record.code) == 5 and noc_wording(statement.record.long_description)
        }
        assert (len(codes), len(codes & told), len(told - codes)) == (listed, agreed, besides)

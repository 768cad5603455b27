"""Changes between the real releases, compared with what CMS says that it changed."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from tests.src.hcpcs.catalog.test_real_history import catalog_of_ten
from tests.src.hcpcs.releases.real_releases import FULL_RELEASES

from hcpcs.catalog.catalog import Catalog
from hcpcs.records.change_kinds import ChangeKind
from hcpcs.records.record import CodeRecord, Release
from hcpcs.releases import Corrections, read_file, read_transaction_report

pytestmark = pytest.mark.slow

ADDED, DISCONTINUED, REACTIVATED, DESCRIPTION, COVERAGE, PRICING, OTHER, _ = ChangeKind


@pytest.fixture
def ten(shared_data: Path) -> Catalog:
    return catalog_of_ten(shared_data)


EXPECTED = {
    "A": ADDED, "D": DISCONTINUED, "R": REACTIVATED, "C": DESCRIPTION, "S": DESCRIPTION, "B": DESCRIPTION,
    "P": PRICING, "F": COVERAGE, "T": OTHER,
}  # fmt: skip
"""The kind of change that an action code of CMS means; N means none."""

AGREED = "agreed"
ADDED_AND_MORE = "added between the two releases, and ended or changed again before the second"
BETWEEN = "done in a quarter between the two releases"
LATE = "valid before the former release took effect, but not yet in its file"
SEEN_BEFORE = "reported now, but the former file (published again in March 2018) had it already"
REUSED = "reported as added: the code was reused, so its description and dates changed"
IN_AND_OUT = "ended and taken up again, or changed back, between the two releases"
SILENT = "changed without an action"


def explain(record: CodeRecord, action: str, kinds: frozenset[ChangeKind], before: Release, after: Release) -> str:
    """Why a change of a code does or doesn't agree with the action that CMS gives for it."""
    added, acted = record.added_date, record.action_effective_date
    if EXPECTED.get(action) in kinds or (action == "N" and not kinds):
        return AGREED
    if ADDED in kinds and added is not None and added <= before.effective:
        return LATE
    if ADDED in kinds and action != "N":
        return ADDED_AND_MORE
    if action == "N" and acted is not None and before.effective < acted < after.effective:
        return BETWEEN
    if action == "A":
        return REUSED if DESCRIPTION in kinds else SEEN_BEFORE
    return SILENT if action == "N" else IN_AND_OUT


REPORTS = {
    "2018-01": ("2017-01", {AGREED: 6521, ADDED_AND_MORE: 14, LATE: 2, SILENT: 21}),
    "2019-01": ("2018-01", {AGREED: 6754, ADDED_AND_MORE: 17, LATE: 3, SILENT: 22, REUSED: 2, SEEN_BEFORE: 2}),
    "2020-01": ("2019-01", {AGREED: 7043, ADDED_AND_MORE: 11, LATE: 18, SILENT: 7}),
}


@cache
def recorded(shared_data: Path, release_id: str) -> dict[str, CodeRecord]:
    """What a release itself states, by code."""
    stated = catalog_of_ten(shared_data).stated_by(release_id)
    return {one.record.code: one.record for one in stated if one.release.id == release_id}


@cache
def reported(shared_data: Path, release_id: str) -> dict[str, str]:
    """The action for each code in the transaction report that came with a release."""
    return dict(read_transaction_report(shared_data / "releases" / FULL_RELEASES[release_id]).actions)


def compared(shared_data: Path, before: str, after: str, actions: dict[str, str]) -> dict[str, list[str]]:
    """The codes with an action, by the reason for their agreement or difference."""
    catalog = catalog_of_ten(shared_data)
    kinds: dict[str, set[ChangeKind]] = {}
    for change in catalog.changes(before, after):
        kinds.setdefault(change.code, set()).add(change.kind)
    releases = {release.id: release for release in catalog.releases}
    found: dict[str, list[str]] = {}
    for code, record in recorded(shared_data, after).items():
        if code in actions:
            told = frozenset(kinds.get(code, ()))
            reason = explain(record, actions[code], told, releases[before], releases[after])
            found.setdefault(reason, []).append(code)
    return found


class TestAgainstWhatCmsReports:
    """The transaction reports in the zips of 2018 to 2020, and the action code that every record carries."""

    @pytest.mark.parametrize("after", REPORTS)
    def test_every_code_of_a_report_agrees_or_its_difference_is_known(self, shared_data: Path, after: str) -> None:
        before, expected = REPORTS[after]
        found = compared(shared_data, before, after, reported(shared_data, after))
        assert {reason: len(codes) for reason, codes in found.items()} == expected

    @pytest.mark.parametrize("after", REPORTS)
    def test_reports_and_records_tell_the_same_actions(self, shared_data: Path, after: str) -> None:
        report = reported(shared_data, after)
        actions = {code: record.action_code for code, record in recorded(shared_data, after).items()}
        only_recorded = {code: action for code, action in actions.items() if report.get(code) != action}
        assert only_recorded == ({"L1": "N"} if after == "2018-01" else {})
        assert report.keys() <= actions.keys()

    def test_the_differences_by_code(self, ten: Catalog, shared_data: Path) -> None:
        found = {
            after: compared(shared_data, before, after, reported(shared_data, after))
            for after, (before, _) in REPORTS.items()
        }
        assert found["2018-01"][LATE] == ["C1842", "G0659"]
        # Spelling, laboratory certificates and types of service; and what the corrections file of 2016-12 told.
        assert found["2018-01"][SILENT] == [
            "E0210", "E0627", "E0628", "E0629", "E0776", "G0259", "G0475", "G0476", "G0477", "G0478", "G0479",
            "G0480", "G0481", "G0482", "G0483", "G0499", "G0500", "G8896", "J3010", "J3060", "J7342",
        ]  # fmt: skip
        assert found["2019-01"][REUSED] == ["G9890", "G9891"]
        assert found["2019-01"][SEEN_BEFORE] == ["QQ", "VM"]
        assert found["2019-01"][LATE] == ["G9868", "G9869", "G9870"]
        # Wordings (G9637 and G9638 got their former meaning back), and "20" as ASC group put right.
        assert found["2019-01"][SILENT] == [
            "C9488", "C9745", "C9746", "C9747", "G0279", "G8891", "G9367", "G9368", "G9481", "G9482", "G9483",
            "G9484", "G9485", "G9486", "G9487", "G9488", "G9489", "G9490", "G9637", "G9638", "G9801", "G9898",
        ]  # fmt: skip
        # The file of January 2019 was made in November 2018, before the last codes of that January were decided.
        late = {ten.timeline(code)[0].record.added_date for code in found["2020-01"][LATE] if code != "DA"}
        assert late == {date(2019, 1, 1)}
        assert found["2020-01"][SILENT] == ["B4105", "C9034", "C9468", "E0210", "E0776", "J7329", "Q9994"]

    def test_the_corrections_file_explains_what_was_silent_in_2018(self, ten: Catalog, shared_data: Path) -> None:
        corrections = read_file(shared_data / "releases" / "2017-HCPCS-Alpha-Numeric-Corrections.zip")
        assert isinstance(corrections, Corrections)
        changes = Catalog.gather(ten, [corrections]).changes("2017-01", "2018-01")
        kinds = {(change.code, change.kind) for change in changes}
        assert not {code for code, kind in kinds if kind is ADDED} & {"C1842", "G0659"}
        assert not {code for code, kind in kinds if kind is DISCONTINUED} & {"G0477", "G0478", "G0479"}
        assert not {code for code, _ in kinds} & {"E0627", "E0628", "E0629"}

    @pytest.mark.parametrize(
        ("before", "after", "expected"),
        [
            ("2020-01", "2020-04", {AGREED: 7085, SILENT: 12}),
            ("2020-04", "2020-07", {AGREED: 7158}),
            ("2020-07", "2020-10", {AGREED: 7196}),
            ("2020-10", "2023-01", {AGREED: 6970, ADDED_AND_MORE: 27, BETWEEN: 742, IN_AND_OUT: 4, SILENT: 42}),
            ("2023-01", "2024-07", {AGREED: 7172, ADDED_AND_MORE: 21, BETWEEN: 826, SILENT: 14}),
            ("2024-07", "2025-10", {AGREED: 8179, ADDED_AND_MORE: 5, BETWEEN: 628, LATE: 3, IN_AND_OUT: 1, SILENT: 30}),
        ],
    )
    def test_action_codes_agree_from_quarter_to_quarter_and_over_longer_spans(
        self, shared_data: Path, before: str, after: str, expected: dict[str, int]
    ) -> None:
        actions = {code: record.action_code for code, record in recorded(shared_data, after).items()}
        found = compared(shared_data, before, after, actions)
        assert {reason: len(codes) for reason, codes in found.items()} == expected

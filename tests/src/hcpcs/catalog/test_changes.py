"""What changed between releases: each difference under its kind, and enough to go from one release to the other."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.src.hcpcs.catalog.applied_changes import apply_changes
from tests.strategies import DESCRIPTIONS, histories, kind_of, release_of

from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.changes import BOOKKEEPING, Change, Fields, stated_fields
from hcpcs.catalog.history.timeline import TimelineTurn
from hcpcs.errors import CatalogError
from hcpcs.records.change_kinds import ChangeKind
from hcpcs.records.record import CodeRecord
from hcpcs.releases import ReadRelease

BASE = CodeRecord(
    code="S9353",
    kind=kind_of("S9353"),
    long_description="Home infusion therapy, insulin, per diem",
    short_description="Hit cont insulin diem",
    pricing_indicators=("00",),
    coverage="I",
    action_code="N",
    added_date=date(2002, 1, 1),
)


def between(before: CodeRecord | None, after: CodeRecord | None, *, bookkeeping: bool = False) -> tuple[Change, ...]:
    other = CodeRecord(code="A0001", kind=kind_of("A0001"), long_description="Unchanged")
    catalog = Catalog.build(
        release_of(release_id, [other] if record is None else [other, record])
        for release_id, record in (("2024-07", before), ("2025-10", after))
    )
    return catalog.changes("2024-07", "2025-10", bookkeeping=bookkeeping)


@pytest.mark.parametrize(
    ("update", "kind", "before", "after"),
    [
        ({"coverage": "D"}, ChangeKind.COVERAGE, {"coverage": "I"}, {"coverage": "D"}),
        (
            {"pricing_indicators": ("51", "53")},
            ChangeKind.PRICING,
            {"pricing_indicator_1": "00", "pricing_indicator_2": ""},
            {"pricing_indicator_1": "51", "pricing_indicator_2": "53"},
        ),
        ({"asc_group": "YY"}, ChangeKind.PRICING, {"asc_group": ""}, {"asc_group": "YY"}),
        (
            {"short_description": "Insulin at home"},
            ChangeKind.DESCRIPTION,
            {"short_description": "Hit cont insulin diem"},
            {"short_description": "Insulin at home"},
        ),
        (
            {"termination_date": date(2025, 3, 31)},
            ChangeKind.DISCONTINUED,
            {"termination_date": ""},
            {"termination_date": "20250331"},
        ),
        ({"betos": "Z2"}, ChangeKind.OTHER, {"betos": ""}, {"betos": "Z2"}),
        (
            {"cross_references": ("S9328", "S9351")},
            ChangeKind.OTHER,
            {"cross_references": ""},
            {"cross_references": "S9328, S9351"},
        ),
    ],
)
def test_a_field_changes_under_its_kind(
    update: dict[str, object], kind: ChangeKind, before: Fields, after: Fields
) -> None:
    (change,) = between(BASE, BASE.model_copy(update=update))
    assert (change.code, change.kind, change.before, change.after) == ("S9353", kind, before, after)


def test_one_change_a_kind_in_the_order_of_the_kinds() -> None:
    ended = {"termination_date": date(2025, 3, 31), "coverage": "D", "long_description": "Insulin at home"}
    kinds = [change.kind for change in between(BASE, BASE.model_copy(update=ended))]
    assert kinds == [ChangeKind.DISCONTINUED, ChangeKind.DESCRIPTION, ChangeKind.COVERAGE]


def test_a_code_taken_up_again_and_an_end_that_was_moved() -> None:
    ended, later = (BASE.model_copy(update={"termination_date": date(2024, month, 1)}) for month in (3, 9))
    assert [change.kind for change in between(ended, BASE)] == [ChangeKind.REACTIVATED]
    assert [change.kind for change in between(ended, later)] == [ChangeKind.OTHER]


def test_an_added_code_comes_with_all_that_is_stated_and_a_removed_one_goes_with_it() -> None:
    (added,) = between(None, BASE)
    (removed,) = between(BASE, None)
    assert (added.kind, added.before, added.after["coverage"]) == (ChangeKind.ADDED, {}, "I")
    assert (removed.kind, removed.before, removed.after) == (ChangeKind.REMOVED, added.after, {})
    assert added.short_description == removed.short_description == "Hit cont insulin diem"


def test_cms_own_bookkeeping_is_told_only_if_asked_for() -> None:
    touched = BASE.model_copy(update={"action_code": "F", "action_effective_date": date(2025, 1, 1)})
    assert between(BASE, touched) == ()
    (change,) = between(BASE, touched, bookkeeping=True)
    assert change.kind is ChangeKind.OTHER
    assert change.before.keys() == BOOKKEEPING


def fields_by_code(catalog: Catalog, release_id: str, *, bookkeeping: bool) -> dict[str, Fields]:
    found = {one.record.code: stated_fields(one) for one in catalog.stated_by(release_id)}
    if not bookkeeping:
        found = {code: {n: v for n, v in fields.items() if n not in BOOKKEEPING} for code, fields in found.items()}
    return found


@given(history=histories(), data=st.data())
def test_changes_applied_to_one_release_give_the_other(history: tuple[ReadRelease, ...], data: st.DataObject) -> None:
    catalog = Catalog.build(history)
    ids = [release.id for release in catalog.releases]
    before, after = data.draw(st.sampled_from(ids)), data.draw(st.sampled_from(ids))
    for bookkeeping in (False, True):
        old = fields_by_code(catalog, before, bookkeeping=bookkeeping)
        new = fields_by_code(catalog, after, bookkeeping=bookkeeping)
        result = apply_changes(old, catalog.changes(before, after, bookkeeping=bookkeeping))
        if not bookkeeping:
            result = {
                code: {n: v for n, v in fields.items() if n not in BOOKKEEPING} for code, fields in result.items()
            }
        # Of a kind that neither release nor one before it holds, nothing is known, and nothing is told.
        known = {kind for one in history if one.release.id <= min(before, after) for kind in one.release.kinds}
        for told in (result, new):
            for code in [code for code in told if kind_of(code) not in known]:
                del told[code]
        assert result == new


class TestHistory:
    """Releases of 2017 to 2020 that state one code; ``None`` where it is missing."""

    @staticmethod
    def turns(*records: CodeRecord | None) -> list[tuple[str, str, tuple[TimelineTurn, ...], str | None]]:
        other = CodeRecord(code="A0001", kind=kind_of("A0001"), long_description="Unchanged")
        catalog = Catalog.build(
            release_of(f"{year}-01", [other] if record is None else [other, record])
            for year, record in enumerate(records, start=2017)
        )
        return [
            (one.first.id, one.last.id, one.turns, one.removed_in and one.removed_in.id)
            for one in catalog.history("S9353")
        ]

    def test_bookkeeping_makes_no_episode(self) -> None:
        touched = BASE.model_copy(update={"action_code": "F"})
        assert self.turns(BASE, touched, BASE) == [("2017-01", "2019-01", (TimelineTurn.FIRST_SEEN,), None)]

    def test_ended_and_taken_up_again(self) -> None:
        ended = BASE.model_copy(update={"termination_date": date(2017, 12, 31)})
        assert [turns for _, _, turns, _ in self.turns(BASE, ended, BASE)] == [
            (TimelineTurn.FIRST_SEEN,),
            (TimelineTurn.DISCONTINUED,),
            (TimelineTurn.REACTIVATED,),
        ]

    def test_removed_and_given_away_anew(self) -> None:
        anew = BASE.model_copy(update={"long_description": DESCRIPTIONS[3], "added_date": date(2018, 7, 1)})
        assert self.turns(BASE, None, anew) == [
            ("2017-01", "2017-01", (TimelineTurn.FIRST_SEEN,), "2018-01"),
            ("2019-01", "2019-01", (TimelineTurn.RETURNED, TimelineTurn.REUSED), None),
        ]

    def test_another_meaning_under_the_same_code(self) -> None:
        other = BASE.model_copy(update={"long_description": DESCRIPTIONS[4]})
        reworded = BASE.model_copy(update={"long_description": "Home infusion therapy, insulin, each day"})
        assert self.turns(BASE, other)[1][2] == (TimelineTurn.NEW_MEANING,)
        assert self.turns(BASE, reworded)[1][2] == (TimelineTurn.CHANGED,)

    def test_missing_and_back_unchanged(self) -> None:
        assert self.turns(BASE, None, BASE) == [
            ("2017-01", "2017-01", (TimelineTurn.FIRST_SEEN,), "2018-01"),
            ("2019-01", "2019-01", (TimelineTurn.RETURNED,), None),
        ]


def test_a_release_alone_states_its_changes_by_action_code() -> None:
    dates = {"A": date(2025, 10, 1), "D": date(2025, 7, 1), "N": date(2025, 10, 1), "P": None}
    codes = {"A": "A0001", "D": "A0002", "N": "A0003", "P": "A0004"}
    records = [
        BASE.model_copy(update={"code": codes[action], "action_code": action, "action_effective_date": day})
        for action, day in dates.items()
    ]
    catalog = Catalog.build([release_of("2025-10", records)])
    changes = catalog.changes_by_action("2025-10")
    assert [(change.code, change.kind, change.before) for change in changes] == [
        ("A0001", ChangeKind.ADDED, {}),
        ("A0002", ChangeKind.DISCONTINUED, {}),
        ("A0004", ChangeKind.PRICING, {}),
    ]
    assert catalog.changes_by_action("2025-10") is changes
    assert [change.code for change in catalog.changes_by_action("2025-10", date(2025, 10, 1))] == ["A0001"]
    assert [change.code for change in catalog.changes_by_action("2025-10", date(2025, 7, 1))] == ["A0001", "A0002"]
    with pytest.raises(CatalogError):
        catalog.changes_by_action("2024-01")

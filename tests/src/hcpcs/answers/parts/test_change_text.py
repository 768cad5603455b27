"""A change in plain words."""

from __future__ import annotations

import pytest

from hcpcs.answers.parts.change_text import after_code, change_detail, change_sentence
from hcpcs.catalog.changes import Change
from hcpcs.records.change_kinds import ChangeKind


def change(kind: ChangeKind, before: dict[str, str], after: dict[str, str], short: str = "Pump") -> Change:
    return Change(code="E0601", kind=kind, before=before, after=after, short_description=short)


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        (change(ChangeKind.ADDED, {}, {"coverage": "D"}), "E0601 (Pump) added."),
        (change(ChangeKind.ADDED, {}, {}, short=""), "E0601 added."),
        (
            change(ChangeKind.COVERAGE, {"coverage": "C"}, {"coverage": "D"}),
            "E0601 (Pump) coverage changed: coverage code C -> D.",
        ),
        (
            change(ChangeKind.PRICING, {"asc_group": "YY"}, {}),
            "E0601 (Pump) pricing changed: ASC payment group YY -> blank.",
        ),
        (
            change(ChangeKind.DESCRIPTION, {"long_description": "A pump"}, {"long_description": "A vest"}),
            "E0601 (Pump) description changed: description A [-pump-] {+vest+}.",
        ),
        (
            change(ChangeKind.DISCONTINUED, {"termination_date": ""}, {"termination_date": "20191231"}),
            "E0601 (Pump) discontinued: last day December 31, 2019.",
        ),
    ],
)
def test_one_change_in_a_sentence(one: Change, sentence: str) -> None:
    assert change_sentence(one) == sentence
    assert one.code + after_code(one) == sentence


def test_what_is_known_from_one_release_only_has_no_before() -> None:
    one = change(ChangeKind.PRICING, {}, {"action_code": "P", "action_effective_date": "20251001"})
    assert change_detail(one) == "action code P, action effective October 1, 2025"

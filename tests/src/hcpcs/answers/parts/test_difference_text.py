"""What differs between two editions, in words: values with units, and sums over states."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hcpcs.answers.parts.difference_text import row_name, row_text
from hcpcs.companions.edition import EditionKind
from hcpcs.companions.storage.edition_differences import DifferenceKind, EditionDifference


def difference(
    what: str, before: str, after: str, percent: str = "", unit: str = "", **more: object
) -> EditionDifference:
    values: dict[str, object] = {
        "edition_kind": EditionKind.DMEPOS,
        "code": "E0601",
        "difference": DifferenceKind.UP if percent else DifferenceKind.CHANGED,
        "percent": Decimal(percent) if percent else None,
    }
    stated = {"what": what, "before": before, "after": after, "unit": unit}
    return EditionDifference.model_validate({**values, **stated, **more})


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (
            difference("limit", "29.856", "31.415", "5.22", "USD per 10 MG"),
            "payment limit $29.856 -> $31.415 per 10 MG (+5.22 percent)",
        ),
        (
            difference("TX", "49.9", "50.91", "2.02", "USD per month"),
            "in TX $49.90 -> $50.91 per month (+2.02 percent)",
        ),
        (difference("TX rural", "0", "91.52", unit="USD"), "in TX, rural, none -> $91.52"),
        (difference("limit", "3.1", "N/A", unit="USD per 1 MG"), "payment limit $3.10 -> N/A per 1 MG"),
        (difference("value", "1", "0", "-100", "units of service"), "MUE 1 -> 0 (-100 percent)"),
        (difference("coinsurance", "20", "18.5", "-7.5", "%"), "coinsurance 20% -> 18.5% (-7.5 percent)"),
        (difference("status_indicator", "K", "N"), "status indicator K -> N"),
    ],
)
def test_old_and_new_value_have_their_unit(one: EditionDifference, text: str) -> None:
    assert row_text([one]) == text


def test_many_states_are_summed_up() -> None:
    states = ("AL", "AK", "AZ", "TX", "CA", "NY")
    rows = [difference(state, "1", "1.02", "2.00") for state in states[:3]]
    rows += [difference(state, "1", "1.03", "3.00") for state in states[3:5]]
    rows += [
        difference("NY", "1", "0.9", "-10", difference=DifferenceKind.DOWN),
        difference("TX rural", "1", "2", "100"),
    ]
    assert row_text(rows) == (
        "up in 5 states and territories by 2.00 to 3.00 percent; down in 1 state or territory by 10 percent; "
        "rural up in 1 state or territory by 100 percent"
    )


def test_a_row_is_named_by_its_modifiers_or_its_day() -> None:
    assert row_name(difference("TX", "1", "2", qualifiers=("RR", "KX"))) == "E0601-RR-KX"
    added = difference("", "", "", qualifiers=("2017-07-17",), difference=DifferenceKind.ADDED)
    assert (row_name(added), row_text([added])) == ("E0601 (from July 17, 2017)", "added")

"""What a description negates: the words after "without" or "no", but not "with or without" nor "No. 2"."""

from __future__ import annotations

import pytest

from hcpcs_index.inverted_index.negations import NOTHING_NEGATED, read_negations


@pytest.mark.parametrize(
    ("description", "word", "negated"),
    [
        ("Composite dressing, sterile, without any adhesive border, each", "border", True),
        ("Composite dressing, sterile, without any adhesive border, each", "dressing", False),
        ("Composite dressing, with or without border, each", "border", False),
        ("Knee orthosis, without knee joint, prefabricated", "knee", False),
        ("Non-emergency transportation", "emergency", True),
        ("Walker, other than folding", "folding", True),
        ("Cover w/o straps", "strap", True),
        ("Orthosis not for the left lower extremity, with joints", "joint", False),
        ("Individual not meeting criteria for high risk", "risk", True),
        ("Individual meeting criteria for high risk, not pregnant", "risk", False),
        ("No. 2 footplates, except for elevating leg rest", "footplate", False),
        ("Wheelchair, no footplates", "footplate", True),
    ],
)
def test_a_word_is_negated_where_each_occurrence_is(description: str, word: str, negated: bool) -> None:
    assert read_negations(description).has(word) is negated


def test_most_descriptions_negate_nothing() -> None:
    assert read_negations("Wheelchair, standard") is NOTHING_NEGATED
    assert read_negations("Snore guard, knot in cord") is NOTHING_NEGATED

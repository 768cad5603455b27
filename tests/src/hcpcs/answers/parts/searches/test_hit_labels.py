"""The words beside each code of a headline."""

from __future__ import annotations

import pytest

from hcpcs.answers.parts.searches.hit_labels import LABEL_LENGTH, labeled_codes
from hcpcs.search_port import Hit


def hits(*descriptions: str) -> list[Hit]:
    return [
        Hit(code=f"E{number:04}", score=1.0, short_description="", long_description=text, active=True)
        for number, text in enumerate(descriptions, 1)
    ]


@pytest.mark.parametrize(
    ("descriptions", "labels"),
    [
        (("Lancets, per box of 100",), "E0001 (Lancets)"),
        (("Injection, ketorolac tromethamine, per 15 mg",), "E0001 (ketorolac tromethamine)"),
        (
            ("Tape, non-waterproof, per 18 square inches", "Tape, waterproof, per 18 square inches"),
            "E0001 (Tape, non-waterproof) and E0002 (Tape, waterproof)",
        ),
        (
            ("Cane (any material), adjustable", "Cane, quad"),
            "E0001 (Cane, adjustable) and E0002 (Cane, quad)",
        ),
        (("Iv pole", "Iv pole"), "E0001 (Iv pole) and E0002 (Iv pole)"),
    ],
)
def test_a_label_has_the_words_that_decide(descriptions: tuple[str, ...], labels: str) -> None:
    assert labeled_codes(hits(*descriptions)) == labels


def test_a_long_label_ends_at_a_word() -> None:
    text = labeled_codes(hits("word " * 40))
    assert text.endswith("word…)")
    assert len(text) <= len("E0001 ()") + LABEL_LENGTH


def test_codes_that_are_not_named_are_counted() -> None:
    assert labeled_codes(hits("Lancets, per box of 100"), more=2) == "E0001 (Lancets) and 2 more"
    assert labeled_codes(hits("Lancets, per box of 100"), more=-2) == "E0001 (Lancets)"

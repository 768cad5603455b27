"""Titles of cards: short, cut at the end of a clause, acronyms in capitals."""

from __future__ import annotations

import pytest

from hcpcs_bot.slack.cards.parts.titles import TITLE_SHOWN, short_description, with_acronyms


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Continuous positive airway pressure (cpap) device", "Continuous positive airway pressure (CPAP) device"),
        ("Injection, triamcinolone acetonide (xipere), 1 mg", "Injection, triamcinolone acetonide (xipere), 1 mg"),
        ("Rental (dme)", "Rental (dme)"),
        ("(cpap) alone", "(cpap) alone"),
    ],
)
def test_initials_in_parentheses_are_an_acronym(written: str, shown: str) -> None:
    assert with_acronyms(written) == shown


def test_a_short_description_stays_whole() -> None:
    assert short_description("Unclassified drugs") == "Unclassified drugs"


def test_a_long_one_ends_with_a_clause() -> None:
    text = (
        "Home infusion therapy, continuous insulin infusion therapy; administrative services, professional pharmacy "
        "services (drugs and nursing visits coded separately), per diem"
    )
    assert short_description(text) == "Home infusion therapy, continuous insulin infusion therapy…"


def test_no_parenthesis_is_left_open_and_no_word_is_cut() -> None:
    text = "Wheelchair accessory with a very long name (for example, any type of tilt, recline or legs) and more words"
    assert "(" not in short_description(text)
    cut = short_description("word " * 40)
    assert len(cut) <= TITLE_SHOWN
    assert cut.removesuffix("…").split() == ["word"] * len(cut.split())

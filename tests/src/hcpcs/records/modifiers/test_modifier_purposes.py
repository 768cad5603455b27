"""The words of a question name the purpose of a modifier."""

from __future__ import annotations

import re
from datetime import date

import pytest
from tests.work import count_lines

from hcpcs.answers.desk import Desk
from hcpcs.records.modifiers.modifier_purposes import modifier_purposes, purposes_named, words_beside


@pytest.mark.parametrize(
    ("text", "modifiers"),
    [
        ("wasted drug", "JW"),
        ("no drug wasted", "JZ"),
        ("signed abn on file", "GA"),
        ("abn not on file", "GZ"),
        ("rental second month", "KI"),
        ("rental", "RR"),
        ("left knee", "LT"),
        ("left and right knee", "RT LT"),
        ("group therapy", "HQ"),
        ("oxygen group 2", "N2"),
        ("test strips patient not on insulin", "KS"),
        ("test strips patient on insulin", "KX"),
        ("physical therapy", "GP"),
        ("physical therapy assistant", "CQ"),
        ("left thumb", "FA"),
        ("right index finger", "F6"),
        ("left big toe", "TA"),
        ("upper right eyelid", "E3"),
        ("crna", "QX QZ"),
        ("crna without medical direction", "QZ"),
        ("esa chemo anemia", "EA"),
        ("no order on file", "EY"),
        ("off campus department", "PO PN"),
        ("off campus emergency department", "ER"),
        ("multiple patients in ambulance", "GM"),
        ("two patients portable xray", "UN"),
        ("masters level therapist", "HO"),
        ("oxygen over 4 liters", "QG"),
    ],
)
def test_the_purpose_with_most_words_counts(text: str, modifiers: str) -> None:
    named = purposes_named(text.split())
    assert [one for purpose, _ in named for one in purpose.modifiers] == modifiers.split()


def test_only_lines_with_a_word_of_the_question_are_compared() -> None:
    """The table has 372 lines: comparing each takes 3,000 lines of code."""
    purposes_named(())
    assert count_lines(lambda: purposes_named("which modifier for a biologic".split())) < 100
    assert count_lines(lambda: purposes_named("modifier physical therapy assistant left hand".split())) < 1000


def test_every_modifier_of_a_purpose_is_in_the_release(full: Desk) -> None:
    named = {modifier for purpose in modifier_purposes() for modifier in purpose.modifiers}
    assert named <= set(full.catalog.modifiers())


def test_every_purpose_has_a_source_and_modifiers_by_their_form() -> None:
    for purpose in modifier_purposes():
        assert purpose.source
        assert all(re.fullmatch(r"[A-Z][A-Z0-9]", modifier) for modifier in purpose.modifiers)
        assert all(re.fullmatch(r"\d\d", modifier) for modifier in purpose.cpt)


def test_no_modifier_of_a_purpose_has_ended(full: Desk) -> None:
    """JG, the other modifier of 340B drugs, ended on December 31, 2024: TB alone is named."""
    named = {one for purpose in modifier_purposes() for one in purpose.modifiers}
    statements = [full.catalog.current(one, date(2026, 11, 21)) for one in sorted(named)]
    assert [one.record.code for one in statements if one and one.record.termination_date] == []


@pytest.mark.parametrize(
    ("use", "word"),
    [
        ("modifier", "mods"),
        ("comparing", "versus"),
        ("choosing", "which"),
        ("digit", "foot"),
        ("used", "for"),
        ("alone", "patient"),
    ],
)
def test_words_beside_a_purpose(use: str, word: str) -> None:
    words = words_beside(use)
    assert word in words
    assert all(one.islower() and one.isalpha() for one in words)
    assert "left" not in words

"""Sections of the withdrawn Coverage Issues Manual and where they are now."""

from __future__ import annotations

import pytest

from hcpcs.answers.desk import Desk
from hcpcs.records.manuals.coverage_manual import cim_meaning, ncd_section


@pytest.mark.parametrize(
    ("cim", "ncd"),
    [
        ("60-17", "240.4"),
        ("60-9", "280.1"),
        ("60.9", "280.1"),
        ("55-1A", "230.7"),
        ("50-1", "20.8.1"),
        ("50.55", "190.11"),
        ("50.81", "70.2.1"),
    ],
)
def test_a_section_has_its_ncd_number(cim: str, ncd: str) -> None:
    assert ncd_section(cim) == ncd


@pytest.mark.parametrize("cim", ["60-5", "153.60", "15018I", "60-999"])
def test_a_section_that_is_not_certain_has_none(cim: str) -> None:
    assert ncd_section(cim) == ""
    assert cim_meaning((cim,)) == "withdrawn in 2003 for the NCD Manual, Pub. 100-03; its section there isn't known"


@pytest.mark.parametrize(("cim", "ncd"), [("65-10", "180.2"), ("50-36", "220.6")])
def test_an_ncd_that_was_removed_is_never_now(cim: str, ncd: str) -> None:
    removed = f"NCD {ncd}, Pub. 100-03, which CMS removed on January 1, 2022: the MACs decide"
    assert cim_meaning((cim,)) == removed
    assert cim_meaning(("60-17", cim)) == f"now NCD 240.4, Pub. 100-03; {removed}"


def test_a_record_without_references_says_nothing() -> None:
    assert cim_meaning(()) is None


def test_a_section_by_its_new_number_is_itself() -> None:
    assert ncd_section("280.1") == "280.1"


def test_a_question_for_a_section_says_that_its_ncd_was_removed(full: Desk) -> None:
    headline = full.ask("what is CIM 65-10").headline
    assert headline.startswith(
        "Section 65-10 of the Coverage Issues Manual became NCD 180.2, Pub. 100-03, which CMS removed"
    )


def test_the_card_keeps_the_old_number(full: Desk) -> None:
    assert "Coverage Issues Manual: 60-17 (now NCD 240.4, Pub. 100-03)" in full.ask("E0601").text

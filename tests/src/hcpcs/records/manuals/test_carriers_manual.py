"""Sections of the withdrawn Medicare Carriers Manual and where they are now."""

from __future__ import annotations

import pytest

from hcpcs.answers.desk import Desk
from hcpcs.records.manuals.carriers_manual import mcm_meaning, section_now


@pytest.mark.parametrize(
    ("mcm", "publication", "chapter", "section"),
    [
        ("2049", "100-02", 15, "50"),
        ("2130", "100-02", 15, "120"),
        ("2130 A", "100-02", 15, "120"),
        ("2130.B", "100-02", 15, "120"),
        ("2120", "100-02", 10, "10"),
        ("2136", "100-02", 15, "150"),
        ("2336", "100-02", 16, "140"),
        ("2455B", "100-01", 3, "20.5"),
        ("15018I", "100-04", 12, "50"),
    ],
)
def test_a_section_has_its_place(mcm: str, publication: str, chapter: int, section: str) -> None:
    place = section_now(mcm)
    assert place is not None
    assert (place.publication, place.chapter, place.section) == (publication, chapter, section)


def test_a_section_without_a_place_is_said_to_be_withdrawn() -> None:
    assert mcm_meaning(("3312",)) == "withdrawn in 2003; its rules are in CMS's internet-only manuals"
    assert mcm_meaning(()) is None


def test_a_section_of_the_other_manual_has_its_ncd() -> None:
    assert mcm_meaning(("60-9",)) == "now NCD 280.1, Pub. 100-03"


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("2136 in medicare carriers manual", "chapter 15, section 150."),
        ("section 2049 of the MCM", "chapter 15, section 50."),
        ("60-17 of the coverage issues manual", "is now NCD 240.4, Pub. 100-03."),
        ("where is 60-16 now", "is now NCD 280.6, Pub. 100-03."),
        ("60-14 infusion pump now", "is now NCD 280.14, Pub. 100-03."),
        ("60-9", "is now NCD 280.1, Pub. 100-03."),
        ("ncd for 60-9", "is now NCD 280.1, Pub. 100-03."),
    ],
)
def test_a_section_is_recognized_before_its_manual_or_alone(full: Desk, asked: str, place: str) -> None:
    assert full.ask(asked).headline.endswith(place)


def test_two_numbers_are_no_section_that_the_manual_lacks(full: Desk) -> None:
    assert "Coverage Issues Manual" not in full.ask("what is 99-98").text


def test_coverage_cites_both_numbers(full: Desk) -> None:
    text = full.ask("is J1885 covered by Medicare").text
    assert "Medicare Carriers Manual 2049 (now in the Medicare Benefit Policy Manual, Pub. 100-02, chapter 15" in text


def test_most_references_have_their_place(full: Desk) -> None:
    records = [statement.record for statement in full.catalog.stated_by(full.catalog.newest.id)]
    cited = [reference for record in records for reference in record.mcm_references]
    meanings = [mcm_meaning((reference,)) or "" for reference in cited]
    assert sum(one.startswith("now ") for one in meanings) > 0.94 * len(cited)

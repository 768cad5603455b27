"""The fee schedule of former bidding areas: CMS names an area in two ways."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.src.hcpcs.companions.companion_files import csv_of, facts_on, read_bytes, store_of

from hcpcs.companions.edition import EditionKind
from hcpcs.companions.forms.fees.former_areas import area_location, area_title, is_former_area
from hcpcs.companions.storage.companion_store import CompanionStore
from hcpcs.errors import ReleaseError

NAME = "Former CBA Fee Schedule File - JAN2026.csv"
BANNER = (("2026 Former CBA Fee Schedule",), ("Notes",), (), ("January 2026",), (), ())
HEADER = ("HCPCS", "Mod", "Mod2", "Mod3", "CATG", "Aiken County, SC", "Dallas, TX", "St. Louis, MO", "Description")
ROWS = (
    ("E0601", "RR", "", "", "CR", "54.01", "53.94", "0", "Cont airway pressure device"),
    ("E1390", "RR", "QF", "", "OX", "90", "98.22", "97", "Oxygen concentrator"),
)


@pytest.fixture
def areas(tmp_path: Path) -> CompanionStore:
    return store_of(tmp_path, *read_bytes(tmp_path, NAME, csv_of([*BANNER, HEADER, *ROWS])))


def test_an_amount_is_that_of_the_area(areas: CompanionStore) -> None:
    assert areas.editions[0].label == "DMEPOS fee schedule of former bidding areas January 2026"
    for location, amount in (("Dallas TX CBA", "53.94"), ("Aiken County SC CBA", "54.01")):
        (fact,) = facts_on(areas, EditionKind.FORMER_CBA, "E0601", area=location).facts
        assert (fact.value, fact.unit, fact.qualifiers.modifiers) == (Decimal(amount), "USD per month", ("RR",))
        assert f"{fact.qualifiers.location} CBA" == location


def test_without_an_amount_in_the_area_there_is_no_fact(areas: CompanionStore) -> None:
    assert not facts_on(areas, EditionKind.FORMER_CBA, "E0601", area="St. Louis MO CBA").facts
    assert not facts_on(areas, EditionKind.FORMER_CBA, "E0601", area="Houston TX CBA").facts
    assert len(facts_on(areas, EditionKind.FORMER_CBA, "E0601").facts) == 2


def test_the_file_of_one_area_is_read_with_its_short_name(tmp_path: Path) -> None:
    rows = (("HCPCS", "Mod", "Mod2", "CATG", "Dallas", "Description"), ("E0601", "RR", "", "CR", "53.94", "A device"))
    store = store_of(tmp_path, *read_bytes(tmp_path, NAME, csv_of(rows)))
    assert facts_on(store, EditionKind.FORMER_CBA, "E0601", area="Dallas TX CBA").facts[0].value == Decimal("53.94")


def test_a_file_without_areas_is_refused(tmp_path: Path) -> None:
    rows = (("HCPCS", "Mod", "Mod2", "CATG", "Description"), ("E0601", "RR", "", "CR", "A device"))
    with pytest.raises(ReleaseError, match="has no column of a former bidding area"):
        read_bytes(tmp_path, NAME, csv_of(rows))


def test_the_ways_to_write_an_area() -> None:
    assert area_location("Dallas, TX") == area_location("Dallas  TX CBA") == "Dallas TX CBA"
    assert area_title("Dallas TX CBA") == "Dallas TX"
    assert is_former_area("Dallas TX CBA")
    assert not is_former_area("RURAL")


def test_the_national_amounts_by_mail_are_not_those_of_areas(tmp_path: Path) -> None:
    header = ("HCPCS", "Mod", "Mod2", "Mod3", "CATG", "National Mail-Order", "Description")
    rows = (header, ("A4253", "NU", "KL", "", "IN", "8.32", "Blood glucose strips"))
    assert read_bytes(tmp_path, "Former CBA National Mail-Order DTS Fee Schedule- JAN2026.csv", csv_of(rows)) == ()

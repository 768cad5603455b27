"""Where an amount is asked for: ZIP codes that are rural, in a former bidding area, on no list, or in no state."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.src.hcpcs.answers.facts.facts_desk import facts_desk
from tests.src.hcpcs.companions.companion_files import csv_of, read_bytes, store_of, table_text

from hcpcs.answers.desk import Desk

AREAS = (
    ("HCPCS", "Mod", "Mod2", "Mod3", "CATG", "El Paso, TX", "Dallas, TX", "Description"),
    ("E0601", "RR", "", "", "CR", "53.94", "54.94", "Cont airway pressure device"),
)
RURAL = (("STATE", "DMEPOS RURAL ZIP CODE", "YEAR/QTR"), ("MA", "1223", "202601"))


@pytest.fixture(scope="module")
def with_areas(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("areas")
    names = ("DMEPOS26_JAN.csv", "rural zips.csv")
    editions = [one for name in names for one in read_bytes(folder, name, table_text(name))]
    editions += read_bytes(folder, "Former CBA Fee Schedule File - JAN2026.csv", csv_of(AREAS))
    return facts_desk(folder, stored=store_of(folder, *editions))


def test_in_a_former_bidding_area_its_own_schedule_leads(with_areas: Desk) -> None:
    answer = with_areas.ask("how much is E0601 RR in 79936")
    assert answer.headline.startswith("E0601-RR in the former bidding area El Paso TX: $53.94 a month")
    assert "Outside former bidding areas: E0601-RR in Texas: $50.50 a month." in answer.text
    assert [str(fact.value) for fact in answer.facts if fact.subject.value == "amount"] == ["53.94", "50.5"]


def test_an_item_that_was_not_bid_has_the_amount_of_the_state(with_areas: Desk) -> None:
    answer = with_areas.ask("how much is A4217 AU in 79936")
    assert answer.headline.startswith("A4217-AU in Texas: $4.47.")
    assert "isn't loaded" not in answer.text


def test_without_the_schedule_of_former_areas_that_is_said(desk: Desk) -> None:
    answer = desk.ask("how much is E0601 RR in 79936")
    assert answer.headline.startswith("E0601-RR in Texas: $50.50 a month.")
    assert "Items that were bid in the former bidding area El Paso TX are paid by its own fee schedule" in answer.text


def test_a_zip_code_on_no_list_has_the_state_of_its_prefix_and_is_not_rural(desk: Desk) -> None:
    answer = desk.ask("how much is E0601 RR in 75001")
    assert answer.headline.startswith("E0601-RR in Texas: $50.50 a month.")
    assert "ZIP code 75001 (Texas) is not on the DMEPOS rural ZIP codes January 2026" in answer.text


def test_a_zip_code_in_another_state_than_the_named_one_is_said_to_be_so(desk: Desk) -> None:
    answer = desk.ask("how much is E0601 RR in Texas, zip 99501")
    assert answer.headline.startswith("E0601-RR in Alaska: $60.00 a month")
    assert "ZIP code 99501 is in Alaska, not in Texas." in answer.text


def test_an_address_of_the_armed_forces_has_no_state(desk: Desk) -> None:
    answer = desk.ask("how much is E0601 RR in zip code 09012")
    assert "ZIP code 09012 is an address of the armed forces overseas (AE), which is in no state." in answer.text
    assert desk.ask("is zip code 09012 rural").headline.startswith("ZIP code 09012 is an address of the armed forces")


def test_a_list_of_rural_zips_alone_does_not_say_what_is_a_former_area(tmp_path: Path) -> None:
    editions = [
        *read_bytes(tmp_path, "DMEPOS26_JAN.csv", table_text("DMEPOS26_JAN.csv")),
        *read_bytes(tmp_path, "DME Rural ZIP Code Quarter 1 2026.csv", csv_of(RURAL)),
    ]
    answer = facts_desk(tmp_path, stored=store_of(tmp_path, *editions)).ask("is 75201 rural?")
    assert answer.headline.endswith("That list doesn't say whether it is in a former bidding area.")
    areas = (("CBA State", "CBA ZIP Code", "CBA Name", "Year/Qtr"), ("TX", "75201", "Dallas, TX", "202601"))
    editions += read_bytes(tmp_path, "Former CBA ZIP Code File- JAN2026.csv", csv_of(areas))
    version = tmp_path / "version"
    version.mkdir()
    desk = facts_desk(tmp_path, stored=store_of(version, *editions))
    assert desk.ask("is 75201 rural?").headline.endswith("it is in the former competitive bidding area Dallas TX.")
    assert desk.ask("is 10001 rural?").headline.endswith("the amounts that are not rural apply.")


def test_a_territory_without_a_column_has_no_amount(desk: Desk) -> None:
    answer = desk.ask("how much is E0601 RR in Guam")
    assert answer.headline.startswith("The DMEPOS fee schedule January 2026 lists E0601, but has no amounts for Guam.")


def test_a_former_area_that_the_schedule_lacks_is_not_taken_for_an_item_that_was_not_bid(tmp_path: Path) -> None:
    header = ("HCPCS", "Mod", "Mod2", "CATG", "Dallas, TX", "Description")
    editions = [
        one for name in ("DMEPOS26_JAN.csv", "rural zips.csv") for one in read_bytes(tmp_path, name, table_text(name))
    ]
    rows = csv_of((header, ("E0601", "RR", "", "CR", "54.94", "A device")))
    editions += read_bytes(tmp_path, "Former CBA Fee Schedule File - JAN2026.csv", rows)
    answer = facts_desk(tmp_path, stored=store_of(tmp_path, *editions)).ask("how much is E0601 RR in 79936")
    assert "El Paso TX are paid by its own fee schedule, which isn't loaded" in answer.text


def test_a_later_month_in_a_former_area_is_of_its_amount(with_areas: Desk) -> None:
    answer = with_areas.ask("fee for E0601 RR month 5 in 79936")
    assert answer.headline.startswith(
        "E0601-RR in the former bidding area El Paso TX, months 4 to 13: $40.46 a month, $53.94 before that"
    )

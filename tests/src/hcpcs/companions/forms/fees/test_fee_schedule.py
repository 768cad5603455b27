"""DMEPOS fee schedules: amounts by area, rural or not, and by modifier."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.src.hcpcs.companions.companion_files import (
    FEE_HEADER,
    FEE_ROWS,
    csv_of,
    facts_on,
    read_bytes,
    small_store,
    store_of,
    table_text,
)

from hcpcs.companions.edition import Absence, EditionKind
from hcpcs.companions.storage.companion_store import CompanionStore
from hcpcs.errors import ReleaseError

DMEPOS = EditionKind.DMEPOS
NAME = "DMEPOS26_JAN.csv"


@pytest.fixture
def schedule(tmp_path: Path) -> CompanionStore:
    return small_store(tmp_path, NAME)


def test_an_amount_names_its_area_modifier_and_proof(schedule: CompanionStore) -> None:
    (fact,) = facts_on(schedule, DMEPOS, "E0601", area="TX", rural=False, modifiers=("RR",)).facts
    assert (fact.code, fact.value, fact.unit) == ("E0601", Decimal("50.5"), "USD per month")
    assert fact.qualifiers.area == "TX"
    assert fact.qualifiers.modifiers == ("RR",)
    assert fact.qualifiers.category_meaning == "capped rental items"
    assert fact.qualifiers.jurisdiction_meaning == "DME MAC"
    assert (fact.edition, fact.file, fact.row) == ("DMEPOS fee schedule January 2026", NAME, 8)


def test_zero_in_a_rural_column_is_no_amount(schedule: CompanionStore) -> None:
    rural, other = (
        facts_on(schedule, DMEPOS, "A4217", area="TX", rural=rural, modifiers=("AU",)).facts[0].value
        for rural in (True, False)
    )
    assert rural is None
    assert other == Decimal("4.47")


def test_without_an_area_the_limits_come_first_and_no_amount_is_left_out(schedule: CompanionStore) -> None:
    facts = facts_on(schedule, DMEPOS, "L8680").facts
    assert [(fact.qualifiers.area, fact.value) for fact in facts] == [("TX", Decimal("400.5"))]
    limits = [fact.qualifiers.limit for fact in facts_on(schedule, DMEPOS, "A4217", modifiers=()).facts]
    assert limits[:3] == ["ceiling", "floor", None]


def test_modifiers_choose_the_row_in_any_order(tmp_path: Path) -> None:
    rows = [(*FEE_ROWS[0][:1], "RR", "KF", *FEE_ROWS[0][3:]), FEE_ROWS[0]]
    store = store_of(tmp_path, *read_bytes(tmp_path, NAME, table_text(NAME, rows)))
    rows_of = {
        modifiers: [fact.row for fact in facts_on(store, DMEPOS, "E0601", area="TX", modifiers=modifiers).facts]
        for modifiers in (("KF", "RR"), ("RR",), ("NU",))
    }
    assert rows_of == {("KF", "RR"): [8, 8], ("RR",): [9, 9], ("NU",): []}


def test_a_passive_motion_device_is_rented_by_the_day(schedule: CompanionStore) -> None:
    (fact,) = facts_on(schedule, DMEPOS, "E0935", area="AL", rural=False).facts
    assert fact.unit == "USD per day"


def test_an_unknown_area_has_no_amount(schedule: CompanionStore) -> None:
    look_up = facts_on(schedule, DMEPOS, "E0601", area="GU")
    assert look_up.absence is Absence.NOT_LISTED


def test_the_form_of_pdac_states_its_quarter_in_the_rows(tmp_path: Path) -> None:
    header = ("HCPCS", "MOD", "MOD2", "CATG", "ALNR", "ALR", "TXNR", "TXR", "PEN", "FROMDATE", "TODATE")
    row = ("A4216", " ", " ", "OS", "0.49", "0", "0.5", "0", " ", "7/01/2021", "9/30/2021")
    (packed,) = read_bytes(tmp_path, "schedule.csv", csv_of([header, row]))
    assert packed.edition.label == "DMEPOS fee schedule July 2021"
    (fact,) = facts_on(store_of(tmp_path, packed), DMEPOS, "A4216", area="TX", rural=False).facts
    assert fact.value == Decimal("0.5")
    later = (*row[:9], "10/01/2021", "12/31/2021")
    with pytest.raises(ReleaseError, match="rows of several quarters"):
        read_bytes(tmp_path, "schedule.csv", csv_of([header, row, later]))


@pytest.mark.parametrize("amount", ["fifty", "-4", "NaN", "1e400", "1" * 13])
def test_what_is_not_an_amount_is_refused_with_its_row(tmp_path: Path, amount: str) -> None:
    rows = [FEE_ROWS[0], (*FEE_ROWS[1][:9], amount, *FEE_ROWS[1][10:])]
    with pytest.raises(ReleaseError, match=r"line 9: TXNR: .* is not an amount"):
        read_bytes(tmp_path, NAME, table_text(NAME, rows))


def test_two_rows_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    rows = [*FEE_ROWS, (*FEE_ROWS[0][:9], "99", *FEE_ROWS[0][10:])]
    with pytest.raises(ReleaseError, match="states something else about E0601 RR than an earlier row"):
        read_bytes(tmp_path, NAME, table_text(NAME, rows))


def test_a_schedule_that_does_not_say_its_quarter_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="doesn't say which quarter it is of; rename it like name_2026Q1.csv"):
        read_bytes(tmp_path, "schedule 2026.csv", csv_of([FEE_HEADER, *FEE_ROWS]))


def test_the_schedule_of_nutrition_has_amounts_without_categories(tmp_path: Path) -> None:
    rows = (
        ("2026 PEN Fee Schedule",),
        (),
        ("January 2026",),
        (),
        ("HCPCS", "MOD", "MOD2", "AL(NR)", "AL(R)", "TX(NR)", "TX(R)", "Desc"),
        ("B4034", "", "", "5.91", "0", "5.91", "7.02", "Enteral feeding supply kit"),
        ("B9002", "RR", "", "90.1", "0", "91.2", "130.4", "Enteral pump"),
    )
    store = store_of(tmp_path, *read_bytes(tmp_path, "DMEPEN26_JAN.csv", csv_of(rows)))
    assert [edition.label for edition in store.editions] == [
        "DMEPOS fee schedule of parenteral and enteral nutrition January 2026"
    ]
    plain, rural = facts_on(store, EditionKind.PEN, "B9002", area="TX").facts
    assert (plain.value, rural.value, plain.unit) == (Decimal("91.2"), Decimal("130.4"), "USD per month")
    assert plain.qualifiers.category_meaning == "parenteral and enteral nutrition"

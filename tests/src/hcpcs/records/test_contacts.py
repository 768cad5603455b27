"""Whose coding PDAC answers for: items that are billed to a DME MAC."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest

from hcpcs.records.contacts import CODING_CONTACTS, OTHER_CONTACTS, coding_contacts, is_served_by_pdac


@pytest.mark.parametrize("code", ["E0601", "A4253", "K0823", "L5000", "V2100", "L8511", "B4034"])
def test_an_item_of_a_dme_mac_is_served(code: str) -> None:
    assert is_served_by_pdac(code)


@pytest.mark.parametrize("code", ["L8614", "L8680", "E0749", "E0782", "A4561", "J1885", "A0428", "G0283", "LT"])
def test_an_implant_or_a_service_is_not(code: str) -> None:
    assert not is_served_by_pdac(code)


def test_pdac_is_named_where_it_serves_one_of_the_codes() -> None:
    assert coding_contacts(("J0123", "E9999")) == CODING_CONTACTS
    assert coding_contacts(("J0123", "C9999", "99213")) == coding_contacts(()) == OTHER_CONTACTS


def test_the_rule_equals_the_jurisdictions_of_the_fee_schedule(companion_data: Path) -> None:
    """Q codes of splints and skin substitutes are outside its families, and billed to the A/B MAC."""
    with gzip.open(companion_data / "DMEPOS26_JAN.csv.gz", "rt", encoding="cp1252") as file:
        rows = [{name.strip(): value.strip() for name, value in row.items()} for row in csv.DictReader(file)]
    local = {row["HCPCS"] for row in rows if row["JURIS"] == "L"} - {
        row["HCPCS"] for row in rows if row["JURIS"] != "L"
    }
    wrong = {row["HCPCS"] for row in rows if is_served_by_pdac(row["HCPCS"]) is (row["HCPCS"] in local)}
    assert wrong == set()

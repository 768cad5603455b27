"""The state of a ZIP code by its first three digits."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pytest

from hcpcs.records.billing.areas import areas
from hcpcs.records.billing.zip_codes import ZipPlace, place_of_zip, zip_prefixes


@pytest.mark.parametrize(
    ("zip_code", "area"),
    [
        ("79936", "TX"),
        ("79936-1234", "TX"),
        ("10001", "NY"),
        ("00501", "NY"),
        ("00601", "PR"),
        ("00802", "VI"),
        ("01223", "MA"),
        ("20001", "DC"),
        ("20101", "VA"),
        ("88510", "TX"),
        ("96799", "AS"),
        ("96910", "GU"),
        ("96950", "MP"),
        ("99501", "AK"),
        # A part of New York that has a prefix of Connecticut.
        ("06390", "NY"),
        ("06320", "CT"),
    ],
)
def test_the_state_of_a_zip_code(zip_code: str, area: str) -> None:
    assert place_of_zip(zip_code) == ZipPlace(area=area)


@pytest.mark.parametrize(("zip_code", "military"), [("09012", "AE"), ("34002", "AA"), ("96201", "AP")])
def test_an_address_of_the_armed_forces_is_in_no_state(zip_code: str, military: str) -> None:
    assert place_of_zip(zip_code) == ZipPlace(military=military)


@pytest.mark.parametrize("zip_code", ["00099", "56901", "88888", "96940", "", "1"])
def test_a_zip_code_whose_state_is_not_known(zip_code: str) -> None:
    assert place_of_zip(zip_code) == ZipPlace()


def test_every_state_has_a_prefix_of_its_own() -> None:
    stated = {place.area for place in (*zip_prefixes().prefixes.values(), *zip_prefixes().exceptions.values())}
    assert stated - {None} == set(areas())


def test_every_zip_code_that_cms_lists_has_the_state_of_the_list(companion_data: Path) -> None:
    data = gzip.decompress((companion_data / "DME_Rural_ZIP_2026Q1.csv.gz").read_bytes()).decode("utf-8-sig")
    rows = [(row[1].zfill(5), row[0]) for row in list(csv.reader(io.StringIO(data)))[1:]]
    wrong = {(zip_code, state) for zip_code, state in rows if place_of_zip(zip_code).area not in (state, None)}
    assert len(rows) > 32_000
    assert not wrong
    unknown = {zip_code[:3] for zip_code, _ in rows if place_of_zip(zip_code).area is None}
    assert unknown == {"000", "001", "569", "888"}

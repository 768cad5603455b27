"""The oddities of the real files, each with the sentence that says it right."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import pytest
from tests.src.hcpcs.companions.real_companions import FILES, real_store

from hcpcs.answers.desk import Desk

pytestmark = pytest.mark.slow
NO_COMPANIONS: Final = frozenset(
    {
        "ASP_NDC_HCPCS_crosswalk_2026_sample.csv.gz",
        "ASP_NOC_crosswalk_2025Q4.csv.gz",
        "CMS_Coverage_API_openapi_1.5.json.gz",
        "HCPCS_2020-04_transaction_report.xlsx",
        "HCPCS_2020-07_transaction_report.xlsx",
        "HCPCS_2020-10_transaction_report.xlsx",
        "HCPCS_2026-07_codes_only.txt.gz",
        "MPFS_2024-07_status_indicators_level2_only.csv.gz",
        "RBCS_2024_level2_only.csv.gz",
        "README.md",
        "formats_2026Q4",
        "modifiers_level2_guidance_2024.csv.gz",
    }
)
"""What else is in the folder: releases, samples, and files of kinds that can't be loaded."""


@pytest.fixture(scope="module")
def desk(full: Desk, companion_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    store = real_store(companion_data, tmp_path_factory.mktemp("version"))
    return Desk(full.catalog, full.index, lambda: date(2026, 11, 26), store)


def test_every_file_of_the_folder_is_walked_or_named(companion_data: Path) -> None:
    """A file that is added to the folder is either loaded, so that its rows are compared, or said to be none."""
    assert {path.name for path in companion_data.iterdir()} == {*FILES, *NO_COMPANIONS}


@pytest.mark.parametrize(
    ("oddity", "question", "sentence"),
    [
        (
            "0 in a rural column",
            "fee for E0935 RR in Texas, rural",
            "E0935-RR in Texas: $32.42 a day; the schedule has no rural amount for it",
        ),
        ("0 is not a ceiling", "ceiling of E0143", "The DMEPOS fee schedule January 2026 has no ceiling or floor for"),
        ("Alaska after Wyoming", "fee for E0935 RR in Alaska", "E0935-RR in Alaska: $"),
        ("jurisdiction L", "fee for A4561 in Texas", "Claims go to the A/B MAC (local carrier)."),
        ("a lost leading zero", "zip code 1223 rural?", "ZIP code 01223 (Massachusetts) is rural"),
        ("a location with two blanks", "is 75201 rural", "in the former competitive bidding area Dallas TX."),
        ("a limit of N/A", "how much for A9606", "A9606 has no payment limit in the file (N/A): microCurie 100% AWP"),
        (
            "a coinsurance below 20",
            "J0897 coinsurance",
            "The coinsurance of J0897 is 17.585 percent of $29.457: $5.18.",
        ),
        ("absent is not a no", "payment limit of Q4101", "An item that isn't listed may still be paid another way"),
        (
            "the revised fourth quarter",
            "payment limit of Q4101 on 2025-11-01",
            "Medicare Part B payment limits October 2025",
        ),
        ("a UPC among NDCs", "what code is UPC 888867413689", "888867413689 is not an NDC but the identifier that CMS"),
        ("units of a package", "NDC 55513-0002-04", "25 billing units each, 100 per package"),
        ("a status that ends in a blank", "OPPS status of A4253", "A4253 has OPPS status indicator N: packaged"),
        ("a rate in dollars", "OPPS payment rate of J1745", "OPPS payment rate $31.09, APC 7043"),
        ("an MUE of 0", "MUE of J1745 for a DME supplier", "The MUE of J1745 is 0 (not billed in this setting)"),
        ("a clinical MUE", "MUE of J1745 in the office", "MAI 3, date of service edit, set by clinical benchmarks"),
        ("a deleted pair", "can A4301 and A4300 be billed together", "A4300 was deleted on December 31, 2001."),
        (
            "indicator 9",
            "can A4263 and A4262 be billed together on 1995-01-01",
            "No loaded NCCI edits were in force on",
        ),
        ("phases by state", "does L3761 need prior auth in Texas on 2026-12-01", "from January 26, 2027."),
        ("a list without a date", "does L0650 need PDAC verification", "coding verification (undated)"),
        ("an export that is renewed weekly", "what is L33718", "CMS renews it every week; load a newer one."),
    ],
    ids=lambda value: value if " " in str(value) and len(str(value)) < 36 else "",
)
def test_each_oddity_has_its_sentence(desk: Desk, oddity: str, question: str, sentence: str) -> None:
    assert sentence in desk.ask(question).text, oddity

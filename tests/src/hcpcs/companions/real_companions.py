"""The real companion files in one store, for the tests that read them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from hcpcs.companions.companion_reader import read_companions
from hcpcs.companions.storage.companion_store import CompanionStore, open_companions, write_companions
from hcpcs.companions.storage.edition_set import EditionSet

FILES: Final = (
    "DMEPOS26_JAN.csv.gz",
    "DMEPOS25_APR.csv.gz",
    "DMEPOS_2021Q3_palmetto_pdac.csv.gz",
    "DMEPOS_former_CBA_JAN2026_Dallas_only.csv.gz",
    "DME_Rural_ZIP_2026Q1.csv.gz",
    "DME_Rural_ZIP_2025Q2.csv.gz",
    "ASP_pricing_2026Q1.level2.csv.gz",
    "ASP_pricing_2025Q4.level2.csv.gz",
    "ASP_NOC_pricing_2025Q4.csv.gz",
    "ASP_NDC_HCPCS_crosswalk_2026Q1.level2.csv.gz",
    "ASP_NDC_HCPCS_crosswalk_2025Q4.level2.csv.gz",
    "OPPS_Addendum_B_2025-10.level2.csv.gz",
    "NCCI_MUE_2024-07.level2.csv.gz",
    "NCCI_PTP_2024-07_practitioner.level2_pairs.csv.gz",
    "NCCI_PTP_2024-07_outpatient_hospital.level2_pairs.csv.gz",
    "DMEPOS_required_prior_authorization_2026-07-29.csv",
    "PDAC_coding_verification_required.csv.gz",
    "MCD_documents_2025-08.csv.gz",
)


def real_store(companion: Path, version: Path) -> CompanionStore:
    """All files of the folder ``companion``, written to the folder ``version`` and opened."""
    editions = EditionSet()
    for name in FILES:
        for packed in read_companions(companion / name):
            editions.add(packed)
    write_companions(version, editions)
    return open_companions(version)

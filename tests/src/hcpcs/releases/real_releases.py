"""The real releases, read once for all tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hcpcs.releases import ReadRelease, read_release

FULL_RELEASES = {
    "2017-01": "2017-Alpha-Numeric-HCPCS-File.zip",
    "2018-01": "2018-Alpha-Numeric-HCPCS-File.zip",
    "2019-01": "2019-Alpha-Numeric-HCPCS-File.zip",
    "2020-01": "2020-Alpha-Numeric-HCPCS-File.zip",
    "2020-04": "HCPC2020_APR_ANWEB.xlsx",
    "2020-07": "HCPC2020_JUL_ANWEB.xlsx",
    "2020-10": "HCPC2020_OCT_ANWEB.xlsx",
    "2023-01": "HCPC2023_JAN_ANWEB_v3.xlsx",
    "2024-07": "2024-07-procedures.rebuilt.csv.zip",
    "2025-10": "october-2025-alpha-numeric-hcpcs-file.reconstructed.zip",
}


@cache
def real_release(shared_data: Path, release_id: str) -> ReadRelease:
    """A real release by its id."""
    return read_release(shared_data / "releases" / FULL_RELEASES[release_id])

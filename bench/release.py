"""The release that every bench measures on."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Final

from hcpcs.catalog.catalog import Catalog
from hcpcs.releases import read_release

SHARED_DATA: Final = Path(__file__).resolve().parents[2] / "shared" / "data"
RELEASE: Final = SHARED_DATA / "releases" / "october-2025-alpha-numeric-hcpcs-file.reconstructed.zip"
DEVELOPMENT_QUERIES: Final = SHARED_DATA / "relevance" / "dev.tsv"


@cache
def newest_catalog() -> Catalog:
    """The catalog of the 2025-10 release. Ends the process with a message if the data is missing."""
    if not RELEASE.is_file():
        sys.exit(f"needs {RELEASE.name} in ../shared/data/releases")
    return Catalog.build([read_release(RELEASE)])

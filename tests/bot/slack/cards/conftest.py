"""The desk whose answers are drawn: the release of October 2025, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from hcpcs.answers.desk import Desk
from hcpcs.catalog.catalog import Catalog
from hcpcs.releases import read_release
from hcpcs_index import memory_index

RELEASE = "october-2025-alpha-numeric-hcpcs-file.reconstructed.zip"


@pytest.fixture(scope="session")
def desk(shared_data: Path) -> Desk:
    catalog = Catalog.build([read_release(shared_data / "releases" / RELEASE)])
    return Desk(catalog, memory_index(catalog))

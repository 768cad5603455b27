"""What all tests share: the real data beside the project, where it is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real CMS releases; tests that need it skip, saying so, where it is not there."""
    if not SHARED_DATA.is_dir():
        if os.environ.get("HCPCS_DEMAND_ALL") == "1":
            pytest.fail("HCPCS_DEMAND_ALL=1, but the folder ../shared/data is not there")
        pytest.skip("needs the real releases in ../shared/data")
    return SHARED_DATA

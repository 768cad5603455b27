"""What all tests share: the real data beside the project, where it is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is not a failure: no example has a time limit.
settings.register_profile("no_deadline", deadline=None)
settings.load_profile("no_deadline")

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real CMS releases; tests that need it skip, saying so, where it is not there."""
    return _demanded(SHARED_DATA, "the real releases in ../shared/data")


@pytest.fixture(scope="session")
def companion_data(shared_data: Path) -> Path:
    """The folder of real companion files."""
    return _demanded(shared_data / "companion", "the real companion files in ../shared/data/companion")


def _demanded(folder: Path, what: str) -> Path:
    """``folder``; where it is not there, the test is skipped, or fails where everything must run."""
    if not folder.is_dir():
        if os.environ.get("HCPCS_DEMAND_ALL") == "1":
            pytest.fail(f"HCPCS_DEMAND_ALL=1, but a test needs {what}")
        pytest.skip(f"needs {what}")
    return folder

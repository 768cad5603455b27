"""Node, and the packages of ``package.json``; tests skip saying so where they are missing, or fail if demanded."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent


@pytest.fixture(scope="session")
def node() -> str:
    """The path of Node, with the packages installed beside this file."""
    program = shutil.which("node")
    if program is not None and (HERE / "node_modules").is_dir():
        return program
    lacking = "needs Node and its packages: npm ci --prefix tests/peer --ignore-scripts"
    if os.environ.get("HCPCS_DEMAND_ALL") == "1":
        pytest.fail(f"HCPCS_DEMAND_ALL=1, but it {lacking}")
    pytest.skip(lacking)

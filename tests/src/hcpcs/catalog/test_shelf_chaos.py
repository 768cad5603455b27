"""A publisher that is killed at any point never leaves half a catalog, and never takes one away."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.killed_processes import run_chaos

KILLS = 200


@pytest.mark.chaos
def test_two_hundred_killed_publishers_leave_a_whole_catalog_each_time(tmp_path: Path) -> None:
    (published,) = run_chaos("src.hcpcs.catalog.kill_publishers", tmp_path / "home", KILLS)
    assert published > 0, "no edition was ever published: the lives are too short to prove anything"

"""A publisher that is killed at any moment never leaves half a catalogue, and never takes one away."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("publish_again_and_again.py")
KILLS = 200


@pytest.mark.chaos
def test_two_hundred_killed_publishers_leave_a_whole_catalogue_each_time(tmp_path: Path) -> None:
    seed = int.from_bytes(os.urandom(4))
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(tmp_path / "home"), str(KILLS), str(seed)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"seed {seed}: {done.stderr}"
    assert int(done.stdout) > 0, "no edition ever came through: the lives are too short to prove anything"

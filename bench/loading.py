"""Loading the full release into an empty home: seconds and peak memory, index included."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.release import RELEASE


def run(arguments: list[str]) -> None:
    """Loads three times, each in a process and home of its own, and prints the figures."""
    print(f"{'run':>4}{'seconds':>10}{'peak MB':>10}")
    for number in range(1, 4):
        with tempfile.TemporaryDirectory() as home:
            command = [str(Path(sys.executable).with_name("hcpcs")), "load", "--home", home, str(RELEASE)]
            started = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            seconds = time.perf_counter() - started
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"{number:>4}{seconds:>10.2f}{peak:>10.0f}")

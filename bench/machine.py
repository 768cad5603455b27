"""What a figure was measured with: the day, the version, the machine."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]


def machine_line() -> str:
    """One line: day, version and commit, processor, memory, Python, and how busy the machine is at the start."""
    today = datetime.now(UTC)
    load = os.getloadavg()[0]
    return (
        f"Measured on {today:%B} {today.day}, {today.year}: {version('hcpcs-bot')} at {_commit()}, {_processor()}, "
        f"{_gigabytes()} GB, Python {platform.python_version()}, load {load:.1f}."
    )


def _commit() -> str:
    """The short commit, with a plus if files were changed since; "an unknown commit" outside of a repository."""
    command = ["git", "-C", str(ROOT), "describe", "--always", "--exclude=*", "--dirty=+"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "an unknown commit"


def _processor() -> str:
    cores = len(os.sched_getaffinity(0))
    text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    model = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return f"{cores} cores of {' '.join(model[1].split()) if model else platform.machine()}"


def _gigabytes() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)

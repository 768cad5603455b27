"""The memory of this process, as the kernel states it in ``/proc/self/status``.

``resource.getrusage`` has the peak of the process that started it in it, so that it doesn't do.
"""

from __future__ import annotations

from pathlib import Path


def resident() -> float:
    """The resident memory in MB."""
    return _stated("VmRSS")


def peak() -> float:
    """The largest resident memory so far, in MB."""
    return _stated("VmHWM")


def _stated(name: str) -> float:
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.split(f"{name}:")[1].split()[0]) / 1024

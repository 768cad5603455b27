"""Intervals as people write them on the command line: ``24h``, ``30m``, ``7d``, ``90s``."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from hcpcs.errors import HcpcsError

SHORTEST_INTERVAL: Final = timedelta(seconds=1)
"""Minimum interval; a shorter one is refused."""
_INTERVAL: Final = re.compile(r"([0-9]{1,6})\s*([smhd])")
_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class IntervalError(HcpcsError):
    """A text that is not an interval."""


def parse_interval(text: str) -> timedelta:
    """The interval that a text states, at least a second. Raises ``IntervalError`` for anything else."""
    match = _INTERVAL.fullmatch(text.strip().lower())
    interval = timedelta(**{_UNITS[match[2]]: int(match[1])}) if match else timedelta()
    if interval < SHORTEST_INTERVAL:
        raise IntervalError(f"{text!r} is not a valid interval; use a number and s, m, h or d, like 24h or 90m")
    return interval

"""The modifiers that a sentence of a table names."""

from __future__ import annotations

import re
from typing import Final

_TWO: Final = re.compile(r"\b[A-Z][A-Z0-9]\b")
_RUN: Final = re.compile(r"\b([A-Z])(\d) to \1(\d)\b")


def named_in(text: str) -> frozenset[str]:
    """The modifiers that a text names, with those of a run: "K0 to K4"."""
    return frozenset(_TWO.findall(_RUN.sub(_spelled_out, text)))


def _spelled_out(run: re.Match[str]) -> str:
    return " ".join(f"{run[1]}{number}" for number in range(int(run[2]), int(run[3]) + 1))

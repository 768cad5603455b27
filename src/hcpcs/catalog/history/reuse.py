"""Whether a code still means what it meant: CMS reuses codes, and replaces the meaning of a code.

Two descriptions have different meanings when they share fewer than a quarter of the significant words of the shorter
one. Over the releases of 2017 to 2025 that finds the codes whose meaning was replaced (G9637, G9638, G9890, G9891,
J1440, M1009 to M1015, modifier CS: they share less than a tenth) and none of the 730 rewordings (which share a third
and more).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from hcpcs.catalog.history.versions import Version
from hcpcs.records.record import CodeRecord

_WORDS: Final = re.compile(r"[a-z]+|[0-9]+")
_STOP_WORDS: Final = frozenset(
    "a an and any are as at be been by each for from in is no not of on or per that the this to was were with"
    " without".split()
)
"""Words that say nothing about the meaning of a description."""
MINIMUM_SHARED: Final = 0.25
"""Minimum share of significant words that two descriptions of one meaning have in common."""


def _significant_words(description: str) -> frozenset[str]:
    return frozenset(_WORDS.findall(description.lower())) - _STOP_WORDS


def same_meaning(before: str, after: str) -> bool:
    """Whether two long descriptions have the same meaning, though perhaps other words."""
    if before == after:
        return True
    first, second = _significant_words(before), _significant_words(after)
    shorter = min(len(first), len(second))
    if shorter == 0:
        return first == second
    return len(first & second) >= MINIMUM_SHARED * shorter


def is_reused(before: CodeRecord, after: CodeRecord) -> bool:
    """Whether a code was reused: added on a later day, with another meaning (G9890 on 2018-04-01)."""
    return (
        before.added_date is not None
        and after.added_date is not None
        and after.added_date > before.added_date
        and not same_meaning(before.long_description, after.long_description)
    )


def meanings(versions: Sequence[Version]) -> tuple[tuple[Version, ...], ...]:
    """The versions of a code, oldest first, split where the code was reused."""
    parts: list[list[Version]] = [list(versions[:1])]
    for before, after in pairwise(versions):
        if is_reused(before.record, after.record):
            parts.append([])
        parts[-1].append(after)
    return tuple(tuple(part) for part in parts if part)

"""What a headline on units must and must not state, in a short form for tables of questions."""

from __future__ import annotations

import re
from typing import Final

_NUMBER: Final = re.compile(r"[\d.]+")


def missing(expected: str, headline: str) -> list[str]:
    """The parts of ``expected`` that a headline doesn't meet.

    Parts are joined by " | ": a number is one of units ("60"), other text is contained ("JZ"), and "!" negates both.
    """
    return [part for part in expected.split(" | ") if _is_met(part.removeprefix("!"), headline) is part.startswith("!")]


def _is_met(part: str, headline: str) -> bool:
    if _NUMBER.fullmatch(part):
        return re.search(rf"(?<![\d.,]){re.escape(part)} units?\b", headline) is not None
    return part.lower() in headline.lower()

"""The documents by their short descriptions: which of them have exactly the words of a query."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def order_by_stems(stems: Sequence[str]) -> list[int]:
    """The documents in the order of the stems of their descriptions, the short one first."""
    return sorted(range(len(stems)), key=stems.__getitem__)


class ShortDescriptions:
    """The short descriptions of one search table. A dictionary of them takes 2 MB; their order is in the table."""

    def __init__(self, stems: Sequence[str], order: Sequence[int]) -> None:
        self._stems = stems
        self._order = order

    def same(self, stems: str) -> Sequence[int]:
        """The documents whose short description has these stems, " stem stem ", in code order."""
        texts, order, short = self._stems, self._order, f"{stems}|"
        # Every query asks this: a key that is a function of Python would take ten times as long.
        start = end = bisect_left(order, short, key=texts.__getitem__)
        while end < len(order) and texts[order[end]].startswith(short):
            end += 1
        return sorted(order[start:end])

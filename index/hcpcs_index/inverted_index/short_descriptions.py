"""The documents by their short descriptions: which of them have exactly the words of a query."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import takewhile


def order_by_short(stems: Sequence[str]) -> list[int]:
    """The documents in the order of the stems of their short descriptions, of the stems of both descriptions."""
    return sorted(range(len(stems)), key=lambda number: _short(stems[number]))


class ShortDescriptions:
    """The short descriptions of one search table. A dictionary of them takes 2 MB; their order is in the table."""

    def __init__(self, stems: Sequence[str], order: Sequence[int]) -> None:
        self._stems = stems
        self._order = order

    def same(self, stems: str) -> Sequence[int]:
        """The documents whose short description has these stems, " stem stem ", in code order."""
        start = bisect_left(self._order, stems, key=self._short)
        return list(takewhile(lambda number: self._short(number) == stems, self._order[start:]))

    def _short(self, number: int) -> str:
        return _short(self._stems[number])


def _short(stems: str) -> str:
    return stems[: stems.index("|")]

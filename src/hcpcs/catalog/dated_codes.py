"""The codes of a catalog by the days on which they were added and ended, read once per catalog.

The rows are read as they are packed, without making records: 8,700 codes take about 60 ms.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from hcpcs.catalog.versions import History
from hcpcs.records.record import RecordKind


class DatedCode(NamedTuple):
    """One code with the first and last day of its use as its newest record states them, and that record's words."""

    code: str
    kind: RecordKind
    added: date | None
    ended: date | None
    coverage: str
    short_description: str
    long_description: str


class DatedCodes:
    """Every code of a catalog by the day it was added and the day it ended."""

    def __init__(self, codes: Iterable[DatedCode]) -> None:
        self.codes = tuple(codes)
        self._added = sorted((one.added, place) for place, one in enumerate(self.codes) if one.added is not None)
        self._ended = sorted((one.ended, place) for place, one in enumerate(self.codes) if one.ended is not None)

    def added(self, first: date, last: date) -> tuple[DatedCode, ...]:
        """The codes added from ``first`` to ``last``, both included, by day and then in the order of the catalog."""
        return self._between(self._added, first, last)

    def ended(self, first: date, last: date) -> tuple[DatedCode, ...]:
        """The codes whose last day of use is from ``first`` to ``last``, both included, by day."""
        return self._between(self._ended, first, last)

    def _between(self, days: list[tuple[date, int]], first: date, last: date) -> tuple[DatedCode, ...]:
        start, end = bisect_left(days, (first, -1)), bisect_right(days, (last, len(self.codes)))
        return tuple(self.codes[place] for _, place in days[start:end])


def read_dated_codes(history: History) -> DatedCodes:
    """The dated codes of the newest version of every code."""
    return DatedCodes(_read(history, code) for code in history.codes)


def _read(history: History, code: str) -> DatedCode:
    row = history.spans(code)[-1].row
    added, ended = row.get("added_date"), row.get("termination_date")
    return DatedCode(
        code=code,
        kind=RecordKind(row["kind"]),
        added=date.fromisoformat(added) if added else None,
        ended=date.fromisoformat(ended) if ended else None,
        coverage=row.get("coverage", ""),
        short_description=row.get("short_description", ""),
        long_description=row.get("long_description", ""),
    )

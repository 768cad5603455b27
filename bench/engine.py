"""What an engine of the comparison is, and what every one of them indexes: two texts per code."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple, Protocol

from bench.queries import Kind, MixedQuery
from hcpcs.catalog.catalog import Catalog

TOP: Final = 10
_TOKEN: Final = re.compile(r"[a-z0-9]+")

Row = tuple[str, str, str]
"""Code, short and long description."""


class Entry(NamedTuple):
    """What is indexed for one code."""

    code: str
    short: str
    long: str
    coverage: str


class Engine(Protocol):
    """An engine, built and open."""

    @property
    def name(self) -> str:
        """Its name in the tables."""
        ...

    def can(self, kind: Kind) -> bool:
        """Whether the engine supports this kind of query."""
        ...

    def find(self, query: MixedQuery) -> Sequence[Row]:
        """The ten best records of a mixed query."""
        ...


def entries(catalog: Catalog) -> list[Entry]:
    """What is indexed of a catalog."""
    records = (catalog.current(code, catalog.newest.effective) for code in catalog.codes())
    return [
        Entry(s.record.code, s.record.short_description, s.record.long_description, s.record.coverage)
        for s in records
        if s is not None
    ]


class CodePlaces:
    """The places of the codes among the entries, which have the procedures first, in code order."""

    def __init__(self, rows: Sequence[Entry]) -> None:
        self._codes = [row.code for row in rows if len(row.code) > 2]

    def range_of(self, query: MixedQuery) -> tuple[int, int] | None:
        """The first and the last place of the code range or family that a query is limited to; ``None`` without one."""
        first, last = (query.prefix, f"{query.prefix}~") if query.prefix else (query.first, query.last)
        if not first:
            return None
        return bisect_left(self._codes, first), bisect_right(self._codes, last) - 1


def tokens(text: str) -> list[str]:
    """The plain words of a text."""
    return _TOKEN.findall(text.lower())

"""Filters as ready sets of documents, put together by intersection; codes in use on a day among them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from hcpcs.search_port import Filters
from hcpcs_index.inverted_index.search_table import SearchTable
from hcpcs_index.query.vocabulary import SearchVocabulary

Allowed = frozenset[int]
NO_FILTERS: Final = Filters()
MOST_READY: Final = 256
"""So many combinations of filters are kept ready."""


class Sieve:
    """Which documents each filter lets through, on one day."""

    def __init__(self, table: SearchTable, lexicon: SearchVocabulary, day: date) -> None:
        self._table = table
        self._lexicon = lexicon
        self.day = day
        today = day.toordinal()
        self.active: Allowed = frozenset(
            number
            for number, (added, terminated) in enumerate(zip(table.added, table.terminated, strict=True))
            if added <= today and (not terminated or today <= terminated)
        )
        self._ready: dict[tuple[object, ...], Allowed | None] = {}

    def allowed(self, filters: Filters) -> Allowed | None:
        """The documents that every given filter lets through; ``None`` for all."""
        # The values are a key that hashes and compares far faster than the model.
        key = tuple(vars(filters).values())
        if key not in self._ready:
            if len(self._ready) >= MOST_READY:
                self._ready.clear()
            self._ready[key] = self._intersection(filters)
        return self._ready[key]

    def _intersection(self, filters: Filters) -> Allowed | None:
        kept: list[Allowed] = []
        if filters.coverage:
            kept.append(self._having("coverage", filters.coverage))
        if filters.types_of_service:
            kept.append(self._having("types_of_service", filters.types_of_service))
        if filters.betos:
            kept.append(self._having("betos", filters.betos))
        if filters.kind is not None:
            kept.append(self._having("kind", (filters.kind.value,)))
        if filters.first is not None or filters.last is not None:
            kept.append(frozenset(range(*self._lexicon.span(filters.first, filters.last))))
        if filters.prefix is not None:
            kept.append(frozenset(range(*self._lexicon.family(filters.prefix))))
        if filters.active is not None:
            kept.append(self.active if filters.active else frozenset(range(len(self._table.codes))) - self.active)
        if filters.added_since is not None:
            since = filters.added_since.toordinal()
            kept.append(frozenset(number for number, added in enumerate(self._table.added) if added >= since))
        return frozenset.intersection(*kept) if kept else None

    def _having(self, field: str, values: Iterable[str]) -> Allowed:
        sets = self._table.sets[field]
        return frozenset().union(*(sets[value] for value in values if value in sets))

"""Filters as sets of document numbers, combined by intersection; the codes active on a day are one of them."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple

from hcpcs.records.record import RecordKind
from hcpcs.search_port import NO_FILTERS, Filters
from hcpcs_index.inverted_index.search_table import SearchTable
from hcpcs_index.query.code_words import CodeWords

Allowed = frozenset[int]
"""The numbers of the documents that may be found."""
CACHED_SELECTIONS: Final = 256
"""Combinations of filters whose documents are kept, each at most one number per document."""


class _Selection(NamedTuple):
    """Filters in terms of the table: its values and document numbers, so that the cache keeps nothing typed."""

    values: tuple[tuple[str, frozenset[str]], ...]
    """Fields with the wanted values that the table has."""
    numbers: tuple[range, ...]
    """Ranges of document numbers."""
    active: bool | None
    added_before: int | None
    """Number of documents that were added too early."""


_NO_VALUES: Final = vars(NO_FILTERS)


class FilterSets:
    """The documents that pass filters, on one day."""

    def __init__(self, table: SearchTable, codes: CodeWords, day: date) -> None:
        self._table = table
        self._codes = codes
        self.day = day
        today = day.toordinal()
        self.active: Allowed = frozenset(
            number
            for number, (added, terminated) in enumerate(zip(table.added, table.terminated, strict=True))
            if added <= today and (not terminated or today <= terminated)
        )
        self._cache: dict[_Selection, Allowed] = {}

    @cached_property
    def _by_added(self) -> Sequence[int]:
        return array("I", sorted(range(len(self._table.added)), key=self._table.added.__getitem__))

    def allowed(self, filters: Filters) -> Allowed | None:
        """The documents that pass every given filter; ``None`` if no filter is given."""
        # The values compare far faster than the models.
        if filters is NO_FILTERS or vars(filters) == _NO_VALUES:
            return None
        selection = self._select(filters)
        allowed = self._cache.get(selection)
        if allowed is None:
            if len(self._cache) >= CACHED_SELECTIONS:
                self._cache.clear()
            allowed = self._cache[selection] = frozenset.intersection(*self._sets(selection))
        return allowed

    def _select(self, filters: Filters) -> _Selection:
        values: list[tuple[str, frozenset[str]]] = []
        if filters.coverage:
            values.append(("coverage", self._known_values("coverage", filters.coverage)))
        if filters.types_of_service:
            values.append(("types_of_service", self._known_values("types_of_service", filters.types_of_service)))
        if filters.betos:
            values.append(("betos", self._known_values("betos", filters.betos)))
        if filters.kind is not None:
            values.append(("kind", self._known_values("kind", (filters.kind.value,))))
        numbers: list[range] = []
        if filters.first is not None or filters.last is not None:
            numbers.append(self._codes.code_range(filters.first, filters.last))
        if filters.prefix is not None:
            of_modifiers = filters.kind is RecordKind.MODIFIER
            codes = self._codes
            numbers.append((codes.modifiers_range if of_modifiers else codes.prefix_range)(filters.prefix))
        return _Selection(
            values=tuple(values),
            numbers=tuple(numbers),
            active=filters.active,
            added_before=None if filters.added_since is None else self._count_added_before(filters.added_since),
        )

    def _known_values(self, field: str, values: Iterable[str]) -> frozenset[str]:
        return frozenset(value for value in values if value in self._table.sets[field])

    def _count_added_before(self, day: date) -> int:
        return bisect_left(self._by_added, day.toordinal(), key=self._table.added.__getitem__)

    def _sets(self, selection: _Selection) -> Iterator[Allowed]:
        """The documents of each filter of a selection."""
        for field, values in selection.values:
            sets = self._table.sets[field]
            yield frozenset().union(*(sets[value] for value in values))
        yield from map(frozenset, selection.numbers)
        if selection.active is not None:
            yield self.active if selection.active else frozenset(range(len(self._table.codes))) - self.active
        if selection.added_before is not None:
            yield frozenset(self._by_added[selection.added_before :])

"""A set of editions that a load adds to: one of another period is added, one of the same period replaces the former."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Final

from hcpcs.companions.edition import Edition, EditionKind
from hcpcs.companions.storage.packed_rows import PackedEdition
from hcpcs.errors import ReleaseError
from hcpcs.records.record import Frozen

MINIMUM_SHARE: Final = 0.5
"""Share of the rows of another edition; a file with fewer rows is refused, or warned of, as cut off.

The largest known drop is January 2026, when 155 of 978 payment limits left the file.
"""


class EditionChange(StrEnum):
    """What a load did with an edition."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    """The same rows were loaded before."""
    REPLACED = "replaced"
    """Another file of the same edition was loaded before, with other rows."""


class LoadedEdition(Frozen):
    """An edition that was loaded, and what that changed.

    ``former`` is the edition that it replaced; ``differing`` counts the rows of one that the other has not, whichever
    has more of them, so that a row with another amount counts once. ``warnings`` are sentences about what is unusual.
    """

    edition: Edition
    change: EditionChange
    former: Edition | None = None
    differing: int = 0
    warnings: tuple[str, ...] = ()


class EditionSet:
    """Editions by kind and first day."""

    def __init__(self, editions: Iterable[PackedEdition] = ()) -> None:
        self._editions = {_identity(one): one for one in editions}

    def add(self, packed: PackedEdition) -> LoadedEdition:
        """Adds an edition; one with the same kind and first day is replaced.

        Raises ``ReleaseError`` if the former one has more than twice the rows, since a file that is cut off between
        two rows looks whole.
        """
        edition = packed.edition
        former = self._editions.get(_identity(packed))
        if former is not None and edition.rows < MINIMUM_SHARE * former.edition.rows:
            raise ReleaseError(
                edition.file,
                f"has {_rows(edition.rows)}, but {former.edition.file} has {former.edition.rows:,} "
                f"for the same edition ({edition.label}); it is cut off or an excerpt",
            )
        loaded = LoadedEdition(edition=edition, change=EditionChange.ADDED)
        if former is not None:
            earlier, later = _stated(former), _stated(packed)
            differing = max(len(earlier - later), len(later - earlier))
            change = EditionChange.REPLACED if differing else EditionChange.UNCHANGED
            loaded = LoadedEdition(edition=edition, change=change, former=former.edition, differing=differing)
        loaded = loaded.model_copy(update={"warnings": tuple(self._warnings(loaded))})
        self._editions[_identity(packed)] = packed
        return loaded

    def _warnings(self, loaded: LoadedEdition) -> Iterator[str]:
        edition = loaded.edition
        if edition.dropped:
            yield f"{_rows(edition.dropped)} left out, whose codes are not HCPCS Level II"
        if loaded.change is EditionChange.REPLACED and loaded.former is not None:
            yield f"differs in {_rows(loaded.differing)} from {loaded.former.file}, which it replaces"
        others = [one.edition for one in self if one.edition.kind is edition.kind and one.edition.rows > edition.rows]
        if others and loaded.former is None and edition.rows < MINIMUM_SHARE * others[-1].rows:
            yield f"has {_rows(edition.rows)}, {others[-1].label} has {others[-1].rows:,}: check that the file is whole"

    def __iter__(self) -> Iterator[PackedEdition]:
        """The editions by kind, oldest first."""
        kinds = list(EditionKind)
        return iter(
            sorted(
                self._editions.values(),
                key=lambda one: (kinds.index(one.edition.kind), one.edition.from_day or date.min),
            )
        )


def _identity(packed: PackedEdition) -> tuple[EditionKind, date | None]:
    return packed.edition.kind, packed.edition.from_day


def _stated(packed: PackedEdition) -> set[tuple[str, ...]]:
    """What the rows state, wherever they are in their file."""
    return {(row.key, *row.cells) for row in packed.walk()}


def _rows(count: int) -> str:
    return f"{count:,} row" if count == 1 else f"{count:,} rows"

"""Which codes changed between two releases, and in what way, without making their records.

For every version of every code the index holds small numbers, one for each kind of change: two versions of a code
have the same number where nothing of that kind differs. Ten releases (8,900 codes) take about 600 KB, and two
of them are compared in about 5 ms; comparing their records takes half a second.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from hcpcs.catalog.changes import BOOKKEEPING, COMPARED
from hcpcs.catalog.history.versions import History, Row
from hcpcs.records.change_kinds import ChangeKind, kind_of_field
from hcpcs.records.record import RecordKind, Release

_END: Final = "termination_date"


def _fields_by_kind(names: Mapping[str, ChangeKind]) -> tuple[tuple[ChangeKind, tuple[str, ...]], ...]:
    kinds = tuple(dict.fromkeys(names.values()))
    return tuple((kind, tuple(name for name, one in names.items() if one is kind)) for kind in kinds)


_KINDS: Final = _fields_by_kind(
    {spec.record_field: kind_of_field(spec.name) for spec in COMPARED if spec.name not in {_END, *BOOKKEEPING}}
)
"""The kinds of change with the fields of ``CodeRecord`` whose difference is of that kind; the end date is apart."""
_SLOTS: Final = 2 + len(_KINDS)
"""Numbers for each version: the end date, one for each kind, and CMS's bookkeeping."""
_ONLY_VERSION: Final = (1,) * _SLOTS

_UNKNOWN: Final = 2**32 - 1
"""The version of a code at a release for which no release has codes of its kind."""


class ChangedCode(NamedTuple):
    """A code that differs between two releases, and the kinds of its changes in the order of ``ChangeKind``."""

    code: str
    kinds: tuple[ChangeKind, ...]


class ChangeIndex:
    """The versions of every code as numbers. ``releases`` are all releases, oldest first.

    ``pages`` are the codes of the releases that state single codes (record pages): they say nothing about other codes.
    """

    def __init__(self, history: History, releases: Sequence[Release], pages: Mapping[str, Collection[str]]) -> None:
        self._codes = history.codes
        self._procedures = len(history.procedures)
        whole = [(position, release) for position, release in enumerate(releases) if release.id not in pages]
        self._covering = {kind: [position for position, one in whole if kind in one.kinds] for kind in RecordKind}
        self._paged = {
            code: [position for position, one in enumerate(releases) if code in pages.get(one.id, ())]
            for code in {code for codes in pages.values() for code in codes}
        }
        self._numbers_of = {code: number for number, code in enumerate(self._codes) if code in self._paged}
        self._numbers = array("H")
        # For each release and code: 1 + the number of the version that the release states, and 0 where it lacks it.
        self._stated = [array("I", [0]) * len(self._codes) for _ in releases]
        versions = 0
        for number, spans in enumerate(history.all_spans()):
            seen: dict[tuple[object, ...], int] = {}
            for first, last, row in spans:
                # A version that is the only one is compared with none.
                self._numbers.extend(_numbered(seen, row) if len(spans) > 1 else _ONLY_VERSION)
                versions += 1
                for position in range(first, last + 1):
                    self._stated[position][number] = versions

    def between(self, before: int, after: int, *, bookkeeping: bool = False) -> Iterator[ChangedCode]:
        """The codes that differ between the releases at two positions, in the order of the catalog."""
        halves = (
            (RecordKind.PROCEDURE, range(self._procedures)),
            (RecordKind.MODIFIER, range(self._procedures, len(self._codes))),
        )
        for kind, numbers in halves:
            old, new = (self._stated_by(kind, position) for position in (before, after))
            for number in numbers:
                earlier, later = old[number], new[number]
                if earlier != later and _UNKNOWN not in (earlier, later):
                    kinds = self._kinds(earlier, later, bookkeeping=bookkeeping)
                    if kinds:
                        yield ChangedCode(self._codes[number], kinds)

    def _stated_by(self, kind: RecordKind, position: int) -> Sequence[int]:
        """The versions of all codes that hold at a release, those of one kind by the newest release that has it."""
        covering = _newest(self._covering[kind], position)
        stated = self._stated[covering] if covering is not None else array("I", [_UNKNOWN]) * len(self._codes)
        if not self._paged:
            return stated
        stated = stated[:]
        for code, paged in self._paged.items():
            number = self._numbers_of[code]
            covering = _newest([*self._covering[self._kind_of(number)], *paged], position)
            stated[number] = self._stated[covering][number] if covering is not None else _UNKNOWN
        return stated

    def _kind_of(self, number: int) -> RecordKind:
        return RecordKind.PROCEDURE if number < self._procedures else RecordKind.MODIFIER

    def _kinds(self, earlier: int, later: int, *, bookkeeping: bool) -> tuple[ChangeKind, ...]:
        if not earlier:
            return (ChangeKind.ADDED,)
        if not later:
            return (ChangeKind.REMOVED,)
        old, new = (self._numbers[(one - 1) * _SLOTS : one * _SLOTS] for one in (earlier, later))
        differing = {kind for slot, (kind, _) in enumerate(_KINDS, start=1) if old[slot] != new[slot]}
        ended, ends = old[0], new[0]
        if ended != ends:
            differing.add(
                ChangeKind.DISCONTINUED if not ended else ChangeKind.REACTIVATED if not ends else kind_of_field(_END)
            )
        if bookkeeping and old[-1] != new[-1]:
            differing.update(map(kind_of_field, BOOKKEEPING))
        return tuple(differing) if len(differing) < 2 else tuple(kind for kind in ChangeKind if kind in differing)


def _newest(positions: Iterable[int], until: int) -> int | None:
    """The last of the positions up to one of them."""
    return max((position for position in positions if position <= until), default=None)


def _numbered(seen: dict[tuple[object, ...], int], row: Row) -> Iterator[int]:
    """The numbers of one version. ``seen`` are those given to the earlier versions of the code."""
    yield _number(seen, row, (_END,)) if row.get(_END) else 0
    for _, fields in _KINDS:
        yield _number(seen, row, fields)
    yield _number(seen, row, tuple(BOOKKEEPING))


def _number(seen: dict[tuple[object, ...], int], row: Row, fields: tuple[str, ...]) -> int:
    """A number for what a row states in some fields, the same where the statement is; never 0."""
    stated = tuple(tuple(value) if isinstance(value := row.get(name), list) else value for name in fields)
    return seen.setdefault((fields[0], *stated), len(seen) + 1)

"""Every version of every code, packed: the first version whole, each later one as what differs from it.

A row is a record's own JSON form without its blanks, so that a field added to ``CodeRecord`` is kept without a
change here. Records are made from rows only when they are asked for.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import orjson

from hcpcs.records import CodeRecord, Frozen, RecordKind, Release

Row = dict[str, Any]


class Version(Frozen):
    """One record as stated, unchanged, by the releases from ``first`` to ``last`` (both included)."""

    record: CodeRecord
    first: Release
    last: Release


class Span(NamedTuple):
    """A row and the releases that state it, from ``first`` to ``last``: their places among all releases."""

    first: int
    last: int
    row: Row


class PackedCode(NamedTuple):
    """A code with its spans as they are stored."""

    code: str
    chunk: bytes


def stated_row(record: CodeRecord) -> bytes:
    """A record as JSON without its blanks; equal records give equal bytes."""
    return _row_bytes(record.model_dump(mode="json", exclude_defaults=True))


def _row_bytes(row: Row) -> bytes:
    return orjson.dumps(row, option=orjson.OPT_SORT_KEYS)


def spans_of(stated: Mapping[int, bytes], places: Sequence[int]) -> tuple[Span, ...]:
    """The versions of one code, oldest first.

    ``stated`` maps the place of each release that states the code to its row; ``places`` are the releases that
    hold records of the code's kind, in order. A code that is missing from one of these starts a new span when it
    comes back; a release that holds no record of the kind says nothing.
    """
    spans: list[Span] = []
    previous: bytes | None = None
    for place in places:
        row = stated.get(place)
        if row is not None and row == previous:
            spans[-1] = spans[-1]._replace(last=place)
        elif row is not None:
            spans.append(Span(place, place, orjson.loads(row)))
        previous = row
    return tuple(spans)


def pack(spans: Iterable[Span]) -> bytes:
    """Spans as they are stored: each row as its difference from the one before, ``null`` for a field gone blank."""
    packed = []
    before: Row = {}
    for first, last, row in spans:
        difference = {name: value for name, value in row.items() if before.get(name) != value}
        difference |= {name: None for name in before if name not in row}
        packed.append((first, last, difference))
        before = row
    return orjson.dumps(packed)


def unpack(chunk: bytes | memoryview) -> tuple[Span, ...]:
    """The spans that were packed, oldest first."""
    spans = []
    row: Row = {}
    for first, last, difference in orjson.loads(chunk):
        row = {name: value for name, value in (row | difference).items() if value is not None}
        spans.append(Span(first, last, row))
    return tuple(spans)


class History:
    """The packed versions of every code: procedures sorted, then modifiers sorted. Immutable.

    ``blob`` holds the chunks one after the other in the order of ``codes``, ``lengths`` their sizes in bytes.
    """

    def __init__(
        self, procedures: Sequence[str], modifiers: Sequence[str], lengths: Iterable[int], blob: Any
    ) -> None:
        self.procedures = tuple(procedures)
        self.modifiers = tuple(modifiers)
        self.codes = self.procedures + self.modifiers
        self._places = {code: place for place, code in enumerate(self.codes)}
        self._ends = array("L", accumulate(lengths, initial=0))
        self._blob = memoryview(blob)

    @classmethod
    def of(cls, procedures: Sequence[PackedCode], modifiers: Sequence[PackedCode]) -> History:
        """The history of packed codes in any order."""
        first, second = sorted(procedures), sorted(modifiers)
        chunks = [packed.chunk for packed in (*first, *second)]
        return cls([p.code for p in first], [p.code for p in second], map(len, chunks), b"".join(chunks))

    @property
    def blob(self) -> memoryview:
        """All chunks, one after the other."""
        return self._blob

    @property
    def lengths(self) -> tuple[int, ...]:
        """The size of each chunk in bytes, in the order of ``codes``."""
        return tuple(end - start for start, end in zip(self._ends, self._ends[1:], strict=False))

    def __contains__(self, code: str) -> bool:
        return code in self._places

    def spans(self, code: str) -> tuple[Span, ...]:
        """The spans of a code, oldest first; none if no release states it."""
        place = self._places.get(code)
        if place is None:
            return ()
        return unpack(self._blob[self._ends[place] : self._ends[place + 1]])

    def kind(self, code: str) -> RecordKind:
        """Whether a code of this history is a procedure or a modifier."""
        is_procedure = self._places[code] < len(self.procedures)
        return RecordKind.PROCEDURE if is_procedure else RecordKind.MODIFIER


def covering(releases: Sequence[Release], kind: RecordKind) -> tuple[int, ...]:
    """The places of the releases that hold records of a kind."""
    return tuple(place for place, release in enumerate(releases) if kind in release.kinds)


class Ledger:
    """What each release states, row by row: where releases are gathered, in any order, before they are packed."""

    def __init__(self) -> None:
        self._rows: dict[RecordKind, dict[str, dict[str, bytes]]] = {kind: {} for kind in RecordKind}

    def enter(self, release: Release, records: Iterable[CodeRecord]) -> None:
        """Takes what a release states, in place of what stood under its id."""
        self.strike(release.id)
        for record in records:
            self._enter(record.kind, record.code, release.id, stated_row(record))

    def enter_history(self, history: History, releases: Sequence[Release]) -> None:
        """Takes what a packed history of these releases states."""
        for kind, codes in ((RecordKind.PROCEDURE, history.procedures), (RecordKind.MODIFIER, history.modifiers)):
            places = covering(releases, kind)
            for code in codes:
                for first, last, row in history.spans(code):
                    packed = _row_bytes(row)
                    for place in places:
                        if first <= place <= last:
                            self._enter(kind, code, releases[place].id, packed)

    def strike(self, release_id: str) -> None:
        """Forgets what a release states."""
        for codes in self._rows.values():
            for stated in codes.values():
                stated.pop(release_id, None)

    def _enter(self, kind: RecordKind, code: str, release_id: str, row: bytes) -> None:
        stated = self._rows[kind].setdefault(code, {})
        # Most rows equal another release's: sharing the bytes keeps ten releases as small as one or two.
        stated[release_id] = next((known for known in stated.values() if known == row), row)

    def pack(self, releases: Sequence[Release]) -> History:
        """The history of ``releases`` (oldest first), of all that was entered for them."""
        return History.of(*(list(self._packed(kind, releases)) for kind in RecordKind))

    def _packed(self, kind: RecordKind, releases: Sequence[Release]) -> Iterator[PackedCode]:
        places = {release.id: place for place, release in enumerate(releases)}
        holding = covering(releases, kind)
        for code, rows in self._rows[kind].items():
            stated = {places[release_id]: row for release_id, row in rows.items() if release_id in places}
            if stated:
                yield PackedCode(code, pack(spans_of(stated, holding)))

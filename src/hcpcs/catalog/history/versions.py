"""Every version of every code, packed: the first version in full, each later one as its difference from the one
before.

A row is a record as JSON without its blanks, so that a field added to ``CodeRecord`` is stored without a change here.
Records are built from rows only when they are asked for.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple, Protocol

import orjson

from hcpcs.records.record import CodeRecord, Frozen, RecordKind, Release

Row = dict[str, Any]
"""The fields of a record that are not blank, by name, as JSON values."""


class Version(Frozen):
    """One record as stated, unchanged, by the releases from ``first`` to ``last`` (both included)."""

    record: CodeRecord
    first: Release
    last: Release


def missing_after(version: Version, versions: Iterable[Version], releases: Iterable[Release]) -> Release | None:
    """The release after a version that lacks the code; ``None`` if there is none after it, or it states the code.

    ``versions`` are all versions of the code, ``releases`` those that cover it, oldest first.
    """
    following = next((release for release in releases if release.id > version.last.id), None)
    stated = following is None or any(one.first.id <= following.id <= one.last.id for one in versions)
    return None if stated else following


class RowSpan(NamedTuple):
    """A row and the releases that state it, from ``first`` to ``last``: their positions among all releases."""

    first: int
    last: int
    row: Row


class PackedCode(NamedTuple):
    """A code with its spans as they are stored."""

    code: str
    chunk: bytes


def row_bytes(row: Row) -> bytes:
    """A row as JSON; equal rows give equal bytes."""
    return _compact(orjson.dumps(row, option=orjson.OPT_SORT_KEYS))


def stated_row(record: CodeRecord) -> bytes:
    """A record as a row, in JSON; equal records give equal bytes."""
    return row_bytes(record.model_dump(mode="json", exclude_defaults=True))


def spans_of(stated: Mapping[int, bytes], positions: Iterable[int]) -> tuple[RowSpan, ...]:
    """The versions of one code, oldest first.

    ``stated`` maps the position of each release that states the code to its row; ``positions`` are the positions of the
    releases that cover the code, in order. A code that is missing from one of these starts a new span when it returns.
    """
    spans: list[RowSpan] = []
    previous: bytes | None = None
    for position in positions:
        row = stated.get(position)
        if row is not None and row == previous:
            spans[-1] = spans[-1]._replace(last=position)
        elif row is not None:
            spans.append(RowSpan(position, position, orjson.loads(row)))
        previous = row
    return tuple(spans)


def pack(spans: Iterable[RowSpan]) -> bytes:
    """Spans as they are stored: each row as its difference from the one before, ``null`` for a blank field."""
    packed = []
    before: Row = {}
    for first, last, row in spans:
        difference = {name: value for name, value in row.items() if before.get(name) != value}
        difference |= {name: None for name in before if name not in row}
        packed.append((first, last, difference))
        before = row
    return _compact(orjson.dumps(packed, option=orjson.OPT_SORT_KEYS))


def _compact(written: bytes) -> bytes:
    """A copy of what orjson wrote: it gives each text a buffer of several KB, which is 90 MB for a release."""
    return memoryview(written).tobytes()


def unpack(chunk: bytes | memoryview) -> tuple[RowSpan, ...]:
    """The spans that were packed, oldest first."""
    spans = []
    row: Row = {}
    for first, last, difference in orjson.loads(chunk):
        row = {name: value for name, value in (row | difference).items() if value is not None}
        spans.append(RowSpan(first, last, row))
    return tuple(spans)


class Blob(Protocol):
    """Bytes of which parts are read: in memory, or in a file."""

    def __len__(self) -> int: ...
    def __getitem__(self, span: slice, /) -> bytes | memoryview: ...


class History:
    """The packed versions of every code: procedures sorted, then modifiers sorted. Immutable.

    ``blob`` holds the chunks one after the other in the order of ``codes``, ``lengths`` their sizes in bytes.
    """

    def __init__(self, procedures: Sequence[str], modifiers: Sequence[str], lengths: Iterable[int], blob: Blob) -> None:
        self.procedures = tuple(procedures)
        self.modifiers = tuple(modifiers)
        self.codes = self.procedures + self.modifiers
        self._numbers = {code: number for number, code in enumerate(self.codes)}
        self._ends = array("L", accumulate(lengths, initial=0))
        self.blob = blob

    @classmethod
    def of(cls, procedures: Iterable[PackedCode], modifiers: Iterable[PackedCode]) -> History:
        """The history of packed codes, which may come in any order."""
        first, second = sorted(procedures), sorted(modifiers)
        chunks = [packed.chunk for packed in (*first, *second)]
        return cls([p.code for p in first], [p.code for p in second], map(len, chunks), b"".join(chunks))

    @property
    def lengths(self) -> tuple[int, ...]:
        """The size of each chunk in bytes, in the order of ``codes``."""
        return tuple(end - start for start, end in pairwise(self._ends))

    def __contains__(self, code: str) -> bool:
        return code in self._numbers

    def kind(self, code: str) -> RecordKind:
        """Whether a code of this history is a procedure or a modifier. Raises ``KeyError`` for another code."""
        is_procedure = self._numbers[code] < len(self.procedures)
        return RecordKind.PROCEDURE if is_procedure else RecordKind.MODIFIER

    def spans(self, code: str) -> tuple[RowSpan, ...]:
        """The spans of a code, oldest first; none if no release states it."""
        number = self._numbers.get(code)
        if number is None:
            return ()
        return unpack(self.blob[self._ends[number] : self._ends[number + 1]])

    def all_spans(self) -> Iterator[tuple[RowSpan, ...]]:
        """The spans of each of ``codes``, in order, for which the blob is read once."""
        blob = memoryview(self.blob[:])
        for start, end in pairwise(self._ends):
            yield unpack(blob[start:end])

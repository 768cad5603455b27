"""The catalogue: an immutable snapshot of one or more releases, asked by code, family, day and change.

Every code is kept as its versions: a version is a record and the releases that state it unchanged.
"""

from __future__ import annotations

import mmap
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

import orjson
from pydantic import ValidationError

from hcpcs.changes import Change
from hcpcs.errors import CatalogError
from hcpcs.history import History, Ledger, Version
from hcpcs.records import CodeRecord, Frozen, Release, Statement

__all__ = ["Catalog", "ReadRelease", "Version"]

MAGIC = b"HCPCS catalogue 1\n"
CACHED_CODES = 2048


class ReadRelease(Protocol):
    """A release as a reader hands it over: what it is, its records, and the processing notes that came with it."""

    @property
    def release(self) -> Release: ...
    @property
    def records(self) -> Sequence[CodeRecord]: ...
    @property
    def notes(self) -> Mapping[str, str]: ...


class Note(Frozen):
    """The text of a processing note, and the id of the release that brought it."""

    text: str
    release: str


class Contents(Frozen):
    """What a catalogue file states before the packed history."""

    releases: tuple[Release, ...]
    notes: dict[str, Note] = {}
    not_otherwise_classified: tuple[str, ...] = ()
    aliases: dict[str, tuple[str, ...]] = {}
    procedures: tuple[str, ...]
    modifiers: tuple[str, ...]
    lengths: tuple[int, ...]


class Catalog:
    """Releases oldest first, with every version of every code. Immutable, and safe to share by threads."""

    releases: tuple[Release, ...]
    notes: Mapping[str, str]
    """Processing notes: number (four digits) to text, of the newest release that brought them."""
    not_otherwise_classified: frozenset[str]
    """Codes on the loaded NOC lists."""
    aliases: Mapping[str, tuple[str, ...]]
    """Other names of codes, sorted: the drug names of the loaded crosswalks."""
    folder: Path | None
    """The folder on the shelf that it was opened from, where its index lies; ``None`` if it was built."""

    def __init__(self, contents: Contents, history: History, folder: Path | None = None) -> None:
        if not contents.releases:
            raise CatalogError("a catalogue needs at least one release: load a release file")
        self.releases = contents.releases
        self.notes = MappingProxyType({number: note.text for number, note in contents.notes.items()})
        self.not_otherwise_classified = frozenset(contents.not_otherwise_classified)
        self.aliases = MappingProxyType(contents.aliases)
        self.folder = folder
        self._contents = contents
        self._history = history
        self._versions = lru_cache(maxsize=CACHED_CODES)(partial(_read_versions, history, self.releases))

    @classmethod
    def build(cls, releases: Iterable[ReadRelease]) -> Catalog:
        """The catalogue of the releases given, in any order.

        Of two files of the same release (same id) the one that comes later counts. Raises ``CatalogError`` if
        there is none.
        """
        return _gather(Ledger(), {}, {}, releases)

    def with_releases(self, releases: Iterable[ReadRelease]) -> Catalog:
        """This catalogue and the releases given; one with the id of a present release takes its place."""
        ledger = Ledger()
        ledger.enter_history(self._history, self.releases)
        return _gather(ledger, {r.id: r for r in self.releases}, dict(self._contents.notes), releases)

    @classmethod
    def load(cls, path: Path, folder: Path | None = None) -> Catalog:
        """The catalogue in a file written by ``save``. Raises ``CatalogError`` if it isn't one."""
        with path.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                raise CatalogError(f"{path.name}: not a catalogue of this version; load the releases again")
            size = int.from_bytes(file.read(8))
            start = file.tell() + size
            try:
                contents = Contents.model_validate_json(file.read(size))
            except ValidationError as error:
                raise CatalogError(f"{path.name}: damaged; load the releases again") from error
            mapped = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        blob = mapped[start:]
        if len(blob) != sum(contents.lengths):
            raise CatalogError(f"{path.name}: damaged; load the releases again")
        return cls(contents, History(contents.procedures, contents.modifiers, contents.lengths, blob), folder)

    def save(self, path: Path) -> None:
        """Writes the catalogue into a file; equal catalogues give equal bytes."""
        stated = self._contents.model_dump(mode="json")
        for release in stated["releases"]:
            release["kinds"].sort()
        head = orjson.dumps(stated, option=orjson.OPT_SORT_KEYS)
        with path.open("wb") as file:
            file.write(MAGIC)
            file.write(len(head).to_bytes(8))
            file.write(head)
            file.write(self._history.blob)

    @property
    def newest(self) -> Release:
        """The newest release."""
        return self.releases[-1]

    @property
    def starter(self) -> bool:
        """Whether this is the built-in starter, which holds two codes only."""
        return self.newest.starter

    def __contains__(self, code: str) -> bool:
        """Whether any release states the code (upper case)."""
        return code in self._history

    def current(self, code: str, today: date) -> Statement | None:
        """The newest statement of a code, read on ``today``; of an older release if CMS removed the code."""
        versions = self.timeline(code)
        return self._statement(versions[-1].record, versions[-1].last, today) if versions else None

    def as_of(self, code: str, day: date) -> Statement | None:
        """What is known of a code on a day of service.

        The newest release in effect on ``day`` (else the oldest) whose record was already added then; so that a
        reused code has the meaning it had (G9890 on 2018-01-01). ``None`` if no release states the code.
        """
        versions = self.timeline(code)
        if not versions:
            return None
        known = [version for version in versions if version.first.effective <= day] or versions[:1]
        added = [v for v in known if v.record.added_date is None or v.record.added_date <= day]
        version = (added or known)[-1]
        stating = [r for r in self.releases if version.first.id <= r.id <= version.last.id and r.effective <= day]
        return self._statement(version.record, stating[-1] if stating else version.first, day)

    def codes(self) -> Sequence[str]:
        """Every code of the newest release (and of those that CMS removed), procedures sorted, then modifiers."""
        return self._history.codes

    def between(self, first: str, last: str) -> Sequence[str]:
        """The procedure codes from ``first`` to ``last``, both included, sorted."""
        procedures = self._history.procedures
        return procedures[bisect_left(procedures, first) : bisect_right(procedures, last)]

    def starting(self, prefix: str) -> Sequence[str]:
        """The procedure codes that start with ``prefix``, sorted."""
        procedures = self._history.procedures
        return procedures[bisect_left(procedures, prefix) : bisect_left(procedures, prefix + "\U0010ffff")]

    def timeline(self, code: str) -> tuple[Version, ...]:
        """Every version of a code, oldest first."""
        return self._versions(code)

    def changes(self, before: str, after: str) -> tuple[Change, ...]:
        """What changed between two releases, by code. Raises ``CatalogError`` for an unknown release id."""
        raise NotImplementedError

    def _statement(self, record: CodeRecord, release: Release, day: date) -> Statement:
        return Statement(record=record, release=release, day=day, note=self.notes.get(record.processing_note))


def _read_versions(history: History, releases: Sequence[Release], code: str) -> tuple[Version, ...]:
    return tuple(
        Version(
            record=CodeRecord.model_validate(span.row),
            first=releases[span.first],
            last=releases[span.last],
        )
        for span in history.spans(code)
    )


def _gather(
    ledger: Ledger, known: dict[str, Release], notes: dict[str, Note], read: Iterable[ReadRelease]
) -> Catalog:
    for one in read:
        ledger.enter(one.release, one.records)
        known[one.release.id] = one.release
        for number, text in one.notes.items():
            if number not in notes or notes[number].release <= one.release.id:
                notes[number] = Note(text=text, release=one.release.id)
    full = [release for release in known.values() if not release.starter]
    releases = tuple(sorted(full or known.values(), key=lambda release: release.id))
    history = ledger.pack(releases)
    contents = Contents(
        releases=releases,
        notes=notes,
        procedures=history.procedures,
        modifiers=history.modifiers,
        lengths=history.lengths,
    )
    return Catalog(contents, history)

"""The catalog as a file: one line that names the format, its contents as JSON, then the packed history.

The history stays in the file, and the versions of a code are read when it is asked for. Mapped into memory, the pages
that a server has met count as its own.
"""

from __future__ import annotations

import os
import weakref
from pathlib import Path
from typing import BinaryIO, Final

import orjson
from pydantic import ValidationError

from hcpcs.catalog.history.versions import History
from hcpcs.errors import CatalogError
from hcpcs.records.record import Frozen, RecordKind, Release
from hcpcs.releases.content import Correction

FORMAT: Final = b"HCPCS catalogue 1\n"
"""The first line of the file: the format and its version."""
_LENGTH_BYTES: Final = 8


class Note(Frozen):
    """The text of a processing note, and the id of the release that it came with; ``""`` if unknown."""

    text: str
    release: str


class PageRelease(Frozen):
    """A file of single codes, not of a whole code set (a record page), and its codes."""

    release: Release
    codes: tuple[str, ...]


class CatalogContents(Frozen):
    """The contents of a catalog besides its history. ``releases`` are sorted, oldest first.

    ``pages`` and ``corrections`` are keyed by the id of the release that they belong to, ``aliases`` by code.
    ``not_otherwise_classified`` are the codes of the newest NOC list, ``noc_release`` the id of its release (``""`` if
    it names none).
    """

    releases: tuple[Release, ...]
    pages: dict[str, tuple[PageRelease, ...]] = {}
    notes: dict[str, Note] = {}
    not_otherwise_classified: tuple[str, ...] = ()
    noc_release: str = ""
    aliases: dict[str, tuple[str, ...]] = {}
    corrections: dict[str, tuple[Correction, ...]] = {}

    def releases_covering(self, kind: RecordKind, code: str) -> tuple[int, ...]:
        """The positions of the releases that cover a code: those with records of its kind, and pages that state it.

        A whole release that lacks the code says that it isn't in the code set; a page says nothing about other codes.
        """
        return tuple(
            position
            for position, release in enumerate(self.releases)
            if (
                any(code in page.codes for page in self.pages[release.id])
                if release.id in self.pages
                else kind in release.kinds
            )
        )

    def as_json(self) -> bytes:
        """The contents as JSON; equal contents give equal bytes."""
        stated = self.model_dump(mode="json")
        for release in stated["releases"] + [p["release"] for pages in stated["pages"].values() for p in pages]:
            release["kinds"].sort()
        # Without a dated list the bytes stay those of earlier versions, and so do the ids of answers.
        if not stated["noc_release"]:
            del stated["noc_release"]
        return orjson.dumps(stated, option=orjson.OPT_SORT_KEYS)


class _BytesInFile:
    """The bytes of an open file from ``start`` on, which stays open as long as they are in use."""

    def __init__(self, file: BinaryIO, start: int) -> None:
        self._descriptor = os.dup(file.fileno())
        weakref.finalize(self, os.close, self._descriptor)
        self._name = Path(file.name).name
        self._start = start
        self._size = os.fstat(self._descriptor).st_size - start

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, span: slice) -> bytes:
        """A part of the bytes. Raises ``CatalogError`` if the file was cut since it was opened, and ``OSError``."""
        start, stop, _ = span.indices(self._size)
        part = os.pread(self._descriptor, stop - start, self._start + start)
        if len(part) != stop - start:
            raise CatalogError(f"{self._name}: was changed while it was in use; load the releases again")
        return part


class _Head(Frozen):
    contents: CatalogContents
    procedures: tuple[str, ...]
    modifiers: tuple[str, ...]
    lengths: tuple[int, ...]


def write_catalog(path: Path, contents: CatalogContents, history: History) -> None:
    """Writes a catalog to a file; equal catalogs give equal bytes. Raises ``OSError``."""
    codes = {"procedures": history.procedures, "modifiers": history.modifiers, "lengths": history.lengths}
    head = orjson.dumps({"contents": orjson.Fragment(contents.as_json()), **codes})
    with path.open("wb") as file:
        file.write(FORMAT)
        file.write(len(head).to_bytes(_LENGTH_BYTES))
        file.write(head)
        file.write(history.blob[:])


def read_catalog(path: Path) -> tuple[CatalogContents, History]:
    """The catalog in a file. Raises ``CatalogError`` if it is damaged or in another format, and ``OSError``."""
    with path.open("rb") as file:
        if file.read(len(FORMAT)) != FORMAT:
            raise CatalogError(f"{path.name}: is not a catalog of this version of the program; load the releases again")
        size = int.from_bytes(file.read(_LENGTH_BYTES))
        start = len(FORMAT) + _LENGTH_BYTES + size
        try:
            head = _Head.model_validate_json(file.read(size))
        except (ValidationError, OverflowError, MemoryError) as error:
            raise CatalogError(f"{path.name}: is damaged; load the releases again") from error
        blob = _BytesInFile(file, start)
    if len(blob) != sum(head.lengths) or len(head.lengths) != len(head.procedures) + len(head.modifiers):
        raise CatalogError(f"{path.name}: is damaged; load the releases again")
    return head.contents, History(head.procedures, head.modifiers, head.lengths, blob)

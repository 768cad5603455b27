"""Loading files into the catalog: everything is read first, then published as a whole, or nothing changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.shelf import BuildIndex, Shelf
from hcpcs.errors import ReleaseError
from hcpcs.records.record import Frozen, Release
from hcpcs.releases import FileContents, ReadRelease, UnknownValue, read_file
from hcpcs.releases.content import Corrections, Crosswalk, NocList, ProcessingNotes, Progress, Transactions

ProgressFor = Callable[[Path], Progress]
"""Gives the progress callback for one file."""


class LoadedFile(Frozen):
    """One file that was loaded: its name and what it is. ``release`` is set if it is a release."""

    file: str
    what: str
    release: Release | None = None
    unknown_values: tuple[UnknownValue, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """The name of the file, and its release or what else it is, in one line."""
        return f"{self.file}: {self.release.label if self.release else self.what}"


class LoadReport(Frozen):
    """The files that were loaded, and the releases that the catalog now has."""

    files: tuple[LoadedFile, ...]
    releases: tuple[Release, ...]


def load_files(shelf: Shelf, paths: Iterable[Path], build_index: BuildIndex, progress_for: ProgressFor) -> LoadReport:
    """Reads the files, adds them to the catalog in use, and publishes the result.

    Raises ``ReleaseError`` for the first file that can't be read, ``CatalogError`` for corrections that can't be
    applied, and ``ShelfError`` if nothing can be published; the catalog in use is then unchanged.
    """
    read = [(path, read_file(path, progress_for(path))) for path in paths]
    for path, contents in read:
        if isinstance(contents, Transactions):
            raise ReleaseError(path.name, "is a transaction report, which can't be loaded; load the release file")
    present = shelf.open()
    if present is None and not any(isinstance(contents, ReadRelease) for _, contents in read):
        raise ReleaseError(read[0][0].name, "belongs to a release, and no release is loaded; load it together with one")
    catalog = Catalog.gather(present, [contents for _, contents in read])
    shelf.publish(catalog, build_index)
    return LoadReport(files=tuple(_loaded(path, contents) for path, contents in read), releases=catalog.releases)


def _loaded(path: Path, contents: FileContents) -> LoadedFile:
    if isinstance(contents, ReadRelease):
        return LoadedFile(
            file=path.name,
            what="release",
            release=contents.release,
            unknown_values=contents.unknown_values,
            warnings=contents.warnings,
        )
    return LoadedFile(file=path.name, what=_description(contents))


def _description(contents: FileContents) -> str:
    match contents:
        case NocList():
            return f"list of {len(contents.codes)} not otherwise classified codes"
        case Crosswalk():
            return f"drug names of {len(contents.names)} codes"
        case ProcessingNotes():
            return f"{len(contents.notes)} processing notes"
        case Corrections():
            return f"{len(contents.corrections)} corrections"
        case Transactions():
            return f"transaction report of {len(contents.actions)} codes"
        case ReadRelease():
            return "release"

"""Loading files into the catalogue: read everything first, then publish once, or change nothing."""

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


class LoadedFile(Frozen):
    """What one file was found to be. ``release`` is set where it was a release."""

    file: str
    what: str
    release: Release | None = None
    unknown_values: tuple[UnknownValue, ...] = ()
    warnings: tuple[str, ...] = ()


class LoadReport(Frozen):
    """What was loaded, file by file, and the releases that the catalogue now holds."""

    files: tuple[LoadedFile, ...]
    releases: tuple[Release, ...]


def _describe(path: Path, contents: FileContents) -> LoadedFile:
    if isinstance(contents, ReadRelease):
        return LoadedFile(
            file=path.name,
            what="release",
            release=contents.release,
            unknown_values=contents.unknown_values,
            warnings=contents.warnings,
        )
    if isinstance(contents, NocList):
        return LoadedFile(file=path.name, what=f"list of {len(contents.codes)} not otherwise classified codes")
    if isinstance(contents, Crosswalk):
        return LoadedFile(file=path.name, what=f"drug names of {len(contents.names)} codes")
    if isinstance(contents, ProcessingNotes):
        return LoadedFile(file=path.name, what=f"{len(contents.notes)} processing notes")
    if isinstance(contents, Corrections):
        return LoadedFile(file=path.name, what=f"{len(contents.corrections)} corrections")
    return LoadedFile(file=path.name, what=f"transaction report of {len(contents.actions)} codes")


def load_files(shelf: Shelf, paths: Iterable[Path], build_index: BuildIndex, progress_for: ProgressFor) -> LoadReport:
    """Read the files, add them to the catalogue in use, and publish the result whole.

    Raises ``ReleaseError`` for the first file that can't be read, and ``ShelfError`` if nothing can be published;
    the catalogue in use is then as it was.
    """
    read = [(path, read_file(path, progress_for(path))) for path in paths]
    for path, contents in read:
        if isinstance(contents, Transactions):
            raise ReleaseError(path.name, "is a transaction report, which no catalogue takes; load the release file")
    present = shelf.open()
    found = [contents for _, contents in read]
    if present is None and not any(isinstance(contents, ReadRelease) for contents in found):
        raise ReleaseError(read[0][0].name, "belongs to a release, and none is loaded; load a release with it")
    catalog = Catalog.gather(present, found)
    shelf.publish(catalog, build_index)
    return LoadReport(files=tuple(_describe(path, contents) for path, contents in read), releases=catalog.releases)

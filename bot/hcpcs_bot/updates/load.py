"""Loading files into the catalog: everything is read first, then published as a whole, or nothing changes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.manifest import MANIFEST
from hcpcs.catalog.shelf import CATALOG_FILE, BuildIndex, Shelf
from hcpcs.catalog.starter import starter_release
from hcpcs.companions.companion_reader import read_companions, unsupported_file
from hcpcs.companions.edition import Edition
from hcpcs.companions.storage.companion_store import COMPANIONS_FILE, open_companions, write_companions
from hcpcs.companions.storage.edition_set import EditionSet, LoadedEdition
from hcpcs.companions.storage.packed_rows import PackedEdition
from hcpcs.errors import ReleaseError, UnrecognizedFileError
from hcpcs.records.record import Frozen, RecordKind, Release
from hcpcs.releases import FileContents, ReadRelease, UnknownValue, read_file
from hcpcs.releases.content import Corrections, Crosswalk, NocList, ProcessingNotes, Progress, Transactions

ProgressFor = Callable[[Path], Progress]
"""Gives the progress callback for one file."""
_NOT_INDEX: Final = frozenset({CATALOG_FILE, MANIFEST, COMPANIONS_FILE})
"""The files of a version that are not its index."""

SHARE_OF_EARLIER: Final = 0.9
"""Minimum share of the records of the same or an earlier release. A file of the active codes alone has 0.86."""
SHARE_OF_LATER: Final = 0.5
"""Minimum share of the records of the next release, where no earlier one is loaded."""
COMPARED_FROM: Final = 100
"""Minimum records of a kind that a release is compared with."""


class LoadedFile(Frozen):
    """One file that was loaded: its name and what it is.

    ``release`` is set if it is a release; ``contains`` says what else its archive has. ``editions`` are those of a
    companion file.
    """

    file: str
    what: str
    release: Release | None = None
    contains: tuple[str, ...] = ()
    editions: tuple[LoadedEdition, ...] = ()
    unknown_values: tuple[UnknownValue, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """The name of the file, and its release or what else it is, in one line."""
        parts = (self.release.label if self.release else self.what, *self.contains)
        return f"{self.file}: {'; '.join(parts)}"


class LoadReport(Frozen):
    """The files that were loaded, and the releases and editions that are loaded now.

    ``passed_over`` says of each file that is not data what it is, with its name.
    """

    files: tuple[LoadedFile, ...]
    releases: tuple[Release, ...]
    editions: tuple[Edition, ...] = ()
    passed_over: tuple[str, ...] = ()


class FileToLoad(NamedTuple):
    """A file that was read: what it holds for the catalog, if anything, and its editions."""

    path: Path
    contents: FileContents | None
    editions: tuple[PackedEdition, ...]


LeaveOut = Callable[[FileToLoad, ReleaseError], None]
"""Is told of a file that is left out, and why."""


def load_files(
    shelf: Shelf,
    paths: Iterable[Path],
    build_index: BuildIndex,
    progress_for: ProgressFor,
    *,
    force: bool = False,
    pass_over: Container[Path] = (),
) -> LoadReport:
    """Reads the files, adds them to the catalog and the editions in use, and publishes the result.

    Editions can be loaded before any release: they are then published with the built-in starter. ``force`` takes
    releases that are far smaller than those that are loaded, too. Of the
    files in ``pass_over`` those that are not data are left out. Raises
    ``ReleaseError`` for the first file that can't be read, ``CatalogError`` for corrections that can't be applied, and
    ``ShelfError`` if nothing can be published; what is in use is then unchanged.
    """
    read: list[FileToLoad] = []
    others: list[UnrecognizedFileError] = []
    for path in paths:
        try:
            read.append(read_to_load(path, progress_for(path)))
        except UnrecognizedFileError as error:
            if path not in pass_over:
                raise
            others.append(error)
    if others and not read:
        raise others[0]
    report = publish_files(shelf, read, build_index, force=force)
    return report.model_copy(update={"passed_over": tuple(map(str, others))})


def publish_files(
    shelf: Shelf,
    files: Iterable[FileToLoad],
    build_index: BuildIndex,
    leave_out: LeaveOut | None = None,
    *,
    force: bool = False,
) -> LoadReport:
    """Adds files that were read to the catalog and the editions in use, and publishes the result.

    A file that can't be added is left out if ``leave_out`` is given, which is then called. Raises as
    ``load_files`` does.
    """
    present = shelf.open()
    editions = EditionSet(() if present is None or present.folder is None else open_companions(present.folder).packed())
    read: list[FileToLoad] = []
    loaded: list[LoadedFile] = []
    releases = {} if present is None else {release.id: release for release in present.releases if not release.starter}
    for file in files:
        try:
            if isinstance(file.contents, ReadRelease) and not file.contents.partial:
                release = file.contents.release
                if not force:
                    _check_complete(file.path.name, release, releases)
                releases[release.id] = release
            extended = EditionSet(editions)
            loaded.append(_loaded(file, tuple(extended.add(packed) for packed in file.editions)))
        except ReleaseError as error:
            if leave_out is None:
                raise
            leave_out(file, error)
            continue
        editions = extended
        read.append(file)
    if present is not None and not read:
        in_use = tuple(packed.edition for packed in editions)
        return LoadReport(files=(), releases=present.releases, editions=in_use)
    for_catalog = [file.contents for file in read if file.contents is not None]
    if present is None and not any(isinstance(contents, ReadRelease) for contents in for_catalog):
        alone = next((file for file in read if not file.editions), None)
        if alone is not None:
            raise ReleaseError(
                alone.path.name, "belongs to a release, and no release is loaded; load it together with one"
            )
        for_catalog.append(starter_release())
    catalog = Catalog.gather(present, for_catalog) if present is None or for_catalog else present

    # Loading a release again also renews its index; names that were loaded before change nothing.
    renewed = any(not isinstance(contents, Crosswalk) for contents in for_catalog)

    def build(catalog: Catalog, folder: Path) -> None:
        same = present is not None and not renewed and catalog.fingerprint == present.fingerprint
        if same and present is not None and present.folder is not None:
            _copy_index(present.folder, folder)
        else:
            build_index(catalog, folder)
        write_companions(folder, editions)

    shelf.publish(catalog, build)
    in_use = tuple(packed.edition for packed in editions)
    return LoadReport(files=_with_unapplied(loaded, read, catalog), releases=catalog.releases, editions=in_use)


def _check_complete(name: str, release: Release, releases: Mapping[str, Release]) -> None:
    """Raises ``ReleaseError`` for a release that is far smaller than the one that it replaces or follows.

    CMS keeps ended codes, so that a release is rarely smaller than the one before it. A release that precedes all
    others may have fewer codes: that of 2017 has seven tenths of those of 2025.
    """
    earlier = max((known for known in releases if known <= release.id), default=None)
    later = min((known for known in releases if known > release.id), default=None)
    compared = earlier or later
    if compared is None:
        return
    former, share = releases[compared], SHARE_OF_EARLIER if earlier else SHARE_OF_LATER
    for kind in RecordKind:
        count, expected = _count(release, kind), _count(former, kind)
        covered = kind in release.kinds or former.id == release.id
        if covered and expected >= COMPARED_FROM and count < share * expected:
            raise ReleaseError(
                name,
                f"has {count:,} {kind.value}s, but {former.label} has {expected:,}, so it may be cut off or filtered; "
                "download it again, or load it with `hcpcs load --force`",
            )


def _count(release: Release, kind: RecordKind) -> int:
    return release.procedures if kind is RecordKind.PROCEDURE else release.modifiers


def read_to_load(path: Path, progress: Progress) -> FileToLoad:
    """What a file holds. A crosswalk has names for the catalog, and is an edition as well.

    Raises ``ReleaseError`` for a file that can't be read or loaded.
    """
    try:
        contents = read_file(path, progress)
    except ReleaseError:
        # What is not a release may be a companion file, whose reader knows other forms.
        editions = read_companions(path)
        if not editions:
            unsupported = unsupported_file(path)
            if unsupported is not None:
                raise UnrecognizedFileError(path.name, unsupported.reason) from None
            raise
        return FileToLoad(path, None, editions)
    if isinstance(contents, Transactions):
        raise UnrecognizedFileError(path.name, "is a transaction report, which can't be loaded; load the release file")
    return FileToLoad(path, contents, read_companions(path) if isinstance(contents, Crosswalk) else ())


def _copy_index(present: Path, folder: Path) -> None:
    """Copies the index of a version: built again from the same catalog, it would be the same."""
    for path in present.iterdir():
        if path.name not in _NOT_INDEX:
            if path.is_dir():
                shutil.copytree(path, folder / path.name)
            else:
                shutil.copy2(path, folder / path.name)


def _loaded(file: FileToLoad, editions: tuple[LoadedEdition, ...]) -> LoadedFile:
    name = file.path.name
    warnings = tuple(warning for edition in editions for warning in edition.warnings)
    contents = file.contents
    warnings += _warnings(contents)
    if isinstance(contents, ReadRelease):
        return LoadedFile(
            file=name,
            what="release",
            release=contents.release,
            contains=tuple(map(_description, contents.beside)),
            unknown_values=contents.unknown_values,
            warnings=(*contents.warnings, *(warning for one in contents.beside for warning in _warnings(one))),
        )
    parts = [f"{one.edition.label}, {one.edition.rows:,} rows" for one in editions]
    if contents is not None:
        parts.append(_description(contents))
    return LoadedFile(file=name, what="; ".join(parts), editions=editions, warnings=warnings)


def _warnings(contents: FileContents | None) -> tuple[str, ...]:
    """The warnings about the rows of a corrections file."""
    return contents.warnings if isinstance(contents, Corrections) else ()


def _with_unapplied(
    loaded: Sequence[LoadedFile], files: Sequence[FileToLoad], catalog: Catalog
) -> tuple[LoadedFile, ...]:
    """Adds what could not be corrected to the warnings of the last corrections file of each release.

    Without one, the corrections were loaded before, and the warnings are those of the release.
    """
    warned = list(loaded)
    for release_id in dict.fromkeys(one.release_id for one in catalog.unapplied):
        concerned = [at for at, file in enumerate(files) if _release_id(file.contents) == release_id]
        at = max(concerned, key=lambda one: (isinstance(files[one].contents, Corrections), one), default=None)
        if at is not None:
            unapplied = [one for one in catalog.unapplied if one.release_id == release_id]
            warnings = (f"Not corrected: {one.code} ({one.action[:60]!r} can't be applied)." for one in unapplied)
            warned[at] = warned[at].model_copy(update={"warnings": (*warned[at].warnings, *warnings)})
    return tuple(warned)


def _release_id(contents: FileContents | None) -> str | None:
    """The release that a file is, or that it corrects."""
    if isinstance(contents, ReadRelease):
        return contents.release.id
    return contents.release_id if isinstance(contents, Corrections) else None


def _description(contents: FileContents) -> str:
    match contents:
        case NocList():
            noun = "code" if len(contents.codes) == 1 else "codes"
            return f"list of {len(contents.codes)} not otherwise classified {noun}"
        case Crosswalk():
            return f"drug names of {len(contents.names)} codes"
        case ProcessingNotes():
            return f"{len(contents.notes)} processing notes"
        case Corrections():
            return "1 correction" if len(contents.corrections) == 1 else f"{len(contents.corrections)} corrections"
        case Transactions():
            return f"transaction report of {len(contents.actions)} codes"
        case ReadRelease():
            return "release"

"""The shelf: catalogues on disk under a home folder, published whole or not at all.

    CURRENT                    the name of the version in use, one line
    LOCK                       held by whoever publishes; the system releases it when that process ends
    versions/000007-2025-10/   one version: the catalogue, whatever the index builder wrote, and a manifest

A version is built in a folder that nothing points to, forced to disk, listed with digests in its manifest, and
opened once to prove it; only then does CURRENT name it, by one atomic replacement. A process that is killed at any
moment leaves CURRENT as it was, and a folder that the next publication clears away.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import weakref
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from hcpcs.catalog.catalog import Catalog
from hcpcs.errors import CatalogError, ShelfError
from hcpcs.records.record import Frozen

BuildIndex = Callable[[Catalog, Path], None]

CATALOGUE: Final = "catalogue"
MANIFEST: Final = "MANIFEST.json"
VERSION_NAME: Final = re.compile(r"(?P<number>[0-9]{6})-[0-9]{4}-[0-9]{2}")


class ListedRelease(Frozen):
    """One file of a version: its size in bytes and its SHA-256 (hex)."""

    size: int
    sha256: str


class CatalogManifest(Frozen):
    """Every file of a version, by its path within the folder."""

    files: dict[str, ListedRelease]


class Shelf:
    """The catalogues of one home folder. Any number of processes may read while one publishes."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._versions = home / "versions"
        self._current = home / "CURRENT"

    def current_version(self) -> str | None:
        """The name of the version in use; ``None`` if nothing was published.

        Reads one small file: cheap enough to ask before every answer. Raises ``ShelfError`` for a foreign one.
        """
        try:
            name = self._current.read_text(encoding="ascii", errors="replace").strip()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ShelfError(f"{self._current}: can't be read ({error.strerror}); check the home folder") from error
        if not VERSION_NAME.fullmatch(name):
            raise ShelfError(f"{self._current}: names no version of a catalogue; {self._remedy}")
        return name

    def open(self) -> Catalog | None:
        """The catalogue in use, every file of its version checked; ``None`` if nothing was published.

        Its ``folder`` holds the index, and stays on disk as long as the catalogue is in use.
        Raises ``ShelfError`` if the version is damaged or of another form.
        """
        while (name := self.current_version()) is not None:
            try:
                return self._open_version(self._versions / name)
            except ShelfError:
                # A version may be cleared away between reading its name and opening it: then there is a newer one.
                if self.current_version() == name:
                    raise
        return None

    def publish(self, catalog: Catalog, build_index: BuildIndex) -> Path:
        """Makes ``catalog`` the one in use, and returns its folder.

        ``build_index`` writes its files into the folder that it is given. Raises ``ShelfError`` if another
        process is publishing, if the home can't be written, or if what was written does not open again; the
        catalogue in use then stays.
        """
        try:
            self._versions.mkdir(parents=True, exist_ok=True)
            with self._alone():
                return self._publish(catalog, build_index)
        except OSError as error:
            reason = error.strerror or str(error)
            raise ShelfError(f"{self.home}: can't be written ({reason}); check its rights and the disk") from error

    def _publish(self, catalog: Catalog, build_index: BuildIndex) -> Path:
        former = self.current_version()
        folder = self._versions / self._next_name(catalog)
        with ExitStack() as undo:
            undo.callback(self._discard, folder)
            folder.mkdir()
            catalog.save(folder / CATALOGUE)
            build_index(catalog, folder)
            _seal(folder)
            _sync(self._versions)
            self._check(folder)
            self._read(folder)
            beside = self._current.with_name("CURRENT.new")
            beside.write_text(f"{folder.name}\n", encoding="ascii")
            _sync(beside)
            beside.replace(self._current)
            undo.pop_all()
        # From here on the new version is in use, whatever happens.
        _sync(self.home)
        self._clear({folder.name, former})
        return folder

    def _discard(self, folder: Path) -> None:
        """Removes a version that was not finished; an interruption may have come just after it was."""
        if self.current_version() != folder.name:
            shutil.rmtree(folder, ignore_errors=True)

    def _next_name(self, catalog: Catalog) -> str:
        taken = [match for path in self._versions.iterdir() if (match := VERSION_NAME.fullmatch(path.name))]
        number = max((int(match["number"]) for match in taken), default=0) + 1
        return f"{number:06d}-{catalog.newest.id}"

    def _clear(self, kept: set[str | None]) -> None:
        """Removes the versions that nobody needs: not ``kept``, and not open in any process."""
        for path in self._versions.iterdir():
            if path.name not in kept and VERSION_NAME.fullmatch(path.name):
                _remove_unless_open(path)

    def _open_version(self, folder: Path) -> Catalog:
        try:
            lease = os.open(folder / MANIFEST, os.O_RDONLY)
        except OSError as error:
            raise ShelfError(f"{folder}: can't be opened ({error.strerror}); {self._remedy}") from error
        with ExitStack() as undo:
            undo.callback(os.close, lease)
            fcntl.flock(lease, fcntl.LOCK_SH)
            self._check(folder)
            catalog = self._read(folder)
            undo.pop_all()
        weakref.finalize(catalog, os.close, lease)
        return catalog

    def _read(self, folder: Path) -> Catalog:
        try:
            return Catalog.load(folder / CATALOGUE, folder)
        except (CatalogError, OSError) as error:
            raise ShelfError(f"{folder / CATALOGUE}: can't be read; {self._remedy}") from error

    def _check(self, folder: Path) -> None:
        """Raises ``ShelfError`` unless the folder holds every file that its manifest lists, as it lists it."""
        try:
            listed = CatalogManifest.model_validate_json((folder / MANIFEST).read_bytes()).files
        except (OSError, ValidationError) as error:
            raise ShelfError(f"{folder / MANIFEST}: can't be read; {self._remedy}") from error
        for name, expected in listed.items():
            try:
                found = _list(folder / name)
            except OSError as error:
                raise ShelfError(f"{folder / name}: can't be read ({error.strerror}); {self._remedy}") from error
            if found != expected:
                raise ShelfError(f"{folder / name}: is damaged; {self._remedy}")

    @property
    def _remedy(self) -> str:
        return f"delete {self._current} and load the releases again, or use another --home"

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Holds the lock of the home while its block runs. The system frees it if the process dies."""
        with ExitStack() as held:
            descriptor = os.open(self.home / "LOCK", os.O_RDWR | os.O_CREAT, 0o644)
            held.callback(os.close, descriptor)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                holder = os.read(descriptor, 20).decode("ascii", "replace").strip()
                raise ShelfError(
                    f"{self.home}: another process ({holder}) is loading into it; try again when it is done"
                ) from error
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"{os.getpid()}\n".encode("ascii"))
            yield


def _list(path: Path) -> ListedRelease:
    with path.open("rb") as file:
        return ListedRelease(sha256=hashlib.file_digest(file, "sha256").hexdigest(), size=file.tell())


def _seal(folder: Path) -> None:
    """Lists every file in the manifest, and forces all of them to disk."""
    files = {path.relative_to(folder).as_posix(): _list(path) for path in folder.rglob("*") if path.is_file()}
    manifest = CatalogManifest(files=dict(sorted(files.items())))
    (folder / MANIFEST).write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
    for path in folder.rglob("*"):
        _sync(path)
    _sync(folder)


def _remove_unless_open(folder: Path) -> None:
    """Removes a version, unless a process has it open: ``open`` holds a shared lock on its manifest.

    What can't be removed now is met again by the next publication.
    """
    with ExitStack() as held:
        try:
            descriptor = os.open(folder / MANIFEST, os.O_RDONLY)
        except FileNotFoundError:
            # It was never finished: no process can have opened it.
            shutil.rmtree(folder, ignore_errors=True)
            return
        held.callback(os.close, descriptor)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        shutil.rmtree(folder, ignore_errors=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""The shelf: catalogs on disk under a home folder, published as a whole or not at all.

    CURRENT                    the name of the version in use, one line
    LOCK                       locked while a process publishes
    versions/000007-2025-10/   one version: the catalog, the files of the index builder, and a manifest

A version is built in a folder that nothing points to, flushed to disk, listed with digests in its manifest, and
opened once as a check. Only then does CURRENT name it, by one atomic replacement. A process that is killed at any
moment leaves CURRENT unchanged, and a folder that the next publication removes.

A reader holds a shared lock on the manifest of its version as a lease: the version is not removed while a process
has it open.
"""

from __future__ import annotations

import os
import re
import shutil
import weakref
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Final

from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.manifest import CHECK_RIGHTS, MANIFEST, flush_to_disk, seal, verify
from hcpcs.errors import CatalogError, FileLockedError, ShelfError
from hcpcs.file_lock import file_lock, share, try_lock

BuildIndex = Callable[[Catalog, Path], None]
"""Writes the index of a catalog into the folder of its version."""

DEFAULT_HOME: Final = Path("~/.hcpcs")
"""The home folder where none is named."""
CATALOG_FILE: Final = "catalogue"
VERSION_NAME: Final = re.compile(r"(?P<number>[0-9]{6})-[0-9]{4}-[0-9]{2}")
"""Number of the publication and id of the newest release: ``000007-2025-10``."""


class Shelf:
    """The catalogs of one home folder. Any number of processes may read while one publishes."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._versions = home / "versions"
        self._current = home / "CURRENT"

    def current_version(self) -> str | None:
        """The name of the version in use; ``None`` if nothing was published.

        Reads one small file, so it can be called before every answer. Raises ``ShelfError`` if CURRENT can't be
        read or names no version.
        """
        try:
            name = self._current.read_text(encoding="ascii", errors="replace").strip()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ShelfError(f"{self._current}: can't be read ({error.strerror}); check the home folder") from error
        if not VERSION_NAME.fullmatch(name):
            raise ShelfError(f"{self._current}: doesn't name a version of the catalog; {self._remedy}")
        return name

    def open(self) -> Catalog | None:
        """The catalog in use, every file of its version verified; ``None`` if nothing was published.

        Its ``folder`` holds the index, and stays on disk as long as the catalog is in use.
        Raises ``ShelfError`` if the version is damaged or of another format.
        """
        while (name := self.current_version()) is not None:
            try:
                return self._open_version(self._versions / name)
            except ShelfError:
                # A version may be removed between reading its name and opening it: then there is a newer one.
                if self.current_version() == name:
                    raise
        return None

    def publish(self, catalog: Catalog, build_index: BuildIndex) -> Path:
        """Makes ``catalog`` the one in use, and returns its folder.

        Raises ``ShelfError`` if another process is publishing, if the home can't be written, or if what was
        written does not open again; the catalog in use then stays.
        """
        try:
            self._versions.mkdir(parents=True, exist_ok=True)
            with suppress(PermissionError):
                # A folder of an older version of this program may be open to others.
                self._versions.chmod(0o700)
            with file_lock(self.home / "LOCK"):
                return self._publish(catalog, build_index)
        except FileLockedError as error:
            raise ShelfError(
                f"{self.home}: another process ({error.holder}) is loading into it; try again when it is done"
            ) from error
        except OSError as error:
            reason = error.strerror or str(error)
            raise ShelfError(f"{self.home}: can't be written ({reason}); check its permissions and the disk") from error

    def _publish(self, catalog: Catalog, build_index: BuildIndex) -> Path:
        former = self.current_version()
        folder = self._versions / self._next_name(catalog)
        with ExitStack() as undo:
            undo.callback(self._discard, folder)
            folder.mkdir()
            catalog.save(folder / CATALOG_FILE)
            build_index(catalog, folder)
            seal(folder)
            flush_to_disk(self._versions)
            verify(folder, self._remedy)
            self._read(folder)
            replacement = self._current.with_name("CURRENT.new")
            replacement.write_text(f"{folder.name}\n", encoding="ascii")
            flush_to_disk(replacement)
            replacement.replace(self._current)
            undo.pop_all()
        # From here on the new version is in use, whatever happens.
        flush_to_disk(self.home)
        self._remove_versions(keep={folder.name, former})
        return folder

    def _discard(self, folder: Path) -> None:
        """Removes an unfinished version; an interruption may have come just after it was put in use."""
        if self.current_version() != folder.name:
            shutil.rmtree(folder, ignore_errors=True)

    def _next_name(self, catalog: Catalog) -> str:
        names = [match for path in self._versions.iterdir() if (match := VERSION_NAME.fullmatch(path.name))]
        number = max((int(match["number"]) for match in names), default=0) + 1
        return f"{number:06d}-{catalog.newest.id}"

    def _remove_versions(self, keep: set[str | None]) -> None:
        """Removes the versions that nobody needs: not in ``keep``, and not open in any process."""
        for path in self._versions.iterdir():
            if path.name not in keep and VERSION_NAME.fullmatch(path.name):
                _remove_unless_open(path)

    def _open_version(self, folder: Path) -> Catalog:
        try:
            lease = os.open(folder / MANIFEST, os.O_RDONLY)
        except OSError as error:
            remedy = CHECK_RIGHTS if isinstance(error, PermissionError) else self._remedy
            raise ShelfError(f"{folder}: can't be opened ({error.strerror}); {remedy}") from error
        with ExitStack() as undo:
            undo.callback(os.close, lease)
            share(lease)
            verify(folder, self._remedy)
            catalog = self._read(folder)
            undo.pop_all()
        weakref.finalize(catalog, os.close, lease)
        return catalog

    def _read(self, folder: Path) -> Catalog:
        try:
            return Catalog.load(folder / CATALOG_FILE, folder)
        except (CatalogError, OSError) as error:
            raise ShelfError(f"{folder / CATALOG_FILE}: can't be read; {self._remedy}") from error

    @property
    def _remedy(self) -> str:
        return f"delete {self._current} and load the releases again, or use another --home"


def _remove_unless_open(folder: Path) -> None:
    """Removes a version, unless a process has a lease on it. What can't be removed now is tried again next time."""
    try:
        # NFS gives an exclusive lock only on a file that is open for writing.
        descriptor = os.open(folder / MANIFEST, os.O_RDWR)
    except PermissionError:
        return
    except FileNotFoundError:
        # It was never finished, so no process can have opened it.
        shutil.rmtree(folder, ignore_errors=True)
        return
    try:
        if try_lock(descriptor):
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(descriptor)

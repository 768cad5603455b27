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
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from hcpcs.catalog import Catalog
from hcpcs.errors import CatalogError, ShelfError
from hcpcs.records import Frozen

BuildIndex = Callable[[Catalog, Path], None]

CATALOGUE = "catalogue"
MANIFEST = "MANIFEST.json"
VERSION_NAME = re.compile(r"\d{6}-\d{4}-\d{2}")
REMEDY = "load the releases again (hcpcs load FILE...) or use another --home"


class Listed(Frozen):
    """One file of a version: its size in bytes and its SHA-256 (hex)."""

    size: int
    sha256: str


class Manifest(Frozen):
    """Every file of a version by its path within the folder; ``format`` is the form of the shelf."""

    format: int = 1
    files: dict[str, Listed]


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
            raise ShelfError(f"{self._current}: can't be read ({error.strerror}); check the folder") from error
        if not VERSION_NAME.fullmatch(name):
            raise ShelfError(f"{self._current}: names no catalogue version; {REMEDY}")
        return name

    def open(self) -> Catalog | None:
        """The catalogue in use, every file of its version checked; ``None`` if nothing was published.

        Its ``folder`` holds the index, and stays on disk as long as the catalogue is in use.
        Raises ``ShelfError`` if the version is damaged or of another form.
        """
        while (name := self.current_version()) is not None:
            try:
                return self._open_version(name)
            except ShelfError:
                # A version may be cleared away between reading its name and opening it: then there is a newer one.
                if self.current_version() == name:
                    raise
        return None

    def publish(self, catalog: Catalog, build_index: BuildIndex) -> Path:
        """Makes ``catalog`` the one in use, and returns its folder.

        ``build_index`` writes its files into the folder that it is given. Raises ``ShelfError`` if another
        process is publishing, if the home can't be written, or if what was written does not open again.
        """
        try:
            self._versions.mkdir(parents=True, exist_ok=True)
            with self._alone():
                return self._publish(catalog, build_index)
        except OSError as error:
            raise ShelfError(
                f"{self.home}: can't be written ({error.strerror}); check the folder's rights"
            ) from error

    def _publish(self, catalog: Catalog, build_index: BuildIndex) -> Path:
        former = self.current_version()
        taken = sorted(path.name for path in self._versions.iterdir() if VERSION_NAME.fullmatch(path.name))
        name = f"{int(taken[-1][:6]) + 1 if taken else 1:06d}-{catalog.newest.id}"
        folder = self._versions / name
        folder.mkdir()
        catalog.save(folder / CATALOGUE)
        build_index(catalog, folder)
        _seal(folder)
        _sync(self._versions)
        _verify(folder)
        Catalog.load(folder / CATALOGUE)
        beside = self._current.with_name("CURRENT.new")
        beside.write_text(f"{name}\n", encoding="ascii")
        _sync(beside)
        beside.replace(self._current)
        _sync(self.home)
        self._clear({name, former or name})
        return folder

    def _clear(self, kept: set[str]) -> None:
        """Removes the versions that nobody needs: not ``kept``, and not open in any process."""
        for path in self._versions.iterdir():
            if path.name in kept or not VERSION_NAME.fullmatch(path.name):
                continue
            if not _in_use(path / MANIFEST):
                shutil.rmtree(path)

    def _open_version(self, name: str) -> Catalog:
        folder = self._versions / name
        try:
            lease = os.open(folder / MANIFEST, os.O_RDONLY)
        except OSError as error:
            raise ShelfError(f"{folder}: can't be opened ({error.strerror}); {REMEDY}") from error
        try:
            fcntl.flock(lease, fcntl.LOCK_SH)
            _verify(folder)
            catalog = Catalog.load(folder / CATALOGUE, folder)
        except (CatalogError, OSError) as error:
            os.close(lease)
            raise ShelfError(f"{folder}: {error}; {REMEDY}") from error
        except ShelfError:
            os.close(lease)
            raise
        weakref.finalize(catalog, os.close, lease)
        return catalog

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Holds the lock of the home while its block runs."""
        descriptor = os.open(self.home / "LOCK", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(descriptor, 32).decode("ascii", "replace").strip() or "unknown"
            os.close(descriptor)
            raise ShelfError(f"{self.home}: process {holder} is loading; try again when it is done") from error
        try:
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"{os.getpid()}\n".encode("ascii"))
            yield
        finally:
            os.close(descriptor)


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != MANIFEST:
            yield path.relative_to(folder).as_posix(), path


def _digest(path: Path) -> Listed:
    with path.open("rb") as file:
        return Listed(sha256=hashlib.file_digest(file, "sha256").hexdigest(), size=file.tell())


def _seal(folder: Path) -> None:
    """Forces every file to disk and lists it in the manifest."""
    manifest = Manifest(files={name: _digest(path) for name, path in _files(folder)})
    (folder / MANIFEST).write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
    for path in folder.rglob("*"):
        _sync(path)
    _sync(folder)


def _verify(folder: Path) -> None:
    """Raises ``ShelfError`` unless the folder holds exactly what its manifest lists."""
    try:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
        present = {name: _digest(path) for name, path in _files(folder)}
    except (OSError, ValidationError) as error:
        raise ShelfError(f"{folder}: its manifest or a file can't be read; {REMEDY}") from error
    for name in manifest.files.keys() | present.keys():
        if manifest.files.get(name) != present.get(name):
            raise ShelfError(f"{folder}: damaged in {name}; {REMEDY}")


def _in_use(path: Path) -> bool:
    """Whether any process holds a version open, by the lock that ``open`` puts on its manifest."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

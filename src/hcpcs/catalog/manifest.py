"""The manifest of a version on the shelf: its files with size and digest, so that damage is noticed before use."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from hcpcs.errors import ShelfError
from hcpcs.records.record import Frozen

MANIFEST: Final = "MANIFEST.json"


class ManifestEntry(Frozen):
    """One file of a version: its size in bytes and its SHA-256 (hex)."""

    size: int
    sha256: str


class CatalogManifest(Frozen):
    """Every file of a version, by its path within the folder."""

    files: dict[str, ManifestEntry]


def seal(folder: Path) -> None:
    """Lists every file of a folder in its manifest, and flushes all of them to disk. Raises ``OSError``."""
    files = {path.relative_to(folder).as_posix(): _entry(path) for path in folder.rglob("*") if path.is_file()}
    manifest = CatalogManifest(files=dict(sorted(files.items())))
    (folder / MANIFEST).write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
    for path in folder.rglob("*"):
        flush_to_disk(path)
    flush_to_disk(folder)


def verify(folder: Path, remedy: str) -> None:
    """Raises ``ShelfError``, with what to do, unless every file is there and as the manifest lists it."""
    try:
        listed = CatalogManifest.model_validate_json((folder / MANIFEST).read_bytes()).files
    except (OSError, ValidationError) as error:
        raise ShelfError(f"{folder / MANIFEST}: can't be read; {remedy}") from error
    for name, expected in listed.items():
        try:
            actual = _entry(folder / name)
        except OSError as error:
            raise ShelfError(f"{folder / name}: can't be read ({error.strerror}); {remedy}") from error
        if actual != expected:
            raise ShelfError(f"{folder / name}: is damaged; {remedy}")


def flush_to_disk(path: Path) -> None:
    """Flushes a file, or the list of files of a folder, to disk, so that it survives a power failure (``fsync``).

    Raises ``OSError``.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _entry(path: Path) -> ManifestEntry:
    with path.open("rb") as file:
        return ManifestEntry(sha256=hashlib.file_digest(file, "sha256").hexdigest(), size=file.tell())

"""The manifest of a version on the shelf: its files with size and digest, so that damage is noticed before use."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Final

from pydantic import Field, ValidationError

from hcpcs.errors import ShelfError
from hcpcs.records.record import Frozen

MANIFEST: Final = "MANIFEST.json"
CHECK_RIGHTS: Final = "check the rights of the home folder"
"""What to do about a file that belongs to another user: it is not damaged."""


class ManifestEntry(Frozen):
    """One file of a version: its size in bytes and its SHA-256 (hex)."""

    size: int
    sha256: str


class CatalogManifest(Frozen):
    """Every file of a version, by its path within the folder; there is one at least, the catalog."""

    files: dict[str, ManifestEntry] = Field(min_length=1)


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
        for name, expected in listed.items():
            if _entry(folder / name) != expected:
                raise ShelfError(f"{folder / name}: is damaged; {remedy}")
    except PermissionError as error:
        raise ShelfError(f"{error.filename}: can't be read by this user; {CHECK_RIGHTS}") from error
    except FileNotFoundError as error:
        raise ShelfError(f"{error.filename}: is missing; {remedy}") from error
    except (OSError, ValidationError) as error:
        raise ShelfError(f"{folder}: can't be read ({_reason(error)}); {remedy}") from error


def _reason(error: OSError | ValidationError) -> str:
    return f"{MANIFEST} is damaged" if isinstance(error, ValidationError) else str(error.strerror)


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

"""The release that every bench measures on, and homes with it and with more."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.shelf import Shelf
from hcpcs.companions.companion_reader import read_companions
from hcpcs.errors import ReleaseError
from hcpcs.releases import read_release
from hcpcs_bot.bootstrap import publish_index
from hcpcs_bot.updates.load import load_files

SHARED_DATA: Final = Path(__file__).resolve().parents[2] / "shared" / "data"
RELEASE: Final = SHARED_DATA / "releases" / "october-2025-alpha-numeric-hcpcs-file.reconstructed.zip"
COMPANIONS: Final = SHARED_DATA / "companion"
DEVELOPMENT_QUERIES: Final = SHARED_DATA / "relevance" / "dev.tsv"


class NotMeasuredError(Exception):
    """Something that a bench needs is missing; the text says what."""


@cache
def newest_catalog() -> Catalog:
    """The catalog of the 2025-10 release. Raises ``NotMeasuredError`` if the data is missing."""
    if not RELEASE.is_file():
        raise NotMeasuredError(f"needs {RELEASE.name} in ../shared/data/releases")
    return Catalog.build([read_release(RELEASE)])


def every_release() -> list[Path]:
    """The files of all releases, corrections and processing notes."""
    return sorted((SHARED_DATA / "releases").iterdir())


def companion_files() -> list[Path]:
    """The files that hold an edition. Raises ``NotMeasuredError`` if there are none."""
    files = [path for path in sorted(COMPANIONS.glob("*")) if path.is_file() and _is_companion(path)]
    if not files:
        raise NotMeasuredError("needs the files of ../shared/data/companion")
    return files


def _is_companion(path: Path) -> bool:
    try:
        return bool(read_companions(path))
    except ReleaseError:
        return False


@contextmanager
def loaded_home(files: Sequence[Path] = (RELEASE,)) -> Iterator[Path]:
    """A home with the files, while it is used."""
    with tempfile.TemporaryDirectory() as folder:
        load_into(Path(folder), files)
        yield Path(folder)


def load_into(home: Path, files: Sequence[Path]) -> None:
    """Loads files into a home; what is not data among them is passed over."""
    load_files(
        Shelf(home), list(files), publish_index, lambda path: lambda done, total: None, pass_over=frozenset(files)
    )

"""The folder of downloads under the home: one process at a time, and only the newest file is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from hcpcs.errors import DownloadError, FileLockedError
from hcpcs.file_lock import file_lock

DOWNLOADS: Final = "downloads"
"""The folder of downloads, under the home folder."""
LOCK: Final = "LOCK"
"""The file in it that is locked while a process updates."""


@contextmanager
def locked_downloads(home: Path) -> Iterator[Path]:
    """The folder of downloads of a home, for this process alone while the block runs.

    Raises ``DownloadError`` if another process is updating, or the folder can't be written.
    """
    folder = home / DOWNLOADS
    with ExitStack() as stack:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            stack.enter_context(file_lock(folder / LOCK))
        except FileLockedError as error:
            raise DownloadError(
                f"{folder}: another process ({error.holder}) is updating; try again when it is done"
            ) from error
        except OSError as error:
            raise DownloadError(f"{folder}: can't be written ({error.strerror}); check its permissions") from error
        yield folder


def remove_other_downloads(folder: Path, *kept: Path) -> None:
    """Removes what earlier updates fetched into a folder, but not its subfolders.

    The files in ``kept`` and what belongs to them stay, for the next conditional request.
    """
    names = tuple(path.name for path in kept)
    for other in folder.iterdir():
        if other.name != LOCK and other.is_file() and not other.name.startswith(names):
            other.unlink(missing_ok=True)

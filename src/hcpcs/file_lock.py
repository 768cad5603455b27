"""Locks on files, for work that only one process at a time may do. The system releases them when a process ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from hcpcs.errors import FileLockedError

_PID_LENGTH: Final = 20
"""Maximum bytes of a process id in a lock file."""


@contextmanager
def file_lock(path: Path) -> Iterator[None]:
    """Holds an exclusive lock on ``path`` while its block runs, and writes this process's id into the file.

    Creates the file if it is missing and leaves it in place. Raises ``FileLockedError`` at once if another process
    has the lock, and ``OSError`` if the file can't be opened.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not try_lock(descriptor):
            raise FileLockedError(path, os.read(descriptor, _PID_LENGTH).decode("ascii", "replace").strip())
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode("ascii"))
        yield
    finally:
        os.close(descriptor)


def try_lock(descriptor: int) -> bool:
    """Takes an exclusive lock on an open file; ``False`` if a process holds any lock on it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def share(descriptor: int) -> None:
    """Takes a shared lock on an open file, which keeps others from an exclusive one until it is closed."""
    fcntl.flock(descriptor, fcntl.LOCK_SH)

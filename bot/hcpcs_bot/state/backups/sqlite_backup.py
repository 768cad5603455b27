"""Backup and restore of the state in SQLite, by SQLite's own backup, which includes what is in the WAL.

A plain copy of the file misses that, and may be of two moments.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine

from hcpcs_bot.state.connections.engines import DAMAGED, WAIT_SECONDS, sqlite_reason
from hcpcs_bot.state.database import StateBusyError, StateError
from hcpcs_bot.state.schema import SchemaVersion, read_version

NOT_BACKED_UP: Final = ("claims",)
"""Tables whose rows are left out: texts of questions, which would be answered a second time."""
PRIVATE: Final = 0o600
_DAMAGED: Final = ".damaged"


def back_up(state: Path, file: Path) -> None:
    """Writes the state into a new ``file`` that only its owner can read. Raises ``StateError``.

    The texts of questions are deleted in memory, and never reach the disk.
    """
    if not state.is_file():
        raise StateError(f"{state}: there is no database to back up")
    with _explained(file), private_file(file) as part, closing(sqlite3.connect(":memory:")) as copy:
        with closing(_connect(state)) as source:
            source.backup(copy, progress=_limit())
        for table in NOT_BACKED_UP:
            if copy.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone():
                copy.execute(f"DELETE FROM {table}")
        copy.commit()
        copy.execute("VACUUM INTO ?", (str(part),))


def restore(file: Path, state: Path) -> None:
    """Replaces the state by a backup that was checked, whole or not at all.

    Processes that have the state open see one or the other. Where the state is too damaged to be written, its file
    is kept beside the restored one, with ``.damaged`` at the end of its name. Raises ``StateError``.
    """
    with _explained(state), closing(_connect(file)) as source:
        try:
            _replace(source, state)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) or not state.exists():
                raise
            for ending in ("-wal", "-shm", ""):
                with suppress(FileNotFoundError):
                    Path(f"{state}{ending}").rename(f"{state}{_DAMAGED}{ending}")
            _replace(source, state)


def version_of(file: Path) -> SchemaVersion:
    """The version of the schema of a backup, whose content is checked. Raises ``StateError``."""
    check_is_file(file)
    with _explained(file):
        with closing(_connect(file)) as source:
            result = source.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if result != "ok":
            raise StateError(f"{file}: the backup is damaged, and nothing was restored")
        engine = create_engine("sqlite://", creator=lambda: _connect(file))
        with engine.connect() as connection:
            version = read_version(connection)
        engine.dispose()
    return version


def check_is_file(file: Path) -> None:
    """Raises ``StateError`` if a backup is not there, or is not a file: a folder, a pipe, a device."""
    if not file.exists():
        raise StateError(f"{file}: there is no such file")
    if not file.is_file():
        raise StateError(f"{file}: is not a file; give one that hcpcs db backup has written")


@contextmanager
def private_file(file: Path) -> Iterator[Path]:
    """An empty file beside ``file`` that only its owner can read, which becomes ``file`` if the block succeeds.

    Raises ``StateError`` if ``file`` exists, and ``OSError``.
    """
    if file.exists():
        raise StateError(f"{file}: exists already; give a file that doesn't")
    part = file.with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
    try:
        yield part
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.rename(file)
    finally:
        part.unlink(missing_ok=True)


def _replace(source: sqlite3.Connection, state: Path) -> None:
    state.parent.mkdir(parents=True, exist_ok=True)
    if not state.exists():
        os.close(os.open(state, os.O_CREAT | os.O_WRONLY, PRIVATE))
    with closing(_connect(state)) as target:
        # One transaction of SQLite: a process that is killed halfway leaves what was there.
        source.backup(target, progress=_limit())


def _connect(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=WAIT_SECONDS)


def _limit(clock: Callable[[], float] = time.monotonic) -> Callable[[int, int, int], None]:
    """Ends a backup that waits for another process: sqlite3 itself would try forever."""
    end = clock() + WAIT_SECONDS

    def progress(status: int, _: int, __: int) -> None:
        if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED} and clock() > end:
            raise StateBusyError

    return progress


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        reason = sqlite_reason(error)
        if reason in DAMAGED:
            raise StateError(f"{file}: {reason}; give one that hcpcs db backup has written") from error
        raise StateError(f"{file}: SQLite can't use it ({reason or error.sqlite_errorname})") from error
    except OSError as error:
        raise StateError(f"{file}: can't be written ({error.strerror})") from error

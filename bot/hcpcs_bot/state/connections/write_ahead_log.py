"""SQLite's write-ahead log, in which a text stands for longer than in the database itself."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path


def empty_log(file: Path) -> None:
    """Writes the log of a SQLite database into its file, and cuts it to nothing: deleted texts are in it, too.

    Leaves what others are reading, or what the disk refuses, to the next time, and waits for nobody: a backup may read
    for long.
    """
    address = f"{file.absolute().as_uri()}?mode=rw"  # never makes a file
    with suppress(sqlite3.Error), closing(sqlite3.connect(address, uri=True, timeout=0)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

"""The write-ahead log of SQLite keeps no deleted text, and cutting it waits for nobody."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from hcpcs_bot.state.connections.write_ahead_log import empty_log

TEXT = "is E0601 covered for Jane Roe?"


def written(home: Path) -> bytes:
    """Everything that the files of a home hold."""
    return b"".join(file.read_bytes() for file in home.iterdir())


def a_database(home: Path) -> sqlite3.Connection:
    """A database that had a text, and deleted it; the connection keeps the log from being removed."""
    connection = sqlite3.connect(home / "state", isolation_level=None)
    for statement in ("PRAGMA journal_mode=WAL", "PRAGMA secure_delete=ON", "CREATE TABLE texts (text)"):
        connection.execute(statement)
    connection.execute("INSERT INTO texts VALUES (?)", (TEXT,))
    connection.execute("DELETE FROM texts")
    return connection


def test_a_deleted_text_is_in_no_file(tmp_path: Path) -> None:
    with closing(a_database(tmp_path)) as connection:
        assert TEXT.encode() in written(tmp_path)
        empty_log(tmp_path / "state")
        assert TEXT.encode() not in written(tmp_path)
        assert connection.execute("SELECT count(*) FROM texts").fetchone() == (0,)


def test_what_somebody_reads_is_left_until_the_next_time(tmp_path: Path) -> None:
    with closing(a_database(tmp_path)), closing(sqlite3.connect(tmp_path / "state", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM texts").fetchall()
        empty_log(tmp_path / "state")
        assert TEXT.encode() in written(tmp_path)
        reader.execute("COMMIT")
        empty_log(tmp_path / "state")
        assert TEXT.encode() not in written(tmp_path)


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    empty_log(tmp_path / "state")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "state").write_bytes(b"no database" * 100)
    empty_log(tmp_path / "state")
    assert (tmp_path / "state").read_bytes() == b"no database" * 100

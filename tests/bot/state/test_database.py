"""The database is migrated by itself, from nothing and from any earlier version, and keeps its rows."""

from __future__ import annotations

import sqlite3
import stat
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import OperationalError
from tests.postgresql import PostgresqlServer

from hcpcs_bot.state.connections.engines import DISK_FULL, reason_of
from hcpcs_bot.state.database import (
    DISK_FULL_SECONDS,
    STATE_FILE,
    Database,
    DatabaseFailure,
    StateBusyError,
    StateError,
    StateUnreachableError,
    open_database,
)
from hcpcs_bot.state.tables import Base, ChannelRow

TABLES = {"channels", "watches", "deliveries", "seen_keys", "conversations", "teams", "notes", "claims"}


def tables(database: Database) -> set[str]:
    with database.reading() as session:
        return set(inspect(session.connection()).get_table_names())


def test_a_fresh_home_gets_every_table(tmp_path: Path, database_url: str) -> None:
    database = open_database(tmp_path / "new" / "home", database_url)
    assert tables(database) >= TABLES
    database.close()
    assert (tmp_path / "new" / "home" / STATE_FILE).exists() is (database_url == "")


def test_a_state_that_an_older_version_left_readable_is_private_again(tmp_path: Path) -> None:
    open_database(tmp_path).close()
    (tmp_path / STATE_FILE).chmod(0o644)
    open_database(tmp_path).close()
    assert stat.S_IMODE((tmp_path / STATE_FILE).stat().st_mode) == 0o600


def test_the_migrations_make_what_the_models_state(database: Database) -> None:
    with database.migrating() as config:
        context = MigrationContext.configure(config.attributes["connection"])
        assert compare_metadata(context, Base.metadata) == []


def test_every_migration_goes_down_and_up_again(database: Database) -> None:
    with database.migrating() as config:
        command.downgrade(config, "base")
        assert set(inspect(config.attributes["connection"]).get_table_names()) == {"alembic_version"}
    with database.migrating() as config:
        command.upgrade(config, "head")
        assert set(inspect(config.attributes["connection"]).get_table_names()) >= TABLES


def test_what_was_stored_before_a_migration_is_there_after_it(database: Database) -> None:
    with database.migrating() as config:
        command.downgrade(config, "0001")
        config.attributes["connection"].execute(text("INSERT INTO channels VALUES ('T1', 'C1', '2025-07', 'a', 5, 7)"))
        command.upgrade(config, "head")
    with database.transaction() as session:
        (row,) = session.scalars(select(ChannelRow)).all()
        assert (row.last_release, row.lease_holder, row.lease_expires_at, row.retry_at) == ("2025-07", "a", 5.0, 7.0)


def test_a_migration_that_fails_leaves_everything_as_it_was(database: Database) -> None:
    def break_off() -> None:
        with database.migrating() as config:
            command.downgrade(config, "base")
            config.attributes["connection"].execute(text("SELECT * FROM no_such_table"))

    with pytest.raises(StateError):
        break_off()
    assert tables(database) >= TABLES


def test_opening_again_changes_nothing(tmp_path: Path, database_url: str) -> None:
    first, second = open_database(tmp_path, database_url), open_database(tmp_path, database_url)
    with first.transaction() as session:
        session.execute(text("INSERT INTO seen_keys VALUES ('k', 1.0)"))
    with second.transaction() as session:
        assert session.execute(text("SELECT key FROM seen_keys")).scalars().all() == ["k"]
    first.close()
    second.close()


def test_replicas_that_start_at_once_all_find_the_tables(tmp_path: Path, database_url: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        databases = list(pool.map(open_database, [tmp_path] * 8, [database_url] * 8))
    for database in databases:
        with database.transaction() as session:
            assert session.execute(text("SELECT count(*) FROM watches")).scalar() == 0
        database.close()


def test_sqlite_is_safe_against_power_cuts_and_readers_do_not_wait(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    with database.transaction() as session:
        assert session.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert session.execute(text("PRAGMA synchronous")).scalar() == 2
        assert session.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert session.execute(text("PRAGMA secure_delete")).scalar() == 1
    database.close()


def test_a_database_of_a_newer_version_is_one_line(database: Database) -> None:
    with database.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StateError, match="migrated by a newer version"), database.migrating() as config:
        command.upgrade(config, "head")


def test_an_address_of_sqlite_may_be_given(tmp_path: Path) -> None:
    open_database(tmp_path, f"sqlite:///{tmp_path / 'elsewhere.sqlite3'}").close()
    assert (tmp_path / "elsewhere.sqlite3").exists()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("not an address", "HCPCS_DATABASE_URL is not a database URL"),
        ("oddbase://user:secret@host/name", "an unknown kind of database; use postgresql://"),
        ("mysql://user:secret@host/name", "an unknown kind of database; use postgresql://"),
        ("sqlite:////no/such/folder/state.sqlite3", "can't be migrated"),
    ],
)
def test_a_bad_address_is_one_line_without_its_password(tmp_path: Path, url: str, said: str) -> None:
    with pytest.raises(StateError, match=said) as told:
        open_database(tmp_path, url)
    assert "secret" not in str(told.value)
    assert "\n" not in str(told.value)


def test_a_server_that_is_not_there_is_one_line_without_its_password(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(StateError, match="can't be reached") as told:
        open_database(tmp_path, "postgresql://user:secret@/name?host=/no/such/folder")
    assert "secret" not in str(told.value)


@pytest.mark.slow
def test_a_connection_that_is_refused_says_why_and_names_nothing(tmp_path: Path, postgresql: PostgresqlServer) -> None:
    folder = postgresql.url().partition("?host=")[2]
    reasons = {
        postgresql.url("secret_name"): "its server has no database of this name",
        f"postgresql://secret_user@/postgres?host={folder}": "its server doesn't know the user",
        "postgresql://user:secret@127.0.0.1:1/name": "nothing listens at its host and port",
        "postgresql://user:secret@db.invalid/name": "the name of its host is not known",
        "postgresql://user:secret@127.0.0.1/name?sslmode=secret": "the address has an option that is not valid",
        "postgresql://user:secret@/name?host=/no/such/folder": "there is no socket of its server",
    }
    for url, reason in reasons.items():
        with pytest.raises(StateUnreachableError) as stopped:
            open_database(tmp_path, url)
        assert stopped.value.reason == reason
        assert "secret" not in str(stopped.value)


@pytest.mark.parametrize(
    ("stated", "reason"),
    [
        ('FATAL:  password authentication failed for user "zed"', "its server refuses the password"),
        ("fe_sendauth: no password supplied", "its server asks for a password"),
        ('FATAL:  no pg_hba.conf entry for host "10.1.1.1"', "its server doesn't let this user in from here"),
        ("FATAL:  sorry, too many clients already", "its server takes no more connections"),
        ("connection timeout expired", "its server doesn't answer"),
        ('root certificate file "/x" does not exist', "its certificate can't be checked"),
        ("FATAL: Passwort-Authentifizierung fehlgeschlagen", "OperationalError"),
    ],
)
def test_what_libpq_says_of_a_connection_is_said_in_our_words(stated: str, reason: str) -> None:
    assert reason_of(OperationalError("", {}, Exception(stated))) == reason


def test_without_a_driver_the_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StateError, match=r"pip install 'hcpcs-bot\[postgres\]'"):
        open_database(tmp_path, "postgresql://host/name")


def test_a_state_that_is_no_database_is_one_line(tmp_path: Path) -> None:
    (tmp_path / STATE_FILE).write_bytes(b"not a database, but long enough to be read as one" * 100)
    with pytest.raises(StateError, match="can't be migrated") as stopped:
        open_database(tmp_path)
    assert f"not a database); restore a backup into {tmp_path / STATE_FILE} with hcpcs db restore" in str(stopped.value)


def test_a_home_that_can_not_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StateError, match="can't be written"):
        open_database(tmp_path / "file" / "home")


def test_a_read_does_not_wait_for_a_writer_and_can_not_write(tmp_path: Path, database_url: str) -> None:
    database, other = open_database(tmp_path, database_url), open_database(tmp_path, database_url)
    with other.transaction() as writer:
        writer.execute(text("INSERT INTO seen_keys VALUES ('k', 1.0)"))
        with database.reading() as session:
            assert session.execute(text("SELECT count(*) FROM seen_keys")).scalar() == 0
    with pytest.raises(StateError), database.reading() as session:
        session.execute(text("INSERT INTO seen_keys VALUES ('k', 1.0)"))
    database.close()
    other.close()


@pytest.mark.slow
def test_a_write_behind_another_writer_ends_in_words(tmp_path: Path, database_url: str) -> None:
    database, other = open_database(tmp_path, database_url), open_database(tmp_path, database_url)
    key = "INSERT INTO seen_keys VALUES ('k', 1.0)"
    with other.transaction() as writer:
        writer.execute(text(key))
        words = "busy, and nothing was changed; try again"
        with pytest.raises(StateBusyError, match=words), database.transaction() as session:
            session.execute(text(key))
    with database.transaction() as session:
        session.execute(text("DELETE FROM seen_keys"))
    database.close()
    other.close()


@pytest.mark.slow
def test_a_read_of_a_locked_database_ends_in_words(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    with closing(sqlite3.connect(tmp_path / STATE_FILE, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        database.close()
        other.execute("BEGIN EXCLUSIVE")
        other.execute("INSERT INTO seen_keys VALUES ('k', 1.0)")
        with pytest.raises(StateBusyError), database.reading() as session:
            session.execute(text("SELECT count(*) FROM seen_keys"))
    database.close()


def test_two_threads_may_note_the_end_of_the_same_failure(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StateError), database.transaction() as session:
        session.execute(text("SELECT * FROM no_such_table"))
    (engine,) = database._failures
    database._failures[engine] = DatabaseFailure(DISK_FULL, time.monotonic() - 2 * DISK_FULL_SECONDS)

    def end_it_meanwhile() -> float:
        database._failures.pop(engine, None)
        return now

    now = time.monotonic()
    monkeypatch.setattr("hcpcs_bot.state.database.time.monotonic", end_it_meanwhile)
    with database.transaction():
        pass
    assert database.failure == ""

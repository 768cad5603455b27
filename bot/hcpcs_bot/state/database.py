"""The database: SQLite under the home folder, or the one that ``HCPCS_DATABASE_URL`` names.

Every use of it is one short transaction. In SQLite a transaction takes the write lock when it starts, so that what it
read is still true when it writes; in PostgreSQL the rows that it reads are locked for the same purpose. Where something
is only read, ``reading`` takes no lock that a writer holds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.orm import Session

from hcpcs.errors import HcpcsError

STATE_FILE: Final = "state.sqlite3"
"""The SQLite file under the home folder."""
LOCK_TIMEOUT_SECONDS: Final = 30
"""Maximum seconds to wait for SQLite's write lock."""
READ_TIMEOUT_SECONDS: Final = 2
"""Maximum seconds that a read waits for any lock: Slack gives up on a command after three."""
_MIGRATION_LOCK: Final = 5_477_290
"""An arbitrary number: the key of the advisory lock in PostgreSQL under which one replica migrates."""
_DRIVERS: Final = {"postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg"}


class StateError(HcpcsError):
    """The database can't be read or written. Never shows its address, which may contain a password."""


class Database:
    """Opens transactions. Threads may share it."""

    def __init__(self, engine: Engine, reader: Engine) -> None:
        self._engine = engine
        self._reader = reader

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose changes are committed if its block ends without an exception. Raises ``StateError``."""
        with self._session(self._engine) as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads, and sees one state of the database. Raises ``StateError``, within two seconds."""
        with self._session(self._reader) as session:
            yield session

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Session]:
        try:
            with Session(engine) as session, session.begin():
                yield session
        except SQLAlchemyError as error:
            raise StateError(
                f"the database can't be used ({type(error).__name__}); check the home folder, or HCPCS_DATABASE_URL"
            ) from error

    @contextmanager
    def migrating(self) -> Iterator[Config]:
        """Alembic's configuration with a connection under the migration lock. Raises ``StateError``."""
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
        try:
            with self._engine.begin() as connection:
                _take_migration_lock(connection)
                config.attributes["connection"] = connection
                yield config
        except SQLAlchemyError as error:
            raise StateError(
                f"the database can't be migrated ({type(error).__name__}); check the home folder, or HCPCS_DATABASE_URL"
            ) from error

    def close(self) -> None:
        """Closes every connection."""
        self._engine.dispose()
        self._reader.dispose()


def open_database(home: Path, url: str = "") -> Database:
    """The database under ``home``, or at ``url``, migrated to this version. Raises ``StateError``."""
    address = _address(home, url)
    database = Database(_engine(address), _reader(address))
    with database.migrating() as config:
        command.upgrade(config, "head")
    return database


def _address(home: Path, url: str) -> URL:
    if not url:
        try:
            home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StateError(f"{home}: can't be written ({error.strerror}); check its permissions") from error
        return URL.create("sqlite", database=str(home / STATE_FILE))
    try:
        address = make_url(url)
    except ArgumentError:
        raise StateError("HCPCS_DATABASE_URL is not a database URL; use postgresql://USER@HOST/NAME") from None
    return address.set(drivername=_DRIVERS.get(address.drivername, address.drivername))


def _engine(address: URL) -> Engine:
    try:
        if address.get_backend_name() == "sqlite":
            engine = create_engine(address, connect_args={"timeout": LOCK_TIMEOUT_SECONDS})
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
            return engine
        return create_engine(address, pool_pre_ping=True)
    except NoSuchModuleError:
        raise StateError("HCPCS_DATABASE_URL names an unknown kind of database; use postgresql://") from None
    except ModuleNotFoundError as error:
        raise StateError(f"HCPCS_DATABASE_URL needs the package {error.name}: pip install {error.name}") from None


def _reader(address: URL) -> Engine:
    """An engine with connections of its own, which never write."""
    if address.get_backend_name() == "sqlite":
        engine = create_engine(address, connect_args={"timeout": READ_TIMEOUT_SECONDS})
        event.listen(engine, "connect", _prepare_sqlite_reader)
        event.listen(engine, "begin", _begin_sqlite_read)
        return engine
    options = f"-c default_transaction_read_only=on -c lock_timeout={READ_TIMEOUT_SECONDS * 1000}"
    return create_engine(address, pool_pre_ping=True, connect_args={"options": options})


def _prepare_sqlite_reader(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA query_only=ON")


def _begin_sqlite_read(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _prepare_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    """WAL, so that readers don't wait for a writer; FULL, so that commits survive a power failure."""
    connection.isolation_level = None  # ``_begin_sqlite`` begins the transactions.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _take_migration_lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})

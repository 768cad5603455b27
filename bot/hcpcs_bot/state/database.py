"""The database: SQLite under the home folder, or the one that ``HCPCS_DATABASE_URL`` names.

Every use of it is one short transaction. In SQLite a transaction takes the write lock when it starts, so that what it
read is still true when it writes; in PostgreSQL the rows that it reads are locked for the same purpose.
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
_MIGRATION_LOCK: Final = 5_477_290
"""An arbitrary number: the key of the advisory lock in PostgreSQL under which one replica migrates."""
_DRIVERS: Final = {"postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg"}


class StateError(HcpcsError):
    """The database can't be read or written. Never shows its address, which may contain a password."""


class Database:
    """Opens transactions. Threads may share it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose changes are committed if its block ends without an exception. Raises ``StateError``."""
        try:
            with Session(self._engine) as session, session.begin():
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


def open_database(home: Path, url: str = "") -> Database:
    """The database under ``home``, or at ``url``, migrated to this version. Raises ``StateError``."""
    database = Database(_engine(_address(home, url)))
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

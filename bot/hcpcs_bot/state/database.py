"""The database of the state: SQLite under the home folder, or whatever ``HCPCS_DATABASE_URL`` names.

Every use of it is one short transaction. In SQLite a transaction takes the write lock as it begins, so that what it
read still holds when it writes; PostgreSQL is told the same by locking the rows read.
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
WAIT_SECONDS: Final = 30
_MIGRATION_LOCK: Final = 5_477_290
"""Any number of our own: PostgreSQL's name of the lock under which one replica migrates."""
_DRIVERS: Final = {"postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg"}


class StateError(HcpcsError):
    """The state can't be read or written. Never shows its address, which may hold a password."""


class Database:
    """Opens transactions on the state. Threads may share it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose changes are kept when its block ends well. Raises ``StateError``."""
        try:
            with Session(self._engine) as session, session.begin():
                yield session
        except SQLAlchemyError as error:
            raise StateError(
                f"the state can't be used ({type(error).__name__}); check the home folder, or HCPCS_DATABASE_URL"
            ) from error

    @contextmanager
    def migrating(self) -> Iterator[Config]:
        """Alembic's configuration over one connection that no other replica migrates beside. Raises ``StateError``."""
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
        try:
            with self._engine.begin() as connection:
                _lock_out_others(connection)
                config.attributes["connection"] = connection
                yield config
        except SQLAlchemyError as error:
            raise StateError(
                f"the state can't be brought up to date ({type(error).__name__}); check the home folder, or "
                "HCPCS_DATABASE_URL"
            ) from error

    def close(self) -> None:
        """Closes every connection."""
        self._engine.dispose()


def open_database(home: Path, url: str = "") -> Database:
    """The state under ``home``, or at ``url``, with every table as this version needs it. Raises ``StateError``."""
    database = Database(_engine(_address(home, url)))
    with database.migrating() as config:
        command.upgrade(config, "head")
    return database


def _address(home: Path, url: str) -> URL:
    if not url:
        try:
            home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StateError(f"{home}: can't be written ({error.strerror}); check the folder's rights") from error
        return URL.create("sqlite", database=str(home / STATE_FILE))
    try:
        address = make_url(url)
    except ArgumentError:
        raise StateError("HCPCS_DATABASE_URL is no database address: postgresql://USER@HOST/NAME is one") from None
    return address.set(drivername=_DRIVERS.get(address.drivername, address.drivername))


def _engine(address: URL) -> Engine:
    try:
        if address.get_backend_name() == "sqlite":
            engine = create_engine(address, connect_args={"timeout": WAIT_SECONDS})
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
            return engine
        return create_engine(address, pool_pre_ping=True)
    except NoSuchModuleError:
        raise StateError("HCPCS_DATABASE_URL names a kind of database that is not known; use postgresql://") from None
    except ModuleNotFoundError as error:
        raise StateError(f"HCPCS_DATABASE_URL needs the package {error.name}: pip install {error.name}") from None


def _prepare_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    """WAL, so that readers go on while one writes; FULL, so that what was committed outlives a power cut."""
    connection.isolation_level = None  # we begin transactions ourselves
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _lock_out_others(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})

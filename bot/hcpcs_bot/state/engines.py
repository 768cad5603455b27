"""Connections to SQLite and PostgreSQL, each with the limits of its waits."""

from __future__ import annotations

import sqlite3
from typing import Any, Final

from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

WAIT_SECONDS: Final = 2
"""Maximum seconds to wait for a lock, for a connection of the pool, and for a new connection."""
STATEMENT_SECONDS: Final = 2
"""Maximum seconds of one statement in PostgreSQL; the slowest one takes a hundredth of it."""
LOST_CONNECTION_SECONDS: Final = 10
"""Seconds after which a connection to PostgreSQL is given up whose other end is gone without a word."""


DISK_FULL: Final = "the disk is full"
_SQLITE_REASONS: Final = {
    sqlite3.SQLITE_FULL: DISK_FULL,
    sqlite3.SQLITE_READONLY: "it can only be read",
    sqlite3.SQLITE_CANTOPEN: "it can't be opened",
    sqlite3.SQLITE_IOERR: "the disk fails",
    sqlite3.SQLITE_CORRUPT: "the file is damaged",
    sqlite3.SQLITE_NOTADB: "the file is not a database",
}
_POSTGRESQL_REASONS: Final = {
    "53100": "the disk of its server is full",
    "53200": "its server is out of memory",
    "53300": "its server takes no more connections",
    "57P01": "its server was stopped",
    "57P03": "its server is starting",
    "28000": "its server refuses the user",
    "28P01": "its server refuses the password",
    "25006": "it can only be read",
    "42501": "the user lacks the rights",
}
"""By SQLSTATE (the manual of PostgreSQL, appendix A)."""


def reason_of(error: SQLAlchemyError) -> str:
    """Why a database can't be used, in words of ours, or the type of the error: its text may quote what was stored."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    of_sqlite = _SQLITE_REASONS.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
    return of_sqlite or _POSTGRESQL_REASONS.get(getattr(cause, "sqlstate", None) or "", type(error).__name__)


def writing_engine(address: URL, wait: int, *, pooled: bool = True) -> Engine:
    """An engine that waits at most ``wait`` seconds for a lock.

    Raises ``NoSuchModuleError`` or ``ImportError`` without its driver.
    """
    if address.get_backend_name() == "sqlite":
        engine = _create(address, {"timeout": wait}, pooled=pooled)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return _create(address, _postgresql_options(wait), pooled=pooled)


def reading_engine(address: URL) -> Engine:
    """An engine with connections of its own, which never write."""
    if address.get_backend_name() == "sqlite":
        engine = _create(address, {"timeout": WAIT_SECONDS})
        event.listen(engine, "connect", _prepare_sqlite_reader)
        event.listen(engine, "begin", _begin_sqlite_read)
        return engine
    return _create(address, _postgresql_options(WAIT_SECONDS, "default_transaction_read_only=on"))


def _postgresql_options(wait: int, *further: str) -> dict[str, Any]:
    limits = {"lock_timeout": wait, "statement_timeout": max(wait, STATEMENT_SECONDS)}
    settings = [f"{name}={seconds * 1000}" for name, seconds in limits.items()]
    return {
        "connect_timeout": WAIT_SECONDS,
        "keepalives_idle": LOST_CONNECTION_SECONDS // 2,
        "keepalives_interval": 1,
        "keepalives_count": LOST_CONNECTION_SECONDS // 2,
        "tcp_user_timeout": LOST_CONNECTION_SECONDS * 1000,
        "options": " ".join(f"-c {one}" for one in (*settings, *further)),
    }


def _create(address: URL, connect_args: dict[str, Any], *, pooled: bool = True) -> Engine:
    if not pooled:
        return create_engine(address, connect_args=connect_args, poolclass=NullPool)
    return create_engine(address, connect_args=connect_args, pool_pre_ping=True, pool_timeout=WAIT_SECONDS)


def _prepare_sqlite_reader(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA query_only=ON")


def _begin_sqlite_read(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _prepare_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    """WAL, so that readers don't wait for a writer; FULL, so that commits survive a power failure.

    What is deleted is overwritten with zeros.
    """
    connection.isolation_level = None  # ``_begin_sqlite`` begins the transactions.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")

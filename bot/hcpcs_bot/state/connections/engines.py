"""Connections to SQLite and PostgreSQL, each with the limits of its waits."""

from __future__ import annotations

import sqlite3
from typing import Any, Final

from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

WAIT_SECONDS: Final = 2
"""Maximum seconds to wait for a lock, and for a new connection, of which libpq waits no less."""
STATEMENT_SECONDS: Final = 1
"""Maximum seconds of one statement in PostgreSQL, with its waits for locks; the slowest one takes a fiftieth of it."""
POOL_SECONDS: Final = 1
"""Maximum seconds to wait for a connection of the pool, which has more of them than there are threads."""
LOST_CONNECTION_SECONDS: Final = 10
"""Seconds after which a connection to PostgreSQL is given up whose other end is gone without a word."""
_LOCK_STATES: Final = frozenset({"55P03", "57014", "40P01"})
"""PostgreSQL's codes for a lock not had in time, a statement canceled for its time, and a deadlock."""

DISK_FULL: Final = "the disk is full"
_SQLITE_REASONS: Final = {
    sqlite3.SQLITE_FULL: DISK_FULL,
    sqlite3.SQLITE_READONLY: "it can only be read",
    sqlite3.SQLITE_CANTOPEN: "it can't be opened",
    sqlite3.SQLITE_IOERR: "the disk fails",
    sqlite3.SQLITE_CORRUPT: "the file is damaged",
    sqlite3.SQLITE_NOTADB: "the file is not a database",
}
DAMAGED: Final = frozenset({_SQLITE_REASONS[sqlite3.SQLITE_CORRUPT], _SQLITE_REASONS[sqlite3.SQLITE_NOTADB]})
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
_CONNECTION_REASONS: Final = (
    ("connection refused", "nothing listens at its host and port"),
    ("failed to resolve host", "the name of its host is not known"),
    ("could not translate host name", "the name of its host is not known"),
    ("timeout expired", "its server doesn't answer"),
    ("no route to host", "its host can't be reached from here"),
    ("network is unreachable", "its host can't be reached from here"),
    ("password authentication failed", "its server refuses the password"),
    ("no password supplied", "its server asks for a password"),
    ("no pg_hba.conf entry", "its server doesn't let this user in from here"),
    ("database system is starting up", "its server is starting"),
    ("database system is shutting down", "its server is stopping"),
    ("too many clients", "its server takes no more connections"),
    ("remaining connection slots", "its server takes no more connections"),
    ("certificate", "its certificate can't be checked"),
    ("invalid", "the address has an option that is not valid"),
    ("ssl", "it can't be reached with TLS as the address asks"),
    ('fatal:  role "', "its server doesn't know the user"),
    ('fatal:  database "', "its server has no database of this name"),
    ("no such file or directory", "there is no socket of its server"),
)
"""By what libpq and the server say of a connection that isn't made, in lower case: it has no SQLSTATE. The texts are
those of libpq's fe-connect.c and the server's auth.c and postinit.c, in English; in other languages they are not known.
"""


def is_busy(error: SQLAlchemyError) -> bool:
    """Whether the database works, but others use it."""
    if isinstance(error, PoolTimeoutError):
        return True
    cause = error.orig if isinstance(error, DBAPIError) else None
    busy = getattr(cause, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    return busy or getattr(cause, "sqlstate", None) in _LOCK_STATES


def reason_of(error: SQLAlchemyError) -> str:
    """Why a database can't be used, in words of ours, or the type of the error: its text may quote what was stored.

    SQLite on a full disk undoes a transaction as a whole, so that undoing a part of it fails as well: what failed first
    is the context of that error.
    """
    cause: BaseException | None = error
    while cause is not None:
        if reason := _reason_of_one(cause):
            return reason
        cause = cause.__context__
    return type(error).__name__


def _reason_of_one(error: BaseException) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else None
    if isinstance(cause, sqlite3.Error):
        return sqlite_reason(cause)
    if state := getattr(cause, "sqlstate", None):
        return _POSTGRESQL_REASONS.get(state, "")
    stated = "" if cause is None else str(cause).lower()
    return next((reason for words, reason in _CONNECTION_REASONS if words in stated), "")


def sqlite_reason(error: sqlite3.Error) -> str:
    """Why SQLite can't use a file, in words of ours; blank for a reason that they don't have."""
    return _SQLITE_REASONS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, "")


def remedy_of(address: URL, reason: str) -> str:
    """What to do about a database that can't be used, with the file of SQLite; never with another address."""
    if address.get_backend_name() != "sqlite":
        return "check that its server runs, and HCPCS_DATABASE_URL"
    file = address.database
    if reason == DISK_FULL:
        return f"free space on the disk of {file}"
    if reason in DAMAGED:
        return f"restore a backup into {file} with hcpcs db restore"
    return f"check that {file} and its folder can be written"


def writing_engine(address: URL, wait: int | None = None, *, pooled: bool = True) -> Engine:
    """An engine with the limits above, or one that waits ``wait`` seconds for a lock, and for a statement.

    Raises ``NoSuchModuleError`` or ``ImportError`` without its driver.
    """
    if address.get_backend_name() == "sqlite":
        engine = _create(address, {"timeout": wait or WAIT_SECONDS}, pooled=pooled)
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
    return _create(address, _postgresql_options(None, "default_transaction_read_only=on"))


def _postgresql_options(wait: int | None, *further: str) -> dict[str, Any]:
    limits = {"lock_timeout": wait or WAIT_SECONDS, "statement_timeout": wait or STATEMENT_SECONDS}
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
    return create_engine(address, connect_args=connect_args, pool_pre_ping=True, pool_timeout=POOL_SECONDS)


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

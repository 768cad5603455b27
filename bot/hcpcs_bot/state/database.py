"""The database: SQLite under the home folder, or the one that ``HCPCS_DATABASE_URL`` names.

Every use of it is one short transaction. In SQLite a transaction takes the write lock when it starts, so that what it
read is still true when it writes; in PostgreSQL the rows that it reads are locked for the same purpose. Where something
is only read, ``reading`` takes no lock that a writer holds. A statement of PostgreSQL and a connection of the pool have
one second, a lock of SQLite and a new connection two: Slack gives up on a command after three.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final, NamedTuple, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from hcpcs.errors import HcpcsError
from hcpcs_bot.state.connections.engines import (
    DISK_FULL,
    WAIT_SECONDS,
    is_busy,
    reading_engine,
    reason_of,
    remedy_of,
    writing_engine,
)
from hcpcs_bot.state.connections.state_threads import StateThreads
from hcpcs_bot.state.connections.write_ahead_log import empty_log
from hcpcs_bot.state.schema import SchemaVersion, alembic_config, migrate, read_version, take_migration_lock

if TYPE_CHECKING:
    from alembic.config import Config

STATE_FILE: Final = "state.sqlite3"
"""The SQLite file under the home folder."""
ANSWER_SECONDS: Final = 2.5
"""Maximum seconds for which the server waits for one use of the database: a server that hangs keeps to no limit of its
own, and Slack waits three seconds for the answer to a command."""
MIGRATION_WAIT_SECONDS: Final = 30
"""Maximum seconds to wait for another replica that is migrating."""
DISK_FULL_SECONDS: Final = 60.0
"""Seconds for which a full disk is reported after the last write that it refused."""
_DRIVERS: Final = {"postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg"}
_BACKENDS: Final = frozenset({"sqlite", "postgresql"})
_UNKNOWN_BACKEND: Final = "HCPCS_DATABASE_URL names an unknown kind of database; use postgresql://"

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


class StateError(HcpcsError):
    """The database can't be read or written. Never shows its address, which may contain a password."""


class StateBusyError(StateError):
    """The database is in use by others for longer than we wait; the same may succeed a moment later."""

    def __init__(self) -> None:
        super().__init__("the database was busy, and nothing was changed; try again")


class StateUnreachableError(StateError):
    """The server of the database takes no connection: it is not up yet, or not at this address."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the database can't be reached ({reason}); check that it runs, and HCPCS_DATABASE_URL")
        self.reason = reason


class StateSilentError(StateError):
    """The database doesn't answer: its server hangs, or can't be reached any more. What was asked may be done later."""

    def __init__(self) -> None:
        super().__init__(f"the database did not answer within {ANSWER_SECONDS:g} seconds; check that its server runs")


class NewerSchemaError(StateError):
    """A newer version has migrated the database, and this one can't use it."""

    def __init__(self) -> None:
        super().__init__(
            "the database was migrated by a newer version of hcpcs-bot, and this one can't use it; "
            "install that version, or restore an older backup"
        )


class DatabaseFailure(NamedTuple):
    """Why a database could not be used, and when (monotonic seconds)."""

    reason: str
    at: float


class Database:
    """Opens transactions. Threads may share it."""

    def __init__(self, address: URL) -> None:
        """Raises ``StateError`` for a kind of database that can't be used here."""
        self._address = address
        try:
            self._engine = writing_engine(address)
            self._reader = reading_engine(address)
        except NoSuchModuleError:
            raise StateError(_UNKNOWN_BACKEND) from None
        except ImportError:
            raise StateError(
                "HCPCS_DATABASE_URL needs the driver of PostgreSQL: pip install 'hcpcs-bot[postgres]'"
            ) from None
        # SQLite lets one write at a time, and whoever waits for it tries again at intervals, in no order.
        self._writing = Lock() if address.get_backend_name() == "sqlite" else None
        self._failures: dict[Engine, DatabaseFailure] = {}
        self._threads = StateThreads()
        if not self.is_sqlite:
            self._threads.watch(self._engine)
            self._threads.watch(self._reader)

    async def run(
        self, work: Callable[_Arguments, _Result], *arguments: _Arguments.args, **named: _Arguments.kwargs
    ) -> _Result:
        """The result of ``work``, which uses the database, in a thread of the database's own.

        Raises ``StateSilentError`` where it takes too long; the thread then goes on waiting, and others are used.
        """
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await self._threads.run(partial(work, *arguments, **named))
        except TimeoutError:
            raise StateSilentError from None

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose changes are committed if its block ends without an exception. Raises ``StateError``."""
        if self._writing is None:
            with self._session(self._engine) as session:
                yield session
            return
        if not self._writing.acquire(timeout=WAIT_SECONDS):
            raise StateBusyError
        try:
            with self._session(self._engine) as session:
                yield session
        finally:
            self._writing.release()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads, and sees one state of the database. Raises ``StateError``."""
        with self._session(self._reader) as session:
            yield session

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Session]:
        try:
            with Session(engine) as session, session.begin():
                yield session
            self._note_success(engine)
        except SQLAlchemyError as error:
            if is_busy(error):
                raise StateBusyError from error
            self._failures[engine] = failure = DatabaseFailure(reason_of(error), time.monotonic())
            raise self._unusable("used", failure.reason) from error

    @contextmanager
    def migrating(self) -> Iterator[Config]:
        """Alembic's configuration with a connection under the migration lock. Raises ``StateError``."""
        from alembic.util import CommandError

        with self._migration_lock() as connection:
            try:
                yield alembic_config(connection)
            except CommandError as error:
                raise NewerSchemaError from error

    def upgrade(self) -> SchemaVersion:
        """Migrates the schema to this version, and returns what it was; leaves a newer one that this version can use.

        Raises ``StateError``; ``NewerSchemaError`` where this version can't use it.
        """
        if self.is_sqlite:
            _make_private(Path(self._address.database or ""))
        with self._migration_lock() as connection:
            version = read_version(connection)
            if version.is_older:
                migrate(connection)
            elif not version.is_usable:
                raise NewerSchemaError
            return version

    @contextmanager
    def _migration_lock(self) -> Iterator[Connection]:
        engine = writing_engine(self._address, MIGRATION_WAIT_SECONDS, pooled=False)
        try:
            with self._begin_first(engine) as connection:
                take_migration_lock(connection)
                yield connection
        except SQLAlchemyError as error:
            reason = reason_of(error)
            raise StateError(
                f"the database can't be migrated ({reason}); {remedy_of(self._address, reason)}"
            ) from error
        finally:
            engine.dispose()

    @contextmanager
    def _begin_first(self, engine: Engine) -> Iterator[Connection]:
        """A transaction on a new connection. Raises ``StateUnreachableError`` where a server doesn't take one."""
        try:
            connection = engine.connect()
        except OperationalError as error:
            if self.is_sqlite:
                raise
            raise StateUnreachableError(reason_of(error)) from error
        with connection, connection.begin():
            yield connection

    def _unusable(self, what: str, reason: str) -> StateError:
        return StateError(f"the database can't be {what} ({reason}); {remedy_of(self._address, reason)}")

    @property
    def failure(self) -> str:
        """Why the last write or the last read failed; blank where both succeeded."""
        last = self._failures.get(self._engine) or self._failures.get(self._reader)
        return "" if last is None else last.reason

    def _note_success(self, engine: Engine) -> None:
        """A transaction that stores nothing succeeds on a full disk: that failure is kept for a while."""
        last = self._failures.get(engine)
        if last is not None and (last.reason != DISK_FULL or time.monotonic() - last.at > DISK_FULL_SECONDS):
            # Another thread may have noted its own success in between.
            self._failures.pop(engine, None)

    @property
    def address(self) -> URL:
        """Where it is; may contain a password."""
        return self._address

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file of SQLite, and not PostgreSQL."""
        return self._address.get_backend_name() == "sqlite"

    def empty_log(self) -> None:
        """Cuts the log of SQLite, in which a deleted text would stand; PostgreSQL keeps its own."""
        if self.is_sqlite:
            empty_log(Path(self._address.database or ""))

    def close(self) -> None:
        """Waits for what runs (at most ``CLOSE_SECONDS``), and closes every connection. It may be used again.

        A thread whose caller no longer waits would give its connection back to a pool that nobody closes.
        """
        self._threads.close()
        self._engine.dispose()
        self._reader.dispose()


def open_database(home: Path, url: str = "") -> Database:
    """The database under ``home``, or at ``url``, migrated to this version. Raises ``StateError``."""
    database = Database(address_of(home, url))
    try:
        database.upgrade()
    except StateError:
        database.close()
        raise
    return database


def _make_private(state: Path) -> None:
    """Takes the file of SQLite, and those beside it, from everybody else: an older version left them readable."""
    for path in (state, *state.parent.glob(f"{state.name}-*")):
        with suppress(FileNotFoundError, PermissionError):
            path.chmod(0o600)


def address_of(home: Path, url: str) -> URL:
    """The address of the database under ``home``, or at ``url``. Raises ``StateError``."""
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
    address = address.set(drivername=_DRIVERS.get(address.drivername, address.drivername))
    if address.get_backend_name() not in _BACKENDS:
        raise StateError(_UNKNOWN_BACKEND)
    return address

"""Backup and restore of the state, in SQLite or PostgreSQL."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import inspect, text

from hcpcs_bot.state.backups import postgresql_backup, sqlite_backup
from hcpcs_bot.state.database import Database, NewerSchemaError, StateError
from hcpcs_bot.state.schema import SchemaVersion


def back_up(database: Database, file: Path) -> None:
    """Writes the state into a new ``file`` without the texts of questions. Raises ``StateError``."""
    if database.is_sqlite:
        sqlite_backup.back_up(_state_file(database), file)
    else:
        postgresql_backup.back_up(database.address, file)


def restore(database: Database, file: Path, *, force: bool) -> SchemaVersion:
    """Replaces the state by a backup, whole or not at all, and returns the version of its schema.

    Raises ``StateError``: for a file that is not a backup, one that this version can't use, and, without ``force``,
    where there is a database already; ``StateBusyError`` where others use it.
    """
    version = sqlite_backup.version_of(file) if database.is_sqlite else postgresql_backup.version_of(file)
    if not version.revision:
        raise StateError(f"{file}: not a backup of this program; nothing was restored")
    if not version.is_older and not version.is_usable:
        raise NewerSchemaError
    if not force and _is_there(database):
        raise StateError("there is a database already; back it up, then use --force to replace it")
    if database.is_sqlite:
        sqlite_backup.restore(file, _state_file(database))
    else:
        _wait_for_others(database)
        postgresql_backup.restore(file, database.address)
    return version


def _wait_for_others(database: Database) -> None:
    """Returns once no transaction uses the tables. Raises ``StateBusyError``.

    ``pg_restore`` itself would wait without a limit: a backup begins with "SET lock_timeout = 0".
    """
    with database.transaction() as session:
        tables = inspect(session.connection()).get_table_names()
        if tables:
            session.execute(text(f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE"))


def _state_file(database: Database) -> Path:
    return Path(database.address.database or "")


def _is_there(database: Database) -> bool:
    if database.is_sqlite:
        state = _state_file(database)
        return state.exists() and state.stat().st_size > 0
    with database.reading() as session:
        return inspect(session.connection()).has_table("alembic_version")

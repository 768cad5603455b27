"""What ``hcpcs db check`` finds: whether the database is reachable, of this version and undamaged, and its counts.

It changes nothing, and neither makes a database nor migrates one.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from sqlalchemy import func, inspect, select, text
from sqlalchemy.orm import Session

from hcpcs_bot.state.database import Database, StateError
from hcpcs_bot.state.schema import SchemaVersion, own_revision, read_version
from hcpcs_bot.state.tables import Base


class DatabaseCheck(NamedTuple):
    """The revision of the schema, the rows of each table, and one line per problem."""

    revision: str
    counts: dict[str, int]
    problems: tuple[str, ...]


def check_database(database: Database) -> DatabaseCheck:
    """Checks the database. What can't be read is a problem, and never an exception."""
    if database.is_sqlite and not Path(database.address.database or "").is_file():
        return DatabaseCheck("", {}, ("there is no database yet; hcpcs db upgrade makes it, and so does hcpcs serve",))
    try:
        with database.reading() as session:
            damage = _damage(session) if database.is_sqlite else ()
            version = read_version(session.connection())
            return DatabaseCheck(version.revision, _counts(session), (*damage, *_problems_of(version)))
    except StateError as error:
        return DatabaseCheck("", {}, (str(error),))


def _problems_of(version: SchemaVersion) -> tuple[str, ...]:
    if version.is_older:
        state = f"the schema is {version.revision}" if version.revision else "there are no tables of this program yet"
        return (f"{state}, and this version needs {own_revision()}; run hcpcs db upgrade",)
    if not version.is_usable:
        return (
            f"the schema is {version.revision}, of a newer version, which this one ({own_revision()}) can't use; "
            "install that version",
        )
    return ()


def _damage(session: Session) -> tuple[str, ...]:
    """What SQLite finds wrong in its file: at most ten lines, and a row without the row that it belongs to."""
    lines = session.execute(text("PRAGMA integrity_check(10)")).scalars().all()
    damage = tuple(f"the file is damaged: {' '.join(str(line).split())}" for line in lines if line != "ok")
    orphans = len(session.execute(text("PRAGMA foreign_key_check")).all())
    return (*damage, f"{orphans} rows belong to a channel that is not there") if orphans else damage


def _counts(session: Session) -> dict[str, int]:
    there = set(inspect(session.connection()).get_table_names())
    tables = (table for table in Base.metadata.sorted_tables if table.name in there)
    return {table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}

"""The revision of the database's schema, and which versions of the program can use it.

Each migration states in ``COMPATIBLE_WITH`` the oldest revision whose program can read and write the schema that it
makes; tests/bot/state/test_schema.py holds it to that. The database keeps the newest of these statements, so that a
program which is older than its database can decide whether to run. docs/operations.md has the rule.

Nearly every start finds the schema as it should be, so Alembic is imported only where something is migrated: it takes
8 MB.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import Connection, delete, insert, inspect, select, text

from hcpcs_bot.state.tables import SchemaCompatibilityRow

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS: Final = Path(__file__).with_name("migrations")
REVISION_TABLE: Final = "alembic_version"
"""Where Alembic keeps the revision."""
_MIGRATION_LOCK: Final = 5_477_290
"""An arbitrary number: the key of the advisory lock in PostgreSQL under which one replica migrates."""


class SchemaVersion(NamedTuple):
    """The revision of a database, blank for an empty one, and the oldest revision whose program can use it.

    ``oldest`` is blank where the database doesn't state it: before 0009.
    """

    revision: str
    oldest: str

    @property
    def is_current(self) -> bool:
        """Whether it is the revision of this program."""
        return self.revision == own_revision()

    @property
    def is_older(self) -> bool:
        """Whether this program can migrate it; an empty database is older, too."""
        return not self.is_current and (not self.revision or self.revision in known_revisions())

    @property
    def is_usable(self) -> bool:
        """Whether this program can use it as it is."""
        return self.is_current or (not self.is_older and self.oldest in known_revisions())


@cache
def known_revisions() -> tuple[str, ...]:
    """The revisions that this program knows, oldest first: each migration's file has its own in its name.

    >>> known_revisions()[0]
    '0001'
    """
    files = (MIGRATIONS / "versions").glob("v[0-9]*_*.py")
    return tuple(sorted(file.name.removeprefix("v").partition("_")[0] for file in files))


def own_revision() -> str:
    """The revision that this program migrates to."""
    return known_revisions()[-1]


@cache
def oldest_compatible(revision: str) -> str:
    """The oldest revision whose program can use a schema of ``revision``: the newest that a migration up to it states.

    >>> oldest_compatible("0008")
    '0002'
    """
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(MIGRATIONS))
    revisions = known_revisions()
    applied = revisions[: revisions.index(revision) + 1]
    stated = (scripts.get_revision(one).module.COMPATIBLE_WITH for one in applied)
    return str(max(stated, key=revisions.index))


def read_version(connection: Connection) -> SchemaVersion:
    """The version of the schema that ``connection`` is to."""
    tables = inspect(connection)
    if not tables.has_table(REVISION_TABLE):
        return SchemaVersion("", "")
    revision = connection.scalar(text(f"SELECT version_num FROM {REVISION_TABLE}")) or ""
    if not tables.has_table(SchemaCompatibilityRow.__tablename__):
        return SchemaVersion(revision, "")
    return SchemaVersion(revision, connection.scalar(select(SchemaCompatibilityRow.oldest_revision)) or "")


def record_compatibility(connection: Connection) -> None:
    """Writes down what the applied migrations state, where the table for it exists."""
    version = read_version(connection)
    if inspect(connection).has_table(SchemaCompatibilityRow.__tablename__):
        connection.execute(delete(SchemaCompatibilityRow))
        connection.execute(insert(SchemaCompatibilityRow).values(oldest_revision=oldest_compatible(version.revision)))


def alembic_config(connection: Connection) -> Config:
    """Alembic's configuration for the migrations over a connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def take_migration_lock(connection: Connection) -> None:
    """Waits until no other replica migrates, and keeps the others out for the length of the transaction.

    SQLite needs no lock for it: its transactions take the write lock.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})


def migrate(connection: Connection) -> None:
    """Migrates an older schema to this version, in the transaction of a connection."""
    from alembic import command

    command.upgrade(alembic_config(connection), "head")

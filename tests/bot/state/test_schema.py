"""The rule of rolling upgrades: the version before runs on the schema of the next one, or stops with one line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, Table, delete, insert, inspect, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from hcpcs_bot.state.claim_store import ClaimContent, ClaimStore
from hcpcs_bot.state.database import Database, NewerSchemaError, StateError, StateUnreachableError, open_database
from hcpcs_bot.state.schema import MIGRATIONS, known_revisions, oldest_compatible, own_revision, read_version
from hcpcs_bot.state.start_up import PAUSES, open_database_at_start
from hcpcs_bot.state.tables import Base

BOOKKEEPING = {"alembic_version", "schema_compatibility"}


def values_for(table: Table, number: int) -> dict[str, object]:
    """A value for each column that a program of the table's own revision writes."""
    return {
        column.name: f"v{number}"[: getattr(column.type, "length", None)]
        if column.type.python_type is str
        else column.type.python_type(number)
        for column in table.columns
    }


def use(connection: Connection, tables: list[Table]) -> None:
    """Writes, reads, changes and deletes rows with exactly the columns of ``tables``."""
    for table in tables:
        connection.execute(insert(table).values(values_for(table, 1)))
        (row,) = connection.execute(select(table)).all()
        assert row._asdict() == values_for(table, 1)
        free = [column.name for column in table.columns if not column.primary_key and not column.foreign_keys]
        if free:
            connection.execute(update(table).values({name: values_for(table, 2)[name] for name in free}))
    for table in reversed(tables):
        assert connection.execute(delete(table)).rowcount == 1


def definitions(connection: Connection) -> list[Table]:
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name not in BOOKKEEPING]


@pytest.mark.parametrize("older", known_revisions()[:-1])
def test_a_program_uses_every_newer_schema_that_is_declared_compatible_and_no_other(
    database: Database, older: str
) -> None:
    revisions = known_revisions()
    newer = revisions[revisions.index(older) + 1 :]
    with database.migrating() as config:
        connection = config.attributes["connection"]
        command.downgrade(config, older)
        tables = definitions(connection)
        for revision in newer:
            command.upgrade(config, revision)
            declared = revisions.index(oldest_compatible(revision)) <= revisions.index(older)
            works = True
            attempt = connection.begin_nested()
            try:
                use(connection, tables)
            except SQLAlchemyError:
                works = False
            attempt.rollback()
            assert works is declared, f"a program of {older} on the schema of {revision}"


def test_the_files_of_the_migrations_are_named_after_their_revisions() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS)).walk_revisions()
    assert known_revisions() == tuple(script.revision for script in reversed(list(scripts)))


def test_alembic_is_imported_only_to_migrate(tmp_path: Path) -> None:
    opening = f"""
import sys
from pathlib import Path
from hcpcs_bot.state.database import open_database
open_database(Path({str(tmp_path)!r})).close()
print("alembic" in sys.modules)
"""
    for migrates in ("True", "False"):
        done = subprocess.run([sys.executable, "-c", opening], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == migrates


def test_the_database_states_what_its_migrations_declare(database: Database) -> None:
    with database.reading() as session:
        version = read_version(session.connection())
    assert version == (own_revision(), oldest_compatible(own_revision()))
    assert version.is_current
    assert version.is_usable


def expand(database: Database, oldest: str) -> None:
    """What a newer version does to the schema: a table and columns more, and its revision."""
    with database.transaction() as session:
        names = [name for name in inspect(session.connection()).get_table_names() if name not in BOOKKEEPING]
        for name in names:
            session.execute(text(f"ALTER TABLE {name} ADD COLUMN added VARCHAR(8) NOT NULL DEFAULT ''"))
        session.execute(text("CREATE TABLE additions (id INTEGER PRIMARY KEY)"))
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        session.execute(text("UPDATE schema_compatibility SET oldest_revision = :oldest"), {"oldest": oldest})


async def test_this_version_runs_on_a_newer_schema_that_is_compatible(
    tmp_path: Path, database: Database, database_url: str
) -> None:
    expand(database, own_revision())
    older = open_database(tmp_path, database_url)
    with older.transaction() as session:
        use(session.connection(), [table for table in Base.metadata.sorted_tables if table.name not in BOOKKEEPING])
        version = read_version(session.connection())
        assert (version.revision, version.is_older, version.is_usable) == ("9999", False, True)
    claims = ClaimStore(older)
    assert await claims.claim("k", ClaimContent("mention", {"channel": "C1"}, "S9353"))
    assert await claims.start("k")
    await claims.finish(["k"])
    assert not await claims.claim("k", ClaimContent("mention", {}, ""))
    older.close()


@pytest.mark.parametrize("oldest", ["9998", ""])
def test_this_version_stops_with_one_line_on_a_newer_schema_that_is_not_compatible(
    tmp_path: Path, database: Database, database_url: str, oldest: str
) -> None:
    expand(database, oldest)
    with pytest.raises(NewerSchemaError, match=r"migrated by a newer version .* can't use it; install") as stopped:
        open_database(tmp_path, database_url)
    assert "\n" not in str(stopped.value)


def test_a_server_that_is_not_up_yet_is_tried_again_and_then_used(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("psycopg")
    pauses: list[float] = []
    absent = "postgresql://user:secret@/name?host=/no/such/folder"
    addresses = iter([absent, absent, database_url])
    real = open_database
    monkeypatch.setattr("hcpcs_bot.state.start_up.open_database", lambda home, _: real(home, next(addresses)))
    open_database_at_start(tmp_path, "", sleep=pauses.append).close()
    assert tuple(pauses) == PAUSES[:2]


def test_a_server_that_stays_down_is_one_line_after_thirty_seconds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("psycopg")
    pauses: list[float] = []
    with pytest.raises(StateUnreachableError, match="can't be reached") as stopped:
        open_database_at_start(tmp_path, "postgresql://user:secret@/name?host=/no/such/folder", sleep=pauses.append)
    assert (sum(pauses), tuple(pauses)) == (30, PAUSES)
    printed = "".join(capsys.readouterr())
    assert printed.count("the database can't be reached") == len(PAUSES)
    assert "secret" not in printed + str(stopped.value)


def test_what_waiting_does_not_change_is_not_tried_again(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="unknown kind of database"):
        open_database_at_start(tmp_path, "mysql://host/name", sleep=lambda _: pytest.fail("waited"))

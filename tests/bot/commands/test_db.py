"""``hcpcs db``: upgrade, check, backup and restore, on SQLite and PostgreSQL."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import text
from tests.postgresql import PostgresqlServer
from typer.testing import CliRunner

from hcpcs_bot.cli import app
from hcpcs_bot.state.backups.postgresql_backup import dump_command
from hcpcs_bot.state.database import STATE_FILE, Database, address_of, open_database
from hcpcs_bot.state.schema import own_revision

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs ``hcpcs db`` with the home and the database of the test."""
    monkeypatch.setenv("HCPCS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HCPCS_DATABASE_URL", database_url)
    return lambda *words: CliRunner().invoke(app, ["db", *map(str, words)])


def opened(tmp_path: Path, url: str) -> Database:
    return open_database(tmp_path / "home", url)


def fill(database: Database) -> None:
    with database.transaction() as session:
        session.execute(text("INSERT INTO channels VALUES ('T1', 'C1', '2025-07', '', 0, 0)"))
        session.execute(text("INSERT INTO claims VALUES ('k', 'mention', '{}', 'QUESTION-TEXT', '', 0, 1, 0, 0, 0)"))


def rows(database: Database, table: str) -> int:
    with database.reading() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def test_upgrade_makes_the_database_and_check_counts_its_rows(tmp_path: Path, database_url: str, run: Run) -> None:
    assert run("check").exit_code == 1
    assert run("upgrade").output == f"Upgraded: schema none -> {own_revision()}.\n"
    assert run("upgrade").output == f"Nothing to do: schema {own_revision()}.\n"
    database = opened(tmp_path, database_url)
    fill(database)
    result = run("check")
    assert result.exit_code == 0
    assert result.output.startswith(f"schema {own_revision()}\n")
    assert "\nchannels 1\n" in result.output
    assert "QUESTION-TEXT" not in result.output
    database.close()


def test_check_before_there_is_a_database_makes_none(tmp_path: Path, run: Run, database_url: str) -> None:
    result = run("check")
    assert result.exit_code == 1
    assert "run hcpcs db upgrade" in result.output or "there is no database yet" in result.output
    assert result.output.count("\n") - bool(database_url) * result.output.count(" 0\n") == 1
    assert not (tmp_path / "home" / STATE_FILE).exists()


@pytest.mark.parametrize(
    ("revision", "oldest", "code", "line"),
    [
        ("0008", "", 1, "run hcpcs db upgrade"),
        ("9999", "0009", 0, "schema 9999"),
        ("9999", "9998", 1, "of a newer version, which this one"),
    ],
)
def test_check_compares_the_schema_with_this_version(
    tmp_path: Path, database_url: str, run: Run, revision: str, oldest: str, code: int, line: str
) -> None:
    database = opened(tmp_path, database_url)
    with database.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
        session.execute(text("UPDATE schema_compatibility SET oldest_revision = :oldest"), {"oldest": oldest})
    result = run("check")
    assert (result.exit_code, line in result.output) == (code, True)
    if code == 0:
        assert "of a newer version, which this one can use" in run("upgrade").output
    database.close()


def test_check_names_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HCPCS_HOME", str(tmp_path))
    monkeypatch.setenv("HCPCS_DATABASE_URL", "")
    open_database(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / STATE_FILE)) as state:
        state.execute("INSERT INTO watches VALUES (1, 'T1', 'C9', 'code', 'S9353', '', 'x', 0)")
        state.execute("PRAGMA writable_schema=ON")
        state.execute("DELETE FROM sqlite_master WHERE name = 'ix_claims_claimed_at'")
        state.commit()
    result = CliRunner().invoke(app, ["db", "check"])
    assert result.exit_code == 1
    assert "hcpcs: the file is damaged: " in result.output
    assert "hcpcs: 1 rows belong to a channel that is not there" in result.output


def test_check_of_a_database_that_can_not_be_read_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HCPCS_HOME", str(tmp_path))
    monkeypatch.setenv("HCPCS_DATABASE_URL", "")
    (tmp_path / STATE_FILE).write_bytes(b"not a database, but long enough to be read as one" * 100)
    result = CliRunner().invoke(app, ["db", "check"])
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert "the database can't be used (the file is not a database)" in result.output


def test_a_backup_is_private_without_texts_and_restores_into_an_empty_database(
    tmp_path: Path, database_url: str, run: Run
) -> None:
    file = tmp_path / "backup"
    database = opened(tmp_path, database_url)
    fill(database)
    # The database stays open: its last changes are in the WAL of SQLite only.
    assert run("backup", file).output == f"Backed up into {file}.\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert b"QUESTION-TEXT" not in file.read_bytes()
    assert {path.name for path in tmp_path.iterdir()} <= {"backup", "home"}
    refused = run("backup", file)
    assert (refused.exit_code, "exists already" in refused.output) == (1, True)

    with database.transaction() as session:
        session.execute(text("DELETE FROM channels"))
    refused = run("restore", file)
    assert (refused.exit_code, "there is a database already" in refused.output) == (1, True)
    assert rows(database, "channels") == 0
    result = run("restore", file, "--force")
    assert (result.exit_code, result.output) == (0, f"Restored from {file}: schema {own_revision()}.\n")
    # A server that has the database open sees what was restored, and goes on.
    assert (rows(database, "channels"), rows(database, "claims")) == (1, 0)
    fill_again = "INSERT INTO seen_keys VALUES ('k', 1.0)"
    with database.transaction() as session:
        session.execute(text(fill_again))
    assert run("check").exit_code == 0
    database.close()


def test_a_database_without_our_tables_is_not_backed_up(tmp_path: Path, run: Run, database_url: str) -> None:
    result = run("backup", tmp_path / "copy")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "to back up" in result.stderr
    assert not (tmp_path / "copy").exists()


@pytest.mark.parametrize("database_url", [""])
def test_a_backup_restores_into_an_empty_home(tmp_path: Path, run: Run, database_url: str) -> None:
    database = opened(tmp_path, database_url)
    fill(database)
    run("backup", tmp_path / "backup")
    database.close()
    assert (
        CliRunner().invoke(app, ["db", "restore", str(tmp_path / "backup"), "--home", str(tmp_path / "new")]).exit_code
        == 0
    )
    assert stat.S_IMODE((tmp_path / "new" / STATE_FILE).stat().st_mode) == 0o600
    restored = open_database(tmp_path / "new")
    assert rows(restored, "channels") == 1
    restored.close()


@pytest.mark.parametrize("database_url", [""])
def test_a_database_that_is_too_damaged_to_be_written_is_kept_beside_the_restored_one(
    tmp_path: Path, run: Run, database_url: str
) -> None:
    database = opened(tmp_path, database_url)
    fill(database)
    run("backup", tmp_path / "backup")
    database.close()
    state = tmp_path / "home" / STATE_FILE
    damaged = b"not a database, but long enough to be read as one" * 200
    state.write_bytes(damaged)
    assert run("restore", tmp_path / "backup", "--force").exit_code == 0
    assert state.with_name(f"{STATE_FILE}.damaged").read_bytes() == damaged
    assert run("check").exit_code == 0


@pytest.mark.parametrize("content", [None, b"", b"not a backup" * 1000])
def test_what_is_not_a_backup_is_refused_and_changes_nothing(
    tmp_path: Path, database_url: str, run: Run, content: bytes | None
) -> None:
    database = opened(tmp_path, database_url)
    fill(database)
    file = tmp_path / "backup"
    if content is not None:
        file.write_bytes(content)
    result = run("restore", file, "--force")
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert rows(database, "channels") == 1
    database.close()


def test_a_backup_of_a_newer_version_that_this_one_can_not_use_is_refused(
    tmp_path: Path, database_url: str, run: Run
) -> None:
    database = opened(tmp_path, database_url)
    with database.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        session.execute(text("UPDATE schema_compatibility SET oldest_revision = '9998'"))
    run("backup", tmp_path / "backup")
    with database.transaction() as session:
        session.execute(text(f"UPDATE alembic_version SET version_num = '{own_revision()}'"))
    result = run("restore", tmp_path / "backup", "--force")
    assert (result.exit_code, "a newer version" in result.output) == (1, True)
    assert run("upgrade").output == f"Nothing to do: schema {own_revision()}.\n"
    database.close()


def test_without_the_programs_of_postgresql_the_line_is_the_command_without_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("psycopg")
    monkeypatch.setenv("HCPCS_HOME", str(tmp_path))
    monkeypatch.setenv("HCPCS_DATABASE_URL", "postgresql://user:secret@db.example/state")
    monkeypatch.setenv("PATH", str(tmp_path))
    result = CliRunner().invoke(app, ["db", "backup", str(tmp_path / "backup")])
    assert result.exit_code == 1
    assert "pg_dump is not installed here; where it is, run: pg_dump --format=custom" in result.output
    assert "--exclude-table-data=claims" in result.output
    assert "postgresql://user@db.example/state" in result.output
    assert "secret" not in result.output
    assert not (tmp_path / "backup").exists()
    assert "secret" not in " ".join(dump_command(address_of(tmp_path, "postgresql://user:secret@h/n"), tmp_path / "f"))


@pytest.mark.parametrize("url", ["postgresql://user:secret@h/n", "postgresql://user@h/n?password=secret"])
def test_the_password_goes_to_pg_dump_in_its_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    pytest.importorskip("psycopg")
    (tmp_path / "pg_dump").write_text(f'#!/bin/sh\necho "$PGPASSWORD $*" > {tmp_path}/called\n')
    (tmp_path / "pg_restore").write_text('#!/bin/sh\necho "COPY t"\necho 0001\n')
    for program in ("pg_dump", "pg_restore"):
        (tmp_path / program).chmod(0o755)
    monkeypatch.setenv("HCPCS_HOME", str(tmp_path))
    monkeypatch.setenv("HCPCS_DATABASE_URL", url)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert CliRunner().invoke(app, ["db", "backup", str(tmp_path / "backup")]).exit_code == 0
    called = (tmp_path / "called").read_text()
    assert called.startswith("secret --format=custom")
    assert "secret" not in called.removeprefix("secret ")


@pytest.mark.slow
def test_a_restore_behind_a_writer_ends_in_one_line_and_changes_nothing(
    tmp_path: Path, database_url: str, run: Run
) -> None:
    database = opened(tmp_path, database_url)
    fill(database)
    run("backup", tmp_path / "backup")
    with database.transaction() as session:
        session.execute(text("UPDATE channels SET last_release = '2025-10'"))
        result = run("restore", tmp_path / "backup", "--force")
        assert (result.exit_code, result.output.count("\n")) == (1, 1)
    with database.reading() as session:
        assert session.execute(text("SELECT last_release FROM channels")).scalar_one() == "2025-10"
    database.close()


def test_a_restore_into_postgresql_that_fails_halfway_changes_nothing(
    tmp_path: Path, postgresql: PostgresqlServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgresql.new_database()
    monkeypatch.setenv("HCPCS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HCPCS_DATABASE_URL", url)
    database = opened(tmp_path, url)
    fill(database)
    CliRunner().invoke(app, ["db", "backup", str(tmp_path / "backup")])
    with database.transaction() as session:
        session.execute(text("INSERT INTO seen_keys VALUES ('k', 1.0)"))
        # What pg_restore can't replace, since the backup doesn't know the view.
        session.execute(text("CREATE VIEW of_another_program AS SELECT * FROM channels"))
    result = CliRunner().invoke(app, ["db", "restore", str(tmp_path / "backup"), "--force"])
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert [rows(database, table) for table in ("channels", "claims", "seen_keys")] == [1, 1, 1]
    database.close()
    postgresql.drop(url)


@pytest.mark.parametrize("database_url", [""])
def test_a_backup_that_is_damaged_is_refused(tmp_path: Path, run: Run, database_url: str) -> None:
    database = opened(tmp_path, database_url)
    fill(database)
    run("backup", tmp_path / "backup")
    with closing(sqlite3.connect(tmp_path / "backup")) as backup:
        backup.execute("PRAGMA writable_schema=ON")
        backup.execute("DELETE FROM sqlite_master WHERE name = 'ix_claims_claimed_at'")
        backup.commit()
    result = run("restore", tmp_path / "backup", "--force")
    assert (result.exit_code, "the backup is damaged, and nothing was restored" in result.output) == (1, True)
    assert rows(database, "claims") == 1
    database.close()

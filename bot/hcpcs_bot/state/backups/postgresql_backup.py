"""Backup and restore of the state in PostgreSQL, by its own programs ``pg_dump`` and ``pg_restore``.

The password goes to them in their environment: a command line can be read by every user of a machine.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path

from sqlalchemy.engine import URL

from hcpcs_bot.state.backups.sqlite_backup import NOT_BACKED_UP, check_is_file, private_file
from hcpcs_bot.state.database import StateError
from hcpcs_bot.state.schema import SchemaVersion


def dump_command(address: URL, file: Path) -> list[str]:
    """The command that backs up the database at ``address``, without its password."""
    left_out = [f"--exclude-table-data={table}" for table in NOT_BACKED_UP]
    return ["pg_dump", "--format=custom", "--no-owner", *left_out, f"--file={file}", f"--dbname={_target(address)}"]


def restore_command(address: URL, file: Path) -> list[str]:
    """The command that replaces the tables of the database at ``address`` in one transaction, without its password."""
    how = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
    return ["pg_restore", *how, f"--dbname={_target(address)}", str(file)]


def back_up(address: URL, file: Path) -> None:
    """Writes the state into a new ``file`` that only its owner can read. Raises ``StateError``."""
    try:
        with private_file(file) as part:
            _run(dump_command(address, part), address, shown=dump_command(address, file))
            if not version_of(part).revision:
                raise StateError("there is no database of this program to back up; check HCPCS_DATABASE_URL")
    except OSError as error:
        raise StateError(f"{file}: can't be written ({error.strerror})") from error


def restore(file: Path, address: URL) -> None:
    """Replaces the state by a backup, whole or not at all. Raises ``StateError``."""
    command = restore_command(address, file)
    _run(command, address, shown=command)


def version_of(file: Path) -> SchemaVersion:
    """The version of the schema of a backup. Raises ``StateError``."""
    check_is_file(file)
    return SchemaVersion(_only_value(file, "alembic_version"), _only_value(file, "schema_compatibility"))


def _only_value(file: Path, table: str) -> str:
    """The value of the one row of ``table`` in a backup, blank for none.

    ``pg_restore`` prints the rows between the line of ``COPY`` and the line ``\\.``.
    """
    command = ["pg_restore", "--data-only", f"--table={table}", "--file=-", str(file)]
    lines = iter(_run(command, None, shown=command).splitlines())
    for line in lines:
        if line.startswith("COPY "):
            value = next(lines, "")
            return "" if value == "\\." else value
    return ""


def _target(address: URL) -> str:
    # ``URL.set`` would keep a password that is to be None.
    query = {name: value for name, value in address.query.items() if name != "password"}
    return URL.create(
        "postgresql", address.username, None, address.host, address.port, address.database, query
    ).render_as_string()


def _run(command: list[str], address: URL | None, *, shown: list[str]) -> str:
    if shutil.which(command[0]) is None:
        raise StateError(f"{command[0]} is not installed here; where it is, run: {shlex.join(shown)}")
    password = (address.password or address.query.get("password")) if address is not None else None
    secret = {"PGPASSWORD": str(password)} if password else {}
    environment = {**os.environ, "PGCONNECT_TIMEOUT": "5", **secret}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, errors="replace", check=False)
    if ran.returncode:
        # The first line only: the lines below it may show rows.
        reason = next(iter(ran.stderr.splitlines()), f"exit code {ran.returncode}")
        raise StateError(f"{reason} ({command[0]})")
    return ran.stdout

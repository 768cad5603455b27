"""A PostgreSQL server for the tests: started once, with a new database for whoever asks.

Debian's server refuses to run as root; where the tests do, it runs as ``postgres`` or ``nobody``.
"""

from __future__ import annotations

import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy import create_engine, text

INSTALLED: Final = "/usr/lib/postgresql"
"""Where Debian installs the programs of the server, by version."""
ACCOUNTS: Final = ("postgres", "nobody")
SETTINGS: Final = (
    "listen_addresses=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
)
"""A server that is deleted after the tests need not survive a power failure."""


class PostgresqlMissingError(Exception):
    """There is no server, or no driver; says which."""


class PostgresqlServer:
    """A running server, reached by the Unix socket in ``folder``."""

    def __init__(self, folder: Path, control: list[Any], account: str) -> None:
        self._folder = folder
        self._control = control
        self._account = account
        self._numbers = itertools.count(1)

    def stop(self) -> None:
        """Stops the server at once."""
        _run([*self._control, "-m", "immediate", "-w", "stop"], self._account)

    def start(self) -> None:
        """Starts the server, and waits until it takes connections."""
        options = " ".join(f"-c {setting}" for setting in (*SETTINGS, f"unix_socket_directories={self._folder}"))
        _run([*self._control, "-o", options, "-l", self._folder / "log", "-w", "start"], self._account)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Stops every process of the server where it is: connections stay open, and nothing is answered."""
        processes = self._processes()
        for process in processes:
            _signal(process, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in processes:
                _signal(process, signal.SIGCONT)

    def _processes(self) -> list[int]:
        """The ids of the server and of its processes, the server first: then it starts no more."""
        server = int((self._folder / "data" / "postmaster.pid").read_text(encoding="utf-8").split()[0])
        children = Path(f"/proc/{server}/task/{server}/children").read_text(encoding="utf-8").split()
        return [server, *map(int, children)]

    def url(self, name: str = "postgres") -> str:
        """The address of a database, as ``HCPCS_DATABASE_URL`` takes it."""
        return f"postgresql://postgres@/{name}?host={self._folder}"

    def new_database(self) -> str:
        """Creates a database, and returns its address."""
        name = f"test_{next(self._numbers)}"
        self._execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Drops a database, and ends the connections to it."""
        name = url.rpartition("@/")[2].partition("?")[0]
        self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _execute(self, statement: str) -> None:
        engine = create_engine(self.url().replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


@contextmanager
def running_postgresql() -> Iterator[PostgresqlServer]:
    """A server on a data directory of its own, deleted at the end. Raises ``PostgresqlMissingError``."""
    if importlib.util.find_spec("psycopg") is None:
        raise PostgresqlMissingError("the driver of PostgreSQL (psycopg)")
    initdb, pg_ctl = _program("initdb"), _program("pg_ctl")
    folder = Path(tempfile.mkdtemp(prefix="hcpcs-postgresql-"))
    account = _account()
    if account:
        os.chown(folder, pwd.getpwnam(account).pw_uid, pwd.getpwnam(account).pw_gid)
    folder.chmod(0o755)
    data = folder / "data"
    try:
        _run([initdb, "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--no-locale"], account)
        server = PostgresqlServer(folder, [pg_ctl, "-D", data], account)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _program(name: str) -> str:
    """The path of a program of the server, of the newest version. Raises ``PostgresqlMissingError``."""
    versions = sorted(Path(INSTALLED).glob(f"*/bin/{name}"), key=lambda path: path.parts[-3].zfill(4))
    program = shutil.which(name) or (str(versions[-1]) if versions else "")
    if not program:
        raise PostgresqlMissingError("a PostgreSQL server (apt-get install postgresql)")
    return program


def _account() -> str:
    """The account under which the server runs; blank for our own."""
    if os.geteuid() != 0:
        return ""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ACCOUNTS if name in known)


def _run(command: list[Any], account: str) -> None:
    who: dict[str, Any] = {}
    if account:
        entry = pwd.getpwnam(account)
        who = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    # The server keeps the streams of pg_ctl, which a pipe would wait for.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(command, stdout=output, stderr=output, check=False, cwd="/", **who)
        if done.returncode:
            output.seek(0)
            raise RuntimeError(f"{command[0]}: {output.read().decode(errors='replace')}")


def _signal(process: int, number: signal.Signals) -> None:
    """Sends a signal to a process, which may have ended by itself meanwhile."""
    with suppress(ProcessLookupError):
        os.kill(process, number)

"""What all tests share: the real data beside the project, where it is there."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
import structlog
from hypothesis import settings
from tests.postgresql import PostgresqlMissingError, PostgresqlServer, running_postgresql

from hcpcs_bot.serving.logs import LibraryLogHandler
from hcpcs_bot.state.connections import engines

# A busy machine is not a failure: no example has a time limit. Each run tries other examples, so that few of them do.
settings.register_profile("no_deadline", deadline=None, max_examples=50)
settings.load_profile("no_deadline")

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    """A command that a test runs sets up the logs of the whole process: the next test has them as they were."""
    level = logging.getLogger().level
    yield
    if structlog.is_configured():
        structlog.reset_defaults()
        root = logging.getLogger()
        root.setLevel(level)
        for handler in [handler for handler in root.handlers if isinstance(handler, LibraryLogHandler)]:
            root.removeHandler(handler)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real CMS releases; tests that need it skip, saying so, where it is not there."""
    return _demanded(SHARED_DATA, "the real releases in ../shared/data")


@pytest.fixture(scope="session")
def companion_data(shared_data: Path) -> Path:
    """The folder of real companion files."""
    return _demanded(shared_data / "companion", "the real companion files in ../shared/data/companion")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresqlServer]:
    """A PostgreSQL server; tests that need it skip, saying so, where none is installed."""
    try:
        with running_postgresql() as server:
            yield server
    except PostgresqlMissingError as error:
        _skip(str(error))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def database_url(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an empty database, of each kind: blank for SQLite in the home folder.

    Its statements have time: a busy machine is not a database that hangs.
    """
    if request.param == "sqlite":
        yield ""
        return
    monkeypatch.setattr(engines, "STATEMENT_SECONDS", 60)
    server: PostgresqlServer = request.getfixturevalue("postgresql")
    url = server.new_database()
    yield url
    server.drop(url)


def _demanded(folder: Path, what: str) -> Path:
    """``folder``; where it is not there, the test is skipped, or fails where everything must run."""
    if not folder.is_dir():
        _skip(what)
    return folder


def _skip(what: str) -> NoReturn:
    """Skips a test for want of something; fails it where everything must run."""
    if os.environ.get("HCPCS_DEMAND_ALL") == "1":
        pytest.fail(f"HCPCS_DEMAND_ALL=1, but a test needs {what}")
    pytest.skip(f"needs {what}")

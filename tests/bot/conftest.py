"""A fresh state for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.bot.cms_page import ZIPS, link, path_of
from tests.cms_server import CmsServer, Served, serving

from hcpcs_bot.state.database import Database, open_database


@pytest.fixture
def database(tmp_path: Path, database_url: str) -> Iterator[Database]:
    """The database of a fresh home, once in SQLite and once in PostgreSQL."""
    opened = open_database(tmp_path, database_url)
    yield opened
    opened.close()


@pytest.fixture
def cms() -> Iterator[CmsServer]:
    """A server in the place of cms.gov, with the releases of July and October on its page."""
    with serving(CmsServer()) as server:
        for name, body in ZIPS.items():
            server.things[path_of(name, 2026 if name == "january" else 2025)] = Served(body, etag=f'"{name}"')
        server.page(link("july"), link("october"))
        yield server

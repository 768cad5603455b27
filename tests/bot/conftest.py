"""A fresh state for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hcpcs_bot.state.database import Database, open_database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path)
    yield opened
    opened.close()

"""Desks over real releases."""

from __future__ import annotations

from pathlib import Path

import pytest

from hcpcs.answers.desk import Desk
from hcpcs.catalog.shelf import Shelf
from hcpcs_bot.bootstrap import open_desk, publish_index
from hcpcs_bot.settings import Settings
from hcpcs_bot.updates.load import load_files


def _desk(home: Path, *releases: Path) -> Desk:
    settings = Settings().at(home)
    load_files(Shelf(settings.home), list(releases), publish_index, lambda _: lambda done, total: None)
    return open_desk(settings)


@pytest.fixture(scope="session")
def one_release(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The desk of October 2025."""
    folder = shared_data / "releases"
    return _desk(tmp_path_factory.mktemp("one"), *folder.glob("october-2025-alpha-*.zip"))


@pytest.fixture(scope="session")
def three_releases(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The desk of January 2023, July 2024 and October 2025."""
    folder = shared_data / "releases"
    names = ("HCPC2023_JAN_*", "2024-07-*", "october-2025-alpha-*")
    files = [path for name in names for path in folder.glob(name)]
    return _desk(tmp_path_factory.mktemp("three"), *files)

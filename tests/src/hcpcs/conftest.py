"""Catalogs that several tests query: the starter, and the real release of October 2025."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from hcpcs.answers.desk import Desk
from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.starter import starter_release
from hcpcs.releases import read_release
from hcpcs.search_port import Filters, Hit, SearchResult

TODAY: Final = date(2026, 11, 21)
NO_FILTERS: Final = Filters()


class EmptyIndex:
    """A search that finds nothing, for tests of answers that need none."""

    def search(self, text: str, *, filters: Filters = NO_FILTERS, limit: int = 10, offset: int = 0) -> SearchResult:
        return SearchResult(query=text, hits=(), total=0)

    def finds(self, text: str, codes: Iterable[str]) -> bool:
        return False

    def suggest(self, text: str, *, limit: int = 10) -> tuple[Hit, ...]:
        return ()

    def neighbors(self, text: str, *, excluding: frozenset[str] = frozenset(), limit: int = 10) -> tuple[Hit, ...]:
        return ()


def desk_of(*files: Path) -> Desk:
    return Desk(Catalog.build([read_release(file) for file in files]), EmptyIndex(), lambda: TODAY)


@pytest.fixture(scope="session")
def starter() -> Desk:
    return Desk(Catalog.build([starter_release()]), EmptyIndex(), lambda: TODAY)


@pytest.fixture(scope="session")
def full(shared_data: Path) -> Desk:
    """The desk of the release of October 2025."""
    return desk_of(shared_data / "releases" / "october-2025-alpha-numeric-hcpcs-file.reconstructed.zip")


@pytest.fixture(scope="session")
def history(shared_data: Path) -> Desk:
    """The desk of four releases: January 2017 and 2018, January 2019, October 2025."""
    names = [
        "2017-Alpha-Numeric-HCPCS-File.zip",
        "2018-Alpha-Numeric-HCPCS-File.zip",
        "2019-Alpha-Numeric-HCPCS-File.zip",
        "october-2025-alpha-numeric-hcpcs-file.reconstructed.zip",
    ]
    return desk_of(*(shared_data / "releases" / name for name in names))

"""A client of the query service over small releases: procedures, a modifier, an ended, an added and a removed code."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx2 as httpx
import pytest
from tests.bot.http.service_client import client_of, service_of
from tests.bot.some_releases import JANUARY, JULY, OCTOBER

from hcpcs.answers.desk import Desk
from hcpcs.catalog.catalog import Catalog
from hcpcs_index import memory_index


@pytest.fixture(scope="session")
def desk() -> Desk:
    """The desk of three releases."""
    catalog = Catalog.build([JULY, OCTOBER, JANUARY])
    return Desk(catalog, memory_index(catalog))


@pytest.fixture
async def terminology(desk: Desk) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the service over that desk."""
    async with client_of(service_of(lambda: desk)) as asking:
        yield asking

"""A client of the query service over the starter."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx2 as httpx
import pytest
from tests.bot.http.service_client import client_of, service_of

from hcpcs_bot.bootstrap import starter_desk


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """A client of the service over the two starter codes."""
    async with client_of(service_of(starter_desk)) as asking:
        yield asking

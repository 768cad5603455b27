"""A server in the place of cms.gov, and a client that doesn't wait long between attempts."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2 as httpx
import pytest
from tests.cms_server import CmsServer, serving

from hcpcs.releases.download.web import Web


@pytest.fixture
def cms() -> Iterator[CmsServer]:
    with serving(CmsServer()) as server:
        yield server


@pytest.fixture
def web() -> Iterator[Web]:
    with Web(first_pause=0.001, timeout=httpx.Timeout(5.0)) as asking:
        yield asking

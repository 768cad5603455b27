"""The query service in this process, asked as a client would."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import httpx

from hcpcs.answers.desk import Desk
from hcpcs_bot.http.query_context import QueryContext
from hcpcs_bot.http.service import create_service

TODAY = date(2026, 1, 15)


def client_of(desk: Desk | Callable[[], Desk], today: date = TODAY) -> httpx.AsyncClient:
    """A client of a service that answers from a desk."""
    provider = (lambda: desk) if isinstance(desk, Desk) else desk
    service = create_service(QueryContext(provider, lambda: today))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=service), base_url="http://desk.example.com")

"""The query service in this process, asked as a client would."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import httpx2 as httpx

from hcpcs.answers.desk import Desk
from hcpcs_bot.http.asgi import Asgi
from hcpcs_bot.http.metrics import Metrics
from hcpcs_bot.http.query_context import QueryContext
from hcpcs_bot.http.service import EVERYBODY, ServiceRules, create_service

TODAY = date(2026, 1, 15)


def service_of(desk: Callable[[], Desk], today: date = TODAY, rules: ServiceRules = EVERYBODY) -> Asgi:
    """The service that answers from a desk."""
    return create_service(QueryContext(desk, lambda: today), Metrics(desk, today=lambda: today), rules)


def client_of(service: Asgi) -> httpx.AsyncClient:
    """A client of a service."""
    transport = httpx.ASGITransport(app=service, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://desk.example.com")

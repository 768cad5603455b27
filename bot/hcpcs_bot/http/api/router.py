"""The paths of ``/api/v1``: each module here adds its own."""

from __future__ import annotations

from fastapi import APIRouter

from hcpcs_bot.http.api import (
    annotate_routes,
    change_routes,
    code_routes,
    fact_routes,
    question_routes,
    release_routes,
    search_routes,
)
from hcpcs_bot.http.query_context import QueryContext

PREFIX = "/api/v1"
MODULES = (question_routes, search_routes, code_routes, fact_routes, change_routes, release_routes, annotate_routes)


def create_router(context: QueryContext) -> APIRouter:
    """Every path of the API."""
    router = APIRouter(prefix=PREFIX)
    for module in MODULES:
        module.add_routes(router, context)
    return router

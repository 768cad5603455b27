"""The paths of the pages and of their static files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from fastapi import APIRouter, Request, Response

from hcpcs_bot.http.pages.changes_page import show_changes
from hcpcs_bot.http.pages.code_page import show_code
from hcpcs_bot.http.pages.page_response import problem_page, static_response
from hcpcs_bot.http.pages.search_page import show_search
from hcpcs_bot.http.query_context import QueryContext

PAGES: Final[dict[str, Callable[[Request, QueryContext], Response]]] = {
    "/": show_search,
    "/codes/{name:path}": show_code,
    "/changes": show_changes,
}
"""Each page by its path."""


def create_pages_router(context: QueryContext) -> APIRouter:
    """Every page. None is a part of the API's description."""
    router = APIRouter(include_in_schema=False)
    for path, show in PAGES.items():
        router.add_api_route(path, _endpoint(show, context), methods=["GET", "HEAD"], response_model=None)
    router.add_api_route("/static/{name}", _static, methods=["GET", "HEAD"], response_model=None)
    return router


def _endpoint(show: Callable[[Request, QueryContext], Response], context: QueryContext) -> Callable[..., Response]:
    # A plain function: FastAPI runs it in a thread, so that no page waits behind another's slow one.
    def endpoint(request: Request) -> Response:
        return show(request, context)

    return endpoint


async def _static(name: str) -> Response:
    return static_response(name) or problem_page(404, "There is no such file.", "The pages name those that there are.")

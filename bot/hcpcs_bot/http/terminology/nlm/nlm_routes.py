"""``/api/hcpcs/v3/search``: what a form that searches NLM's service needs to search this one instead."""

from __future__ import annotations

from typing import Any, Final

import orjson
from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from hcpcs_bot.http.caching.revalidation import JSON_TYPE, cache_headers, entity_tag, not_modified
from hcpcs_bot.http.problems import PROBLEM_TYPE, Problem
from hcpcs_bot.http.query_context import QueryContext
from hcpcs_bot.http.terminology.nlm.columns import COLUMNS, SHOWN_COLUMNS
from hcpcs_bot.http.terminology.nlm.search_request import MAX_COUNT, MAX_REACH, read_request
from hcpcs_bot.http.terminology.nlm.table_search import search_table

PATH: Final = "/api/hcpcs/v3/search"
TYPE_AHEAD_PATH: Final = "/type-ahead"
"""The same search for the field of our own pages, which are open where programs need a key."""


def create_nlm_router(context: QueryContext) -> APIRouter:
    """The path of the search."""
    router = APIRouter(tags=["NLM"])

    def answer(request: Request) -> bytes:
        search = read_request(request.query_params)
        return orjson.dumps(search_table(context.desk(), search, context.today()))

    @router.get(PATH, summary="Search as in NLM's Clinical Tables", openapi_extra=_DOCUMENTED, response_model=None)
    async def search_codes(request: Request) -> Response:
        """Codes for what is typed into a form, in the shape of NLM's Clinical Table Search Service."""
        tag = entity_tag(context)
        unchanged = not_modified(request, tag)
        if unchanged is not None:
            return unchanged
        body = await run_in_threadpool(answer, request)
        return Response(body, headers=cache_headers(tag), media_type=JSON_TYPE)

    router.add_api_route(TYPE_AHEAD_PATH, search_codes, include_in_schema=False, response_model=None)

    return router


def _parameter(name: str, description: str, example: str = "", *, required: bool = False) -> dict[str, Any]:
    stated = {"name": name, "in": "query", "required": required, "description": description}
    return {**stated, "schema": {"type": "string"}, **({"example": example} if example else {})}


_FIELDS: Final = ", ".join(COLUMNS)
_DOCUMENTED: Final[dict[str, Any]] = {
    "parameters": [
        _parameter(
            "terms", "What is typed: words or beginnings of words, all of which must match.", "ins", required=True
        ),
        _parameter("maxList", f"Results wanted, at most {MAX_COUNT}: 7 by default, all of them if left empty."),
        _parameter("count", f"Results of a page, at most {MAX_COUNT}; 7 by default."),
        _parameter("offset", f"Results to leave out; with count at most {MAX_REACH}."),
        _parameter("q", f"A filter: field:value joined by AND, OR, NOT. Fields: {_FIELDS}.", "obsolete:false"),
        _parameter("df", "Fields to display, separated by commas: code,display by default."),
        _parameter("sf", "Fields to search: code,short_desc,long_desc by default."),
        _parameter("cf", "The field that stands for the code: code by default."),
        _parameter("ef", f"Extra fields, each as field or field:alias. Also: {', '.join(SHOWN_COLUMNS)}.", "verdict"),
    ],
    "responses": {
        "200": {
            "description": "The total, the codes, the extra fields, and the texts to display.",
            "content": {
                JSON_TYPE: {
                    "schema": {"type": "array", "minItems": 4, "maxItems": 4},
                    "example": [1, ["S9353"], None, [["S9353", "Home infusion therapy, continuous insulin ..."]]],
                }
            },
        },
        "304": {"description": "The client has the current answer."},
        "400": {
            "description": "A parameter can't be read; the detail says which and why.",
            "content": {PROBLEM_TYPE: {"schema": {"$ref": f"#/components/schemas/{Problem.__name__}"}}},
        },
    },
}

"""``/api/v1/search``: words and filters."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from hcpcs.answers.rendering.json_form import search_json
from hcpcs.records.record import RecordKind
from hcpcs.search_port import Filters
from hcpcs_bot.http.api.models import SearchObject, documented
from hcpcs_bot.http.api.parameters import QUERY_CHARACTERS, Limit, Offset
from hcpcs_bot.http.caching.revalidation import entity_tag, json_response, not_modified
from hcpcs_bot.http.query_context import QueryContext

Values = Annotated[list[str], Query(max_length=20)]


def add_routes(router: APIRouter, context: QueryContext) -> None:
    """Adds the path of searches."""

    @router.get("/search", responses=documented(SearchObject), summary="Search the descriptions", tags=["Codes"])
    def search(
        request: Request,
        q: Annotated[str, Query(max_length=QUERY_CHARACTERS, description="Words.", examples=["insulin pump"])],
        coverage: Annotated[Values, Query(description="Only these coverage codes (C, D, I, M, S).")] = [],  # noqa: B006
        tos: Annotated[Values, Query(description="Only these types of service.")] = [],  # noqa: B006
        betos: Annotated[Values, Query(description="Only these BETOS codes.")] = [],  # noqa: B006
        family: Annotated[str | None, Query(max_length=5, description="Only codes that start so, as E06.")] = None,
        kind: Annotated[RecordKind | None, Query(description="Only procedures, or only modifiers.")] = None,
        active: Annotated[bool | None, Query(description="Only codes in use, or only those that are not.")] = None,
        offset: Offset = 0,
        limit: Limit = 10,
    ) -> Response:
        """The codes that match the words, best first, each with the reasons for it."""
        tag = entity_tag(context)
        filters = Filters(
            coverage=frozenset(value.upper() for value in coverage),
            types_of_service=frozenset(value.upper() for value in tos),
            betos=frozenset(value.upper() for value in betos),
            prefix=family.upper() if family else None,
            kind=kind,
            active=active,
        )
        return not_modified(request, tag) or json_response(
            search_json(context.desk().search(q, filters=filters, offset=offset, limit=limit)), tag
        )

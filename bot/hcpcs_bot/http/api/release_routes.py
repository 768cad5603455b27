"""``/api/v1/release`` and ``/api/v1/fields``: what is loaded, and what the fields of a record mean."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from hcpcs.answers.rendering.loaded_json import edition_json, fields_json, release_json
from hcpcs_bot.http.api.models import FieldsObject, ReleaseObject, documented
from hcpcs_bot.http.caching.revalidation import entity_tag, json_response, not_modified
from hcpcs_bot.http.query_context import QueryContext


def add_routes(router: APIRouter, context: QueryContext) -> None:
    """Adds the paths of what is loaded."""

    @router.get("/release", responses=documented(ReleaseObject), summary="What is loaded", tags=["Data"])
    async def show_release(request: Request) -> Response:
        """The releases of the code file and the editions of companion files, with their ages and digests."""
        tag = entity_tag(context)
        desk, today = context.desk(), context.today()
        return not_modified(request, tag) or json_response(
            {
                "newest": release_json(desk.catalog.newest),
                "starter": desk.catalog.starter,
                "outdated": desk.catalog.is_outdated(today),
                "releases": [release_json(release) for release in desk.catalog.releases],
                "editions": [edition_json(edition, today) for edition in desk.companions.editions],
            },
            tag,
        )

    @router.get("/fields", responses=documented(FieldsObject), summary="The fields of a record", tags=["Data"])
    async def show_fields(request: Request) -> Response:
        """Each field of a record: its label, what it means, its form, and the values that it can have."""
        tag = entity_tag(context)
        return not_modified(request, tag) or json_response({"fields": fields_json()}, tag)

"""``/fhir/R4``: reading, searching and asking, by GET and by POST."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final, Protocol

import orjson
from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from hcpcs.answers.desk import Desk
from hcpcs_bot.http.caching.revalidation import cache_headers, entity_tag, not_modified
from hcpcs_bot.http.problems import ProblemError
from hcpcs_bot.http.query_context import QueryContext
from hcpcs_bot.http.terminology.fhir.capabilities import capability_statement, terminology_capabilities
from hcpcs_bot.http.terminology.fhir.code_operations import lookup_code, validate_in_system, validate_in_value_set
from hcpcs_bot.http.terminology.fhir.code_system_names import CODE_SYSTEM_ID, VALUE_SET_ID
from hcpcs_bot.http.terminology.fhir.code_systems import code_system, search_bundle, value_set
from hcpcs_bot.http.terminology.fhir.expansion import expand
from hcpcs_bot.http.terminology.fhir.operation_input import OperationInput, read_input
from hcpcs_bot.http.terminology.fhir.operation_outcome import FHIR_JSON

PREFIX: Final = "/fhir/R4"
JSON_FORMATS: Final = frozenset({"", "json", "application/json", "text/json", FHIR_JSON})
NO_SUBSUMPTION: Final = "HCPCS Level II has no hierarchy, so that no code subsumes another: $subsumes is not offered."

Json = dict[str, Any]


class Operation(Protocol):
    """Answers an operation on the type, or on its one instance."""

    def __call__(self, desk: Desk, asked: OperationInput, today: date, *, instance: bool) -> Json:
        """The resource that it returns. Raises ``ProblemError``."""
        ...


OPERATIONS: Final[dict[str, Operation]] = {
    "CodeSystem/$lookup": lookup_code,
    "CodeSystem/$validate-code": validate_in_system,
    "ValueSet/$expand": expand,
    "ValueSet/$validate-code": validate_in_value_set,
}
RESOURCES: Final[dict[str, tuple[str, Callable[[Desk, date], Json]]]] = {
    "CodeSystem": (CODE_SYSTEM_ID, code_system),
    "ValueSet": (VALUE_SET_ID, value_set),
}


def create_fhir_router(context: QueryContext) -> APIRouter:
    """Every path of the service."""
    router = APIRouter(prefix=PREFIX, tags=["FHIR"])
    answering = _Answering(context)

    @router.get("/metadata", include_in_schema=False)
    async def metadata(request: Request) -> Response:
        def state(asked: OperationInput) -> Json:
            terminology = asked.text("mode") == "terminology"
            return (terminology_capabilities if terminology else capability_statement)(context.desk(), context.today())

        return await answering.answer(request, state)

    @router.api_route("/CodeSystem/$subsumes", methods=["GET", "POST"], include_in_schema=False)
    async def subsumes() -> Response:
        raise ProblemError(501, NO_SUBSUMPTION)

    for name, operation in OPERATIONS.items():
        _add_operation(router, context, answering, name, operation)
    for name in RESOURCES:
        _add_resource(router, context, answering, name)

    @router.api_route("/{path:path}", methods=["GET", "POST"], include_in_schema=False)
    async def refuse_interaction() -> Response:
        raise ProblemError(404, f"There is no such interaction: {PREFIX}/metadata states those that there are.")

    return router


class _Answering:
    """Turns requests into operations' input, and what they return into responses."""

    def __init__(self, context: QueryContext) -> None:
        self._context = context

    async def answer(self, request: Request, make: Callable[[OperationInput], Json]) -> Response:
        """The response of ``make``, which runs in a thread, so that nobody waits behind a slow one."""
        _check_format(request)
        tag = entity_tag(self._context) if request.method == "GET" else ""
        unchanged = not_modified(request, tag) if tag else None
        if unchanged is not None:
            return unchanged
        body = await request.body() if request.method == "POST" else b""
        content = await run_in_threadpool(
            lambda: orjson.dumps(make(read_input(request.query_params.multi_items(), body)))
        )
        return Response(content, 200, cache_headers(tag) if tag else None, FHIR_JSON)


def _add_operation(
    router: APIRouter, context: QueryContext, answering: _Answering, name: str, operation: Operation
) -> None:
    async def on_type(request: Request) -> Response:
        return await answering.answer(
            request, lambda asked: operation(context.desk(), asked, context.today(), instance=False)
        )

    async def on_instance(request: Request, identifier: str) -> Response:
        _check_id(kind, identifier)
        return await answering.answer(
            request, lambda asked: operation(context.desk(), asked, context.today(), instance=True)
        )

    kind, _, verb = name.partition("/")
    for path, serve in ((f"/{name}", on_type), (f"/{kind}/{{identifier}}/{verb}", on_instance)):
        router.add_api_route(path, serve, methods=["GET", "POST"], include_in_schema=False)


def _add_resource(router: APIRouter, context: QueryContext, answering: _Answering, name: str) -> None:
    describe = RESOURCES[name][1]

    async def read(request: Request, identifier: str) -> Response:
        _check_id(name, identifier)
        return await answering.answer(request, lambda _: describe(context.desk(), context.today()))

    async def search(request: Request) -> Response:
        base = str(request.base_url).rstrip("/") + PREFIX
        return await answering.answer(
            request, lambda asked: search_bundle(describe(context.desk(), context.today()), asked, base)
        )

    router.add_api_route(f"/{name}", search, methods=["GET"], include_in_schema=False)
    router.add_api_route(f"/{name}/{{identifier}}", read, methods=["GET"], include_in_schema=False)


def _check_id(name: str, identifier: str) -> None:
    known = RESOURCES[name][0]
    if identifier != known:
        raise ProblemError(404, f"This server has one {name}: {known}.")


def _check_format(request: Request) -> None:
    accepted = request.headers.get("accept", "")
    format_asked = request.query_params.get("_format", "").replace(" ", "+").partition(";")[0]
    xml = "xml" in accepted and "json" not in accepted and "*/*" not in accepted
    if format_asked not in JSON_FORMATS or (xml and not format_asked):
        raise ProblemError(406, f"This server writes {FHIR_JSON} and no other format.")

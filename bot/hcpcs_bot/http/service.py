"""The query service: every interface over HTTP but Slack's, as one ASGI application."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any, Final, NamedTuple

from anyio import to_thread
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse
from starlette.middleware.gzip import GZipMiddleware

from hcpcs_bot.http.admission.admission import Admission, AdmissionRules
from hcpcs_bot.http.admission.body_limit import BodyLimit
from hcpcs_bot.http.admission.cross_origin import AllowedOrigins, CrossOrigin
from hcpcs_bot.http.api.mcp.mcp_endpoint import McpEndpoint
from hcpcs_bot.http.api.router import create_router
from hcpcs_bot.http.asgi import Receive, Scope, Send
from hcpcs_bot.http.caching.accepted_encoding import AcceptedEncoding
from hcpcs_bot.http.caching.answer_cache import AnswerCache
from hcpcs_bot.http.caching.revalidation import VERSION, entity_tag
from hcpcs_bot.http.metrics import CountedRequests, Metrics
from hcpcs_bot.http.pages.page_routes import create_pages_router
from hcpcs_bot.http.problems import PROBLEM_TYPE, Problem, ProblemForms, add_problem_handlers
from hcpcs_bot.http.query_context import QueryContext
from hcpcs_bot.http.terminology.fhir.fhir_routes import create_fhir_router
from hcpcs_bot.http.terminology.fhir.operation_outcome import operation_outcome
from hcpcs_bot.http.terminology.nlm.nlm_routes import create_nlm_router
from hcpcs_bot.settings import KeyUse

QUESTION_THREADS: Final = 8
"""Questions that are answered at once, besides large requests and what the event loop answers itself. Python runs one
thread at a time: with Starlette's 40 threads the event loop waits for 40 turns until it has its own."""
MCP_PATH: Final = "/mcp"
DESCRIPTION_PATH: Final = "/openapi.json"
COMPRESSED_FROM: Final = 1_000
"""Bytes from which an answer is compressed."""
COMPRESSION: Final = 6
"""Level of compression: 9 takes twice as long for one part in a hundred."""
DESCRIPTION: Final = """
HCPCS Level II codes from CMS's own files: what a code means on a day, whether Medicare pays for it and why, what
changed, and which code is meant. Every answer names the file, field and release that prove it. No language model:
the same question of the same release on the same day gets the same answer.
"""


TAGS: Final = [
    {"name": "Questions", "description": "Questions in words, texts with codes, and whole claims files."},
    {"name": "Codes", "description": "One code, several codes, searches, and what companion files state of a code."},
    {"name": "Data", "description": "What is loaded, what changed, and what the fields mean."},
    {"name": "NLM", "description": "A search in the shape of NLM's Clinical Table Search Service, for forms."},
]
"""The groups of paths in the description of the API."""


class ServiceRules(NamedTuple):
    """Who is answered: keys and rates, and the sites whose pages may read the answers."""

    admission: AdmissionRules = AdmissionRules()
    origins: AllowedOrigins = AllowedOrigins()


EVERYBODY: Final = ServiceRules()
"""No key, no limit."""


class QueryService:
    """The ASGI application, with ``cache`` the answers that were given already."""

    def __init__(self, context: QueryContext, metrics: Metrics, rules: ServiceRules) -> None:
        forms = ProblemForms({"/fhir": operation_outcome})
        app = _application(context, rules.admission, forms)
        compressing = GZipMiddleware(BodyLimit(app, forms), minimum_size=COMPRESSED_FROM, compresslevel=COMPRESSION)
        self.cache = AnswerCache(compressing, lambda: entity_tag(context))
        admitting = CrossOrigin(Admission(AcceptedEncoding(self.cache), rules.admission, forms), rules.origins)
        self._answer = CountedRequests(admitting, metrics)
        self._threads_limited = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if not self._threads_limited:
            # The threads of an event loop can be counted only while it runs.
            to_thread.current_default_thread_limiter().total_tokens = QUESTION_THREADS
            self._threads_limited = True
        await self._answer(scope, receive, send)


def create_service(context: QueryContext, metrics: Metrics, rules: ServiceRules = EVERYBODY) -> QueryService:
    """The application. ``context`` is what it answers from; its requests are counted in ``metrics``."""
    return QueryService(context, metrics, rules)


def _application(context: QueryContext, rules: AdmissionRules, forms: ProblemForms) -> FastAPI:
    """Every path, without what all of them share."""
    app = FastAPI(
        title="HCPCS desk",
        version=VERSION,
        description=DESCRIPTION,
        # FastAPI's own path makes the description in the event loop, where everybody waits for it.
        openapi_url=None,
        openapi_tags=TAGS,
        # FastAPI's own pages of documentation load scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
    )
    app.include_router(create_router(context))
    app.include_router(create_nlm_router(context))
    app.include_router(create_fhir_router(context))
    app.include_router(create_pages_router(context))
    if find_spec("mcp") is not None:
        # The package is an extra.
        app.add_route(MCP_PATH, McpEndpoint(context), methods=["POST"], include_in_schema=False)  # type: ignore[arg-type]
    add_problem_handlers(app, forms)
    app.add_api_route(DESCRIPTION_PATH, lambda: JSONResponse(app.openapi()), include_in_schema=False)
    app.openapi = lambda: _openapi(app, rules)  # type: ignore[method-assign]
    return app


def _openapi(app: FastAPI, rules: AdmissionRules) -> dict[str, Any]:
    """The description of the API, with problems in place of FastAPI's own errors, and with keys where they are used."""
    if app.openapi_schema is None:
        stated = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        schemas = stated["components"]["schemas"]
        schemas[Problem.__name__] = Problem.model_json_schema()
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        refusals = _refusals(rules)
        if rules.key_use is not KeyUse.OFF:
            stated["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
            stated["security"] = [{"key": []}, *([{}] if rules.key_use is KeyUse.OPTIONAL else [])]
        for path in stated["paths"].values():
            for operation in path.values():
                operation["responses"].pop("422", None)
                operation["responses"].update(refusals)
        app.openapi_schema = stated
    return app.openapi_schema


def _refusals(rules: AdmissionRules) -> dict[str, Any]:
    """The responses of every path that come before it: without a valid key, or with too many requests."""
    texts: dict[str, str] = {}
    if rules.key_use is not KeyUse.OFF:
        texts |= {"401": "There is no valid API key.", "503": "Keys can't be checked at the moment."}
    if rules.per_address or rules.per_key:
        texts["429"] = "Too many requests; Retry-After says when to ask again."
    content = {PROBLEM_TYPE: {"schema": {"$ref": f"#/components/schemas/{Problem.__name__}"}}}
    return {status: {"description": text, "content": content} for status, text in texts.items()}

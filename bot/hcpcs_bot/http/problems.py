"""What a request that can't be answered gets: a problem (RFC 9457), in the form of the interface that was asked.

No problem quotes the request: what a person typed is in no answer that a log or a cache may keep.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import orjson
import structlog
from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from fastapi import FastAPI, Request, Response

PROBLEM_TYPE: Final = "application/problem+json"

log = structlog.get_logger("hcpcs_bot.http")


class Problem(BaseModel):
    """Why a request was not answered (RFC 9457)."""

    model_config = ConfigDict(frozen=True)

    title: str = Field(description="The kind of problem: the words of the HTTP status.", examples=["Not Found"])
    status: int = Field(description="The HTTP status.", examples=[404])
    detail: str = Field(description="What is wrong, and what to do.", examples=["S9999 is not an HCPCS code."])


class ProblemError(Exception):
    """A request that is answered by a problem with an HTTP ``status`` and a ``detail`` in one line."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})


ProblemForm = Callable[[Problem], tuple[str, bytes]]
"""Renders a problem: its media type and body."""


def problem_json(problem: Problem) -> tuple[str, bytes]:
    """The problem as RFC 9457 writes it."""
    return PROBLEM_TYPE, orjson.dumps({"type": "about:blank", **problem.model_dump()})


class ProblemForms:
    """How each interface writes a problem: ``forms`` has those of its own, by the start of its paths."""

    def __init__(self, forms: Mapping[str, ProblemForm]) -> None:
        self._forms = dict(forms)

    def render(self, path: str, problem: Problem) -> tuple[str, bytes]:
        """The media type and body of a problem at a path."""
        return next((form for prefix, form in self._forms.items() if path.startswith(prefix)), problem_json)(problem)


def add_problem_handlers(app: FastAPI, forms: ProblemForms) -> None:
    """Makes a service answer errors by problems, in the forms of its interfaces."""
    from fastapi import Response
    from fastapi.exceptions import RequestValidationError
    from starlette.exceptions import HTTPException

    def answer(request: Request, error: ProblemError) -> Response:
        problem = Problem(title=HTTPStatus(error.status).phrase, status=error.status, detail=error.detail)
        # Starlette's URL demands a query string in UTF-8; this may be the answer to one that isn't.
        media_type, body = forms.render(str(request.scope["path"]), problem)
        return Response(body, error.status, error.headers, media_type)

    async def refuse(request: Request, error: Exception) -> Response:
        assert isinstance(error, ProblemError)
        return answer(request, error)

    async def refuse_status(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        detail = _STATUS_DETAILS.get(error.status_code, HTTPStatus(error.status_code).description or "Not answered.")
        return answer(request, ProblemError(error.status_code, detail, error.headers))

    async def refuse_parameters(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return answer(request, ProblemError(400, describe_errors(error.errors())))

    async def fail(request: Request, error: Exception) -> Response:
        log.error("failed", error=type(error).__name__)
        return answer(request, ProblemError(500, "The server failed to answer. The log has the error."))

    app.add_exception_handler(ProblemError, refuse)
    app.add_exception_handler(HTTPException, refuse_status)
    app.add_exception_handler(RequestValidationError, refuse_parameters)
    app.add_exception_handler(Exception, fail)


MOST_ERRORS: Final = 3
"""Errors of parameters that one problem names."""
_STATUS_DETAILS: Final = {
    400: "The body can't be read. Send JSON in UTF-8, and don't compress it.",
    404: "Nothing is served at this path. /openapi.json lists what is.",
    405: "This path doesn't take this method. /openapi.json lists what it takes.",
}


def describe_errors(errors: Sequence[Mapping[str, Any]]) -> str:
    """The first errors of a validation in a line each, without the values that were sent."""
    return " ".join(map(_sentence, errors[:MOST_ERRORS]))


def _sentence(error: Mapping[str, Any]) -> str:
    """What is wrong with a parameter or a body, without the value that was sent."""
    if error["type"] == "json_invalid" and error["loc"] and isinstance(error["loc"][-1], int):
        # FastAPI says the place of the fault as the name of a field; pydantic alone says it in its sentence.
        return f"The body is not valid JSON: see character {error['loc'][-1] + 1}."
    if error["type"] == "model_attributes_type" and error["loc"] == ("body",):
        return "The body is not a JSON object that was sent as application/json."
    # The place of a field that isn't known ends with its name as it was sent.
    places = error["loc"][:-1] if error["type"] == "extra_forbidden" else error["loc"]
    where = ".".join(str(part) for part in places if part not in {"query", "path", "body"})
    what = str(error["msg"]).removeprefix("Value error, ").rstrip(".")
    return f"{where}: {what}." if where else f"{what}."

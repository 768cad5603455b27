"""``/api/v1/codes``: one code or modifier, on a day."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from hcpcs.answers.answer import Outcome
from hcpcs.answers.rendering.json_form import answer_json
from hcpcs.records.codes import is_modifier
from hcpcs_bot.http.api.models import AnswerObject, documented
from hcpcs_bot.http.api.parameters import AsOf, CodePath
from hcpcs_bot.http.problems import ProblemError
from hcpcs_bot.http.query_context import QueryContext
from hcpcs_bot.http.revalidation import entity_tag, json_response, not_modified


def add_routes(router: APIRouter, context: QueryContext) -> None:
    """Adds the paths of codes."""

    @router.get("/codes/{code}", responses=documented(AnswerObject, 404), summary="Look up a code", tags=["Codes"])
    async def look_up(request: Request, code: CodePath, as_of: AsOf = None) -> Response:
        """Everything about one code: the object that ``hcpcs ask CODE --json`` prints."""
        tag = entity_tag(context)
        unchanged = not_modified(request, tag)
        if unchanged is not None:
            return unchanged
        # The modifiers HI and NO are words, too.
        question = f"modifier {code}" if is_modifier(code) else code
        answer = context.desk().ask(question, today=context.today(), as_of=as_of)
        if answer.outcome is not Outcome.ANSWERED:
            raise ProblemError(404, answer.headline)
        return json_response(answer_json(answer), tag)

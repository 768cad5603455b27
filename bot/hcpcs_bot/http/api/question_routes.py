"""``/api/v1/ask``: a question in words, answered by the object that ``hcpcs ask --json`` prints."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from hcpcs.answers.rendering.json_form import answer_json
from hcpcs_bot.http.api.models import AnswerObject, documented
from hcpcs_bot.http.api.parameters import QUESTION_CHARACTERS, AsOf, Limit, Offset
from hcpcs_bot.http.query_context import QueryContext
from hcpcs_bot.http.revalidation import entity_tag, json_response, not_modified


class QuestionBody(BaseModel):
    """A question, as it is posted."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"question": "is S9353 payable?"}]})

    question: str = Field(max_length=QUESTION_CHARACTERS, description="The question, in words or as codes.")


def add_routes(router: APIRouter, context: QueryContext) -> None:
    """Adds the paths of questions."""

    # Plain functions: FastAPI runs them in threads, so that no question waits behind another's slow one.
    @router.get("/ask", responses=documented(AnswerObject), summary="Answer a question", tags=["Questions"])
    def ask(
        request: Request,
        q: Annotated[str, Query(max_length=QUESTION_CHARACTERS, examples=["is S9353 payable by Medicare?"])],
        as_of: AsOf = None,
        offset: Offset = 0,
        limit: Limit = 10,
    ) -> Response:
        """Answers a question as Slack and the command line do, with the verdict, the proof and the source."""
        tag = entity_tag(context)
        return not_modified(request, tag) or json_response(
            answer_json(context.desk().ask(q, today=context.today(), as_of=as_of, offset=offset, limit=limit)), tag
        )

    @router.post("/ask", responses=documented(AnswerObject), summary="Answer a posted question", tags=["Questions"])
    def post_question(body: QuestionBody, as_of: AsOf = None, offset: Offset = 0, limit: Limit = 10) -> Response:
        """The same for a question in the body, where it stays out of addresses and of the logs of proxies."""
        answer = context.desk().ask(body.question, today=context.today(), as_of=as_of, offset=offset, limit=limit)
        return json_response(answer_json(answer))

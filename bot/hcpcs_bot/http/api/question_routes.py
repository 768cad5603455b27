"""``/api/v1/ask`` and ``/decode``: a question in words, and a text with codes."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, ConfigDict, Field

from hcpcs.answers.rendering.json_form import answer_json
from hcpcs_bot.http.api.bulk import run_in_bulk
from hcpcs_bot.http.api.models import AnswerObject, documented
from hcpcs_bot.http.api.parameters import QUESTION_CHARACTERS, AsOf, Limit, Offset
from hcpcs_bot.http.caching.revalidation import entity_tag, json_response, not_modified
from hcpcs_bot.http.query_context import QueryContext

LONG_TEXT: Final = 4_000
"""Characters from which a text is a large request: decoding them may take 10 ms."""


class QuestionBody(BaseModel):
    """A question, as it is posted."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"question": "is S9353 payable?"}]})

    question: str = Field(max_length=QUESTION_CHARACTERS, description="The question, in words or as codes.")


class TextBody(BaseModel):
    """A text with codes in it, which is not kept."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"text": "03/01/2025 E0601-RR x1"}]})

    text: str = Field(max_length=QUESTION_CHARACTERS, description="The lines of a claim, a remittance or a message.")


def add_routes(router: APIRouter, context: QueryContext) -> None:
    """Adds the paths of questions."""

    # Plain functions: FastAPI runs them in threads, so that no question waits behind another's slow one.
    @router.get("/ask", responses=documented(AnswerObject), summary="Answer a question", tags=["Questions"])
    def ask(
        request: Request,
        q: Annotated[
            str,
            Query(
                max_length=QUESTION_CHARACTERS,
                description="A question in words, or a code.",
                examples=["is S9353 payable by Medicare?"],
            ),
        ],
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

    @router.post("/decode", responses=documented(AnswerObject), summary="Decode a text", tags=["Questions"])
    async def decode(body: TextBody) -> Response:
        """The codes and modifiers of a pasted claim or remittance, each line on its own date of service."""

        def answer() -> Response:
            return json_response(answer_json(context.desk().decode(body.text, today=context.today())))

        return await (run_in_bulk if len(body.text) > LONG_TEXT else run_in_threadpool)(answer)

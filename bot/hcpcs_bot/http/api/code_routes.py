"""``/api/v1/codes``: one code or modifier on a day, or up to a thousand at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Final

import orjson
from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hcpcs.answers.answer import Answer, Outcome
from hcpcs.answers.desk import Desk
from hcpcs.answers.rendering.csv_cells import csv_table
from hcpcs.answers.rendering.json_form import answer_json
from hcpcs.questions.extraction.code_question import question_about
from hcpcs.questions.question import Intent
from hcpcs_bot.http.api.bulk import batches, in_turns, run_in_bulk
from hcpcs_bot.http.api.change_routes import CSV_TYPE
from hcpcs_bot.http.api.fact_routes import facts_json, look_up_facts
from hcpcs_bot.http.api.models import AnswerObject, BatchObject, documented
from hcpcs_bot.http.api.parameters import AsOf, CodePath, State
from hcpcs_bot.http.caching.revalidation import JSON_TYPE, entity_tag, json_response, not_modified
from hcpcs_bot.http.problems import ProblemError, describe_errors
from hcpcs_bot.http.query_context import QueryContext

CSV_MEDIA: Final = "text/csv"
MOST_CODES: Final = 1_000
"""Maximum codes of one request."""
CODES_A_PART: Final = 8
"""Codes that are looked up and sent at a time: ten milliseconds of work."""
CSV_COLUMNS: Final = ("code", "outcome", "description", "status", "verdict", "not_otherwise_classified", "answer")


class BatchCode(BaseModel):
    """A code, on its date of service."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Annotated[str, Field(min_length=1, max_length=40, examples=["E0601-RR"])]
    day: Annotated[date | None, Field(description="The date of service; today if not given.")] = None


class CodesBody(BaseModel):
    """The codes of a request."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    codes: Annotated[list[BatchCode], Field(min_length=1, max_length=MOST_CODES)]


_BATCH_BODY: Final = {
    "required": True,
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["codes"],
                "additionalProperties": False,
                "properties": {
                    "codes": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": MOST_CODES,
                        "items": BatchCode.model_json_schema(),
                    }
                },
            },
            "examples": {"codes": {"value": {"codes": [{"code": "S9353"}, {"code": "E0601-RR", "day": "2025-03-01"}]}}},
        },
        CSV_MEDIA: {"schema": {"type": "string"}, "examples": {"codes": {"value": "code,day\nS9353,2025-03-01\n"}}},
    },
}


def add_routes(router: APIRouter, context: QueryContext) -> None:
    """Adds the paths of codes."""

    @router.get("/codes/{code}", responses=documented(AnswerObject, 404), summary="Look up a code", tags=["Codes"])
    async def look_up(request: Request, code: CodePath, as_of: AsOf = None, state: State = None) -> Response:
        """Everything about one code: the object that ``hcpcs ask CODE --json`` prints.

        With a state, ``facts`` has what companion files state there.
        """
        tag = entity_tag(context)
        unchanged = not_modified(request, tag)
        if unchanged is not None:
            return unchanged
        desk, today = context.desk(), context.today()
        answer = _answer(desk, today, code, as_of)
        if answer.outcome is not Outcome.ANSWERED:
            raise ProblemError(404, answer.headline)
        body = answer_json(answer)
        if state is not None:
            looked_up = look_up_facts(desk.companions, code.upper(), as_of or today, state)
            body["facts"] = list(facts_json(looked_up))
        return json_response(body, tag)

    @router.post(
        "/codes:batch",
        responses=documented(BatchObject, 413, table=True),
        openapi_extra={"requestBody": _BATCH_BODY},
        summary="Look up many codes",
        tags=["Codes"],
    )
    async def look_up_many(request: Request) -> Response:
        """Up to 1,000 codes, each on its date of service, from JSON or CSV (columns code and day).

        With ``Accept: text/csv`` the answer is a table with a row per code.
        """
        body = await request.body()
        is_csv = request.headers.get("content-type", "").startswith(CSV_MEDIA)
        wants_csv = request.headers.get("accept", "").startswith(CSV_MEDIA)
        wanted = await run_in_bulk(lambda: _csv_codes(body) if is_csv else _json_codes(body))
        desk, today = context.desk(), context.today()
        answers = ((one.code, _answer(desk, today, one.code, one.day)) for one in wanted)
        parts = (_table_parts if wants_csv else _json_parts)(answers)
        return StreamingResponse(in_turns(parts), media_type=CSV_TYPE if wants_csv else JSON_TYPE)


def _json_parts(answers: Iterable[tuple[str, Answer]]) -> Iterator[bytes]:
    """The answers as a ``BatchObject``."""
    before = b'{"answers":['
    for batch in batches(answers, CODES_A_PART):
        yield before + b",".join(orjson.dumps(answer_json(answer)) for _, answer in batch)
        before = b","
    yield b"]}"


def _table_parts(answers: Iterable[tuple[str, Answer]]) -> Iterator[bytes]:
    """The answers as a table, with a row for each code."""
    yield csv_table([CSV_COLUMNS]).encode()
    for batch in batches(answers, CODES_A_PART):
        yield csv_table(_row(written, answer) for written, answer in batch).encode()


def _answer(desk: Desk, today: date, code: str, day: date | None) -> Answer:
    return desk.answer(question_about([code], Intent.CARD, day), today=today)


def _json_codes(body: bytes) -> list[BatchCode]:
    try:
        return CodesBody.model_validate_json(body).codes
    except ValidationError as error:
        raise ProblemError(400, describe_errors(error.errors())) from None


def _csv_codes(body: bytes) -> list[BatchCode]:
    try:
        rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    except (UnicodeDecodeError, csv.Error):
        raise ProblemError(400, "The body is not CSV in UTF-8.") from None
    named = [{str(name).strip().lower(): cell for name, cell in row.items()} for row in rows]
    if not named or "code" not in named[0]:
        raise ProblemError(400, "The CSV needs a header row with a column code, and may have a column day.")
    codes = [{"code": (row["code"] or "").strip(), "day": (row.get("day") or "").strip() or None} for row in named]
    try:
        return CodesBody.model_validate({"codes": codes}).codes
    except ValidationError as error:
        raise ProblemError(400, describe_errors(error.errors())) from None


def _row(written: str, answer: Answer) -> tuple[str, ...]:
    record = answer.records[0] if answer.records else None
    return (
        written,
        answer.outcome.value,
        record.value("long_description") if record else "",
        record.status.value if record else "",
        record.verdict.value if record and record.verdict else "",
        str(record.not_otherwise_classified).lower() if record else "",
        answer.headline,
    )

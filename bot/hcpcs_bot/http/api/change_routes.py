"""``/api/v1/compare``, ``/changes`` and ``/history``: codes beside one another, and over time."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from hcpcs.answers.answer import Outcome
from hcpcs.answers.rendering.csv_cells import csv_table
from hcpcs.answers.rendering.json_form import answer_json
from hcpcs.catalog.changes import Change
from hcpcs.catalog.release_names import changes_between
from hcpcs.errors import CatalogError
from hcpcs.questions.extraction.code_question import question_about
from hcpcs.questions.question import Intent
from hcpcs.records.change_kinds import ChangeKind
from hcpcs_bot.http.api.models import AnswerObject, ChangesObject, documented
from hcpcs_bot.http.api.parameters import CodePath, Offset
from hcpcs_bot.http.caching.revalidation import cache_headers, entity_tag, json_response, not_modified
from hcpcs_bot.http.problems import ProblemError
from hcpcs_bot.http.query_context import QueryContext

RELEASE_CHARACTERS = 40
"""Maximum characters of the name of a release."""
CSV_COLUMNS = ("code", "kind", "field", "before", "after", "short_description")
CSV_TYPE = "text/csv; charset=utf-8"


def add_routes(router: APIRouter, context: QueryContext) -> None:
    """Adds the paths of comparisons and changes."""

    @router.get("/compare", responses=documented(AnswerObject, 404), summary="Compare codes", tags=["Codes"])
    def compare(
        request: Request,
        code: Annotated[
            list[Annotated[str, Query(max_length=5)]],
            Query(
                min_length=2,
                max_length=4,
                description="Two to four codes, each a parameter of its own.",
                examples=[["S9353", "S9328"]],
            ),
        ],
    ) -> Response:
        """Codes field by field, the fields that decide first."""
        tag = entity_tag(context)
        return not_modified(request, tag) or _answered(context, question_codes(code), Intent.COMPARE, tag)

    @router.get("/history/{code}", responses=documented(AnswerObject, 404), summary="A code over time", tags=["Codes"])
    def history(request: Request, code: CodePath) -> Response:
        """What the loaded releases say of a code over time."""
        tag = entity_tag(context)
        return not_modified(request, tag) or _answered(context, [code], Intent.HISTORY, tag)

    @router.get("/changes", responses=documented(ChangesObject, 404, table=True), summary="What changed", tags=["Data"])
    def list_changes(
        request: Request,
        before: Annotated[
            str | None,
            Query(
                alias="from",
                max_length=RELEASE_CHARACTERS,
                description="A release; if absent, the one before the newest.",
                examples=["2020-10"],
            ),
        ] = None,
        after: Annotated[
            str | None,
            Query(alias="to", max_length=RELEASE_CHARACTERS, description="A later release; the newest if absent."),
        ] = None,
        kind: Annotated[ChangeKind | None, Query(description="Only changes of this kind.")] = None,
        family: Annotated[str, Query(max_length=5, description="Only codes that start so, as E06.")] = "",
        offset: Offset = 0,
        limit: Annotated[int, Query(ge=1, le=10_000, description="Maximum changes.")] = 1_000,
        form: Annotated[str, Query(alias="format", pattern="^(json|csv)$", description="json or csv.")] = "json",
    ) -> Response:
        """What changed between two releases, code by code, with the value before and after."""
        tag = entity_tag(context)
        unchanged = not_modified(request, tag)
        if unchanged is not None:
            return unchanged
        try:
            every = changes_between(context.desk().catalog, before, after)
        except CatalogError as error:
            raise ProblemError(404, f"{str(error)[:1].upper()}{str(error)[1:]}.") from None
        wanted = [one for one in every if one.code.startswith(family.upper()) and kind in {None, one.kind}]
        page = wanted[offset : offset + limit]
        if form == "csv":
            return Response(csv_table([CSV_COLUMNS, *_rows(page)]), headers=cache_headers(tag), media_type=CSV_TYPE)
        changes = [one.model_dump(mode="json", include={"code", "kind", "before", "after"}) for one in page]
        return json_response({"total": len(wanted), "changes": changes}, tag)


def question_codes(codes: list[str]) -> list[str]:
    """The codes in upper case, each once. Raises ``ProblemError`` if fewer than two are left."""
    named = list(dict.fromkeys(code.upper() for code in codes))
    if len(named) < 2:
        raise ProblemError(400, "code: name two to four different codes.")
    return named


def _answered(context: QueryContext, codes: list[str], intent: Intent, tag: str) -> Response:
    answer = context.desk().answer(question_about(codes, intent), today=context.today())
    if answer.outcome is not Outcome.ANSWERED:
        raise ProblemError(404, answer.headline)
    return json_response(answer_json(answer), tag)


def _rows(changes: list[Change]) -> list[tuple[str, ...]]:
    return [
        (one.code, one.kind.value, name, one.before.get(name, ""), one.after.get(name, ""), one.short_description)
        for one in changes
        for name in one.before | one.after
    ]

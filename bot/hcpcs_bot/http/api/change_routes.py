"""``/api/v1/compare``, ``/changes`` and ``/history``: codes beside one another, and over time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from hcpcs.answers.answer import Outcome
from hcpcs.answers.rendering.csv_cells import csv_table
from hcpcs.answers.rendering.json_form import Json, answer_json
from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.changes import Change
from hcpcs.catalog.release_names import ChangeKey, ReleasePair, changed_between, named_pair, read_changes
from hcpcs.errors import CatalogError
from hcpcs.questions.extraction.code_question import question_about
from hcpcs.questions.question import Intent
from hcpcs.records.change_kinds import ChangeKind
from hcpcs_bot.http.api.bulk import batches, in_turns
from hcpcs_bot.http.api.models import AnswerObject, ChangesObject, documented
from hcpcs_bot.http.api.parameters import CodePath
from hcpcs_bot.http.caching.revalidation import cache_headers, entity_tag, json_response, not_modified
from hcpcs_bot.http.problems import ProblemError
from hcpcs_bot.http.query_context import QueryContext

RELEASE_CHARACTERS: Final = 40
"""Maximum characters of the name of a release."""
PAGE_CHANGES: Final = 1_000
"""Maximum changes of a page; why: docs/decisions/pages-and-parts.md."""
MOST_OFFSET: Final = 1_000_000
"""Maximum changes that are left out: more than all releases of CMS have."""
CHANGES_A_PART: Final = 100
"""Changes of a table that are read and sent at a time."""
CSV_COLUMNS: Final = ("code", "kind", "field", "before", "after", "short_description")
CSV_TYPE: Final = "text/csv; charset=utf-8"


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
        offset: Annotated[int, Query(ge=0, le=MOST_OFFSET, description="How many changes to leave out.")] = 0,
        limit: Annotated[
            int | None,
            Query(
                ge=1, le=PAGE_CHANGES, description=f"Maximum changes; {PAGE_CHANGES:,} in JSON, all in CSV if absent."
            ),
        ] = None,
        form: Annotated[str, Query(alias="format", pattern="^(json|csv)$", description="json or csv.")] = "json",
    ) -> Response:
        """What changed between two releases, code by code, with the value before and after.

        JSON comes in pages: ask again with ``offset`` as ``next_offset`` says, and with ``from`` and ``to`` as they are
        in the answer, until it is null. CSV has every change.
        """
        tag = entity_tag(context)
        unchanged = not_modified(request, tag)
        if unchanged is not None:
            return unchanged
        catalog = context.desk().catalog
        try:
            pair = named_pair(catalog, before, after)
            every = changed_between(catalog, pair)
        except CatalogError as error:
            raise ProblemError(404, f"{str(error)[:1].upper()}{str(error)[1:]}.") from None
        wanted = [key for key in every if key[0].startswith(family.upper()) and kind in {None, key[1]}]
        if form == "csv":
            page = wanted[offset:] if limit is None else wanted[offset : offset + limit]
            parts = _csv_parts(catalog, pair, page)
            return StreamingResponse(in_turns(parts), headers=cache_headers(tag), media_type=CSV_TYPE)
        page = wanted[offset : offset + (limit or PAGE_CHANGES)]
        return json_response(changes_json(pair, read_changes(catalog, pair, page), offset, len(wanted)), tag)


def changes_json(pair: ReleasePair, page: Sequence[Change], offset: int, total: int) -> Json:
    """A page of the changes between two releases, which starts after ``offset`` of ``total``."""
    end = offset + len(page)
    return {
        "from": pair.before,
        "to": pair.after,
        "total": total,
        "next_offset": end if page and end < total else None,
        "changes": [one.model_dump(mode="json", include={"code", "kind", "before", "after"}) for one in page],
    }


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


def _csv_parts(catalog: Catalog, pair: ReleasePair, wanted: Sequence[ChangeKey]) -> Iterator[bytes]:
    """The changes as a table, with a row for each field."""
    yield csv_table([CSV_COLUMNS]).encode()
    for keys in batches(wanted, CHANGES_A_PART):
        yield csv_table(_rows(read_changes(catalog, pair, keys))).encode()


def _rows(changes: Iterable[Change]) -> Iterator[tuple[str, ...]]:
    return (
        (one.code, one.kind.value, name, one.before.get(name, ""), one.after.get(name, ""), one.short_description)
        for one in changes
        for name in one.before | one.after
    )

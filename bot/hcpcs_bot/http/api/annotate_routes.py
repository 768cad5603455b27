"""``/api/v1/annotate``: a table of claims in, and the same table with the added columns out, row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from hcpcs.claims.annotator import Annotator
from hcpcs.claims.claim_table import ClaimColumns, annotate_table, csv_rows
from hcpcs.claims.x12_lines import X12_COLUMNS, is_x12, x12_rows
from hcpcs.errors import ClaimTableError
from hcpcs_bot.http.api.bulk import batches, in_turns, run_in_bulk
from hcpcs_bot.http.api.change_routes import CSV_TYPE
from hcpcs_bot.http.api.models import PROBLEMS
from hcpcs_bot.http.api.parameters import State
from hcpcs_bot.http.problems import PROBLEM_TYPE, Problem, ProblemError
from hcpcs_bot.http.query_context import QueryContext

ROWS_A_PART: Final = 200
"""Rows that are sent at a time."""
_START: Final = 1_000
"""Characters in which the form of the body is recognized."""
_BODY: Final = {
    "required": True,
    "content": {
        "text/csv": {
            "schema": {"type": "string"},
            "examples": {"claims": {"value": "claim,hcpcs,dos,n\n1,E0601-RR,2025-03-01,1\n"}},
        }
    },
}
_PROBLEM: Final = {"content": {PROBLEM_TYPE: {"schema": {"$ref": f"#/components/schemas/{Problem.__name__}"}}}}

_ARCHIVES: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How an .xlsx or .zip file begins, and an .xls file."""

Column = Annotated[str | None, Query(max_length=200)]


def add_routes(router: APIRouter, context: QueryContext) -> None:
    """Adds the path of claims files."""

    @router.post(
        "/annotate",
        response_class=StreamingResponse,
        responses={
            200: {"description": "The table.", "content": {"text/csv": {"schema": {"type": "string"}}}},
            **{status: {"description": PROBLEMS[status], **_PROBLEM} for status in (400, 413)},
        },
        openapi_extra={"requestBody": _BODY},
        summary="Annotate a claims file",
        tags=["Questions"],
    )
    async def annotate(
        request: Request,
        code: Annotated[str, Query(max_length=200, description="The column of codes.")] = "code",
        day: Annotated[Column, Query(description="The column of dates of service; today if not given.")] = None,
        units: Annotated[Column, Query(description="The column of units.")] = None,
        state: State = None,
    ) -> Response:
        """Adds to each row of a CSV table, or of the lines of an 837 or 835 file, what its code means on its day.

        Every row comes back; ``hcpcs_problem`` says why one has no answer. The body is not kept.
        """
        body = await request.body()
        columns = ClaimColumns(code, day, units)
        rows = await run_in_bulk(lambda: _annotated(context, body, columns, state))
        return StreamingResponse(in_turns(_parts(rows)), media_type=CSV_TYPE)


def _annotated(context: QueryContext, body: bytes, columns: ClaimColumns, state: str | None) -> Iterator[Sequence[str]]:
    """The rows of the answer. Raises ``ProblemError`` if the table lacks a column, or is a workbook."""
    if body.startswith(_ARCHIVES):
        raise ProblemError(400, "This is a workbook or another archive. Save it as CSV, or use hcpcs annotate.")
    desk = context.desk()
    annotator = Annotator(desk.catalog, desk.companions, context.today(), state)
    # Bytes that are not UTF-8 are sent back as they came.
    text = io.TextIOWrapper(io.BytesIO(body), encoding="utf-8", errors="surrogateescape", newline="")
    try:
        if is_x12(body[:_START].decode("utf-8", "replace")):
            rows = annotate_table(x12_rows(iter(lambda: text.read(65_536), "")), X12_COLUMNS, annotator)
        else:
            rows = annotate_table(csv_rows(text), columns, annotator)
    except ClaimTableError as error:
        raise ProblemError(400, f"{str(error)[:1].upper()}{str(error)[1:]}.") from None
    return rows


def _parts(rows: Iterator[Sequence[str]]) -> Iterator[bytes]:
    """The table in parts, for a client that reads as fast as it can."""
    for batch in batches(rows, ROWS_A_PART):
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(batch)
        yield out.getvalue().encode("utf-8", "surrogateescape")

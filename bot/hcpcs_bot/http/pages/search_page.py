"""``GET /``: a question or words, answered on the server."""

from __future__ import annotations

from typing import Final

from fastapi import Request, Response

from hcpcs.answers.answer import Answer
from hcpcs.answers.rendering.plain_text import filled_fields, source_line
from hcpcs.records.codes import is_modifier
from hcpcs_bot.http.pages.page_response import page_response, page_tag, problem_page, render_page, unchanged_page
from hcpcs_bot.http.query_context import QueryContext

MOST_CHARACTERS: Final = 2_000
"""Maximum characters of a question in an address."""
PAGE_HITS: Final = 20
"""Entries of a list on one page."""
MOST_PAGES: Final = 500
EXAMPLES: Final = (
    "is S9353 payable by Medicare?",
    "code for CPAP machine",
    "compare S9328 and S9353",
    "what does coverage code I mean?",
    "what changed this quarter?",
)


def page_number(written: str | None) -> int | None:
    """The number of a page of a list, from 1; ``None`` for what is not one."""
    if not written:
        return 1
    digits = written.isascii() and written.isdigit() and len(written) <= len(str(MOST_PAGES))
    return int(written) if digits and 1 <= int(written) <= MOST_PAGES else None


def answer_values(answer: Answer) -> dict[str, object]:
    """What ``answer.html`` needs of an answer."""
    return {
        "answer": answer,
        "groups": [(record, list(filled_fields(record))) for record in answer.records],
        "verdicts": {one.code: one.verdict for one in answer.hit_verdicts},
        "is_modifier": is_modifier,
        "source_line": source_line(answer.source),
    }


def show_search(request: Request, context: QueryContext) -> Response:
    """The page of a search; with ``q``, the answer to it."""
    tag = page_tag(context)
    unchanged = unchanged_page(request, tag)
    if unchanged is not None:
        return unchanged
    question = request.query_params.get("q", "").strip()
    number = page_number(request.query_params.get("page"))
    if len(question) > MOST_CHARACTERS:
        advice = f"Questions in this field have up to {MOST_CHARACTERS:,} characters. /api/v1/decode takes longer ones."
        return problem_page(400, "The question is too long.", advice)
    if number is None:
        return problem_page(400, "There is no such page.", f"Pages are numbered from 1 to {MOST_PAGES}.")
    desk = context.desk()
    catalog = desk.catalog
    values: dict[str, object] = {
        "question": question,
        "examples": EXAMPLES,
        "number": number,
        "release": catalog.newest,
        "starter": catalog.starter,
        "outdated": catalog.is_outdated(context.today()),
        "answer": None,
    }
    if question:
        offset = (number - 1) * PAGE_HITS
        answer = desk.ask(question, today=context.today(), offset=offset, limit=PAGE_HITS)
        values.update(answer_values(answer))
        values["shown"] = offset + max(len(answer.hits), len(answer.changes))
    return page_response(render_page("search.html", **values), tag)

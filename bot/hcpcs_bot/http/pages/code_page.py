"""``GET /codes/S9353`` and ``GET /codes/S9353.json``: all that is known of one code, on one page that prints well.

``as_of`` is a date of service, ``state`` a state for amounts; both may be blank, as a form sends them.

Slack unfurls links to it into cards. A code that is not there is not found, and no other takes its place.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from fastapi import Request, Response

from hcpcs.answers.answer import Answer, Outcome
from hcpcs.answers.desk import Desk
from hcpcs.answers.rendering.json_form import answer_json
from hcpcs.answers.rendering.plain_text import filled_fields, source_line
from hcpcs.questions.extraction.code_question import question_about
from hcpcs.questions.question import Intent
from hcpcs.records.billing.areas import areas
from hcpcs.records.codes import is_modifier
from hcpcs_bot.http.caching.revalidation import json_response
from hcpcs_bot.http.pages.page_response import (
    SECURITY_HEADERS,
    page_response,
    page_tag,
    problem_page,
    render_page,
    unchanged_page,
)
from hcpcs_bot.http.query_context import QueryContext

# A procedure code, what looks like a CPT or CDT code, or a modifier; then the ending for JSON: S9353, 99213, RR.json.
CODE_NAME: Final = re.compile(r"([A-Za-z]\d{4}|\d{4}[A-Za-z0-9]|[A-Za-z0-9]{2})(\.json)?", re.ASCII)
_DAY: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})?")
KEY_FIELDS: Final = (
    "short_description",
    "coverage",
    "pricing_indicator_1",
    "betos",
    "type_of_service_1",
    "added_date",
    "termination_date",
)
"""The fields that people look for first, before all the others."""
FACT_QUESTIONS: Final = (
    ("Payment", "how much is {code}{place}"),
    ("Unit limits", "{code} MUE"),
    ("Prior authorization", "does {code} need prior authorization{place}?"),
)
"""What is asked of the companion files, in a state where one is chosen; shown where they state it."""
PREVIEW_CHARACTERS: Final = 200
"""Maximum characters of the description in a link preview."""


def show_code(request: Request, context: QueryContext) -> Response:
    """The page of a code, or its answer as JSON."""
    match = CODE_NAME.fullmatch(request.path_params["name"])
    if match is None:
        return problem_page(404, "There is no such code.", "A code is a letter and four digits; a modifier has two.")
    code = match[1].upper()
    try:
        asked = _read_asked(request)
    except ValueError as error:
        return problem_page(400, "The page can't be shown.", str(error))
    tag = page_tag(context)
    unchanged = unchanged_page(request, tag)
    if unchanged is not None:
        return unchanged
    desk = context.desk()
    # Not a question in words: the modifiers HI and NO are words, too.
    answer = desk.answer(question_about([code], Intent.CARD, asked.day), today=context.today())
    status = 200 if answer.outcome is Outcome.ANSWERED else 404
    if match[2]:
        response = json_response(answer_json(answer), tag if status == 200 else "", status)
        response.headers.update(SECURITY_HEADERS)
        return response
    if not answer.records:
        # A code that isn't there, or a modifier that is made of two letters with a meaning each (ambulance trips).
        values = {"code": code, "known": status == 200, "answer": answer, "source_line": source_line(answer.source)}
        return page_response(render_page("not_found.html", **values), tag if status == 200 else "", status)
    return page_response(_page(request, context, desk, answer, asked), tag)


class _Asked(NamedTuple):
    """The date of service and the state that a page is for; ``None`` for today, and for all states."""

    day: date | None
    area: str | None


def _read_asked(request: Request) -> _Asked:
    """What the address asks for. Raises ``ValueError`` with the sentence that the page says."""
    day, area = (request.query_params.get(name, "").strip() for name in ("as_of", "state"))
    if not _DAY.fullmatch(day):
        raise ValueError("A date of service is written as 2025-03-01.")
    try:
        read_day = date.fromisoformat(day) if day else None
    except ValueError:
        raise ValueError("There is no such day. A date of service is written as 2025-03-01.") from None
    if area and area.upper() not in areas():
        raise ValueError("A state or territory is written by its abbreviation, such as TX.")
    return _Asked(read_day, area.upper() or None)


def _page(request: Request, context: QueryContext, desk: Desk, answer: Answer, asked: _Asked) -> str:
    record = answer.records[0]
    code, today, day = record.code, context.today(), asked.day
    payable = desk.answer(question_about([code], Intent.COVERAGE, day), today=today)
    history = desk.answer(question_about([code], Intent.HISTORY), today=today)
    place = f" in {asked.area}" if asked.area else ""
    stated = [
        (title, desk.ask(text.format(code=code, place=place), today=today, as_of=day)) for title, text in FACT_QUESTIONS
    ]
    other = request.query_params.get("with", "").strip().upper()
    title = answer.headline if is_modifier(code) else f"{code}: {record.value('long_description')}"
    return render_page(
        "code.html",
        code=code,
        modifier=is_modifier(code),
        record=record,
        answer=answer,
        title=title,
        preview=_preview(title, payable),
        address=f"{request.base_url}codes/{code}",
        payable=payable,
        further_notices=[one for one in answer.notices if one not in payable.notices],
        key_fields=[value for name in KEY_FIELDS if (value := record.field(name)).value is not None],
        groups=list(filled_fields(record)),
        blank=[value.label for value in record.fields if value.value is None],
        # A sentence about prior authorization of a modifier would be about something else.
        facts=[] if is_modifier(code) else [(title, one) for title, one in stated if one.facts],
        day=day,
        area=asked.area,
        areas=areas(),
        history=history,
        turns=desk.catalog.history(code),
        other=other,
        comparison=_compare(context, desk, code, other, day),
        source_line=source_line(answer.source),
    )


def _compare(context: QueryContext, desk: Desk, code: str, other: str, day: date | None) -> Answer | None:
    """The comparison with the code that the form names; ``None`` where it names none."""
    match = CODE_NAME.fullmatch(other)
    if match is None or match[2] or other == code:
        return None
    return desk.answer(question_about([code, other], Intent.COMPARE, day), today=context.today())


def _preview(title: str, payable: Answer) -> str:
    """What a link preview says: the description, cut at a word, and Medicare's verdict."""
    words = title if len(title) <= PREVIEW_CHARACTERS else f"{title[:PREVIEW_CHARACTERS].rsplit(' ', 1)[0]} …"
    return f"{words.rstrip('.')}. {payable.headline}" if payable.verdict is not None else words

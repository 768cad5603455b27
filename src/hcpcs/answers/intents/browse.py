"""Which codes are in a range or family? A list in code order."""

from __future__ import annotations

from hcpcs.answers.answer import Draft, Outcome
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.lookup import hit_of
from hcpcs.answers.notices.refusals import starter_notice
from hcpcs.answers.parts.noc_answers import answer_noc_family, answer_noc_list
from hcpcs.search_port import Confidence


def answer_browse(context: AnswerContext) -> Draft:
    """The codes of a range or family, in code order, a page of them."""
    question = context.question
    if not (question.first or question.prefix):
        return answer_noc_family(context) or answer_noc_list(context)
    if question.first and question.last:
        first, last = sorted((question.first, question.last))
        codes = context.catalog.between(first, last)
        name = f"from {first} to {last}"
    else:
        codes = context.catalog.starting(question.prefix or "")
        name = f"that start with {question.prefix}"
    page = codes[context.offset : context.offset + context.limit]
    statements = [statement for code in page if (statement := context.state(code)) is not None]
    total = len(codes)
    if not total:
        return Draft(
            outcome=Outcome.NOT_FOUND,
            headline=f"{context.catalog.newest.label} has no codes {name}.",
            notices=starter_notice(context),
        )
    noun = "code" if total == 1 else "codes"
    return Draft(
        codes=tuple(page),
        headline=f"{total:,} {noun} {name}.",
        hits=tuple(hit_of(statement) for statement in statements),
        total=total,
        offset=context.offset,
        confidence=Confidence.HIGH,
        notices=starter_notice(context),
    )

"""Lists of NOC codes: those of a family, and all."""

from __future__ import annotations

from typing import Final

from hcpcs.answers.answer import Draft
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.answers.lookup import hit_of
from hcpcs.records.families.noc import NOC_RULE
from hcpcs.records.families.noc_families import WELL_KNOWN
from hcpcs.records.record import RecordKind, Statement
from hcpcs.search_port import Confidence

HOSPITAL_DRUGS: Final = "Hospital outpatient departments bill C9399 for a newly approved drug that has no code."
"""Who bills C9399."""


def answer_noc_family(context: AnswerContext) -> Draft | None:
    """The NOC codes of the family that the question names; ``None`` where it asks for none."""
    codes = context.question.noc_codes
    statements = _active(context, codes)
    if not statements:
        return None
    advice = [Evidence(kind=EvidenceKind.NOC, text=NOC_RULE)]
    if "C9399" in codes:
        advice.append(Evidence(kind=EvidenceKind.NOC, text=HOSPITAL_DRUGS, code="C9399"))
    first = statements[0].record
    headline = f"{first.code} ({first.long_description}) is the NOC code."
    if len(statements) > 1:
        others = ", ".join(statement.record.code for statement in statements[1:])
        headline = f"{first.code} ({first.long_description}) is the general NOC code; also {others}."
    return _list(context, statements, headline, tuple(advice))


def answer_noc_list(context: AnswerContext) -> Draft:
    """Every active NOC code, the well-known ones first, a page of them."""
    likely = {*context.catalog.not_otherwise_classified, *context.catalog.dated_codes.worded_noc}
    every = (*WELL_KNOWN, *sorted(likely))
    statements = _active(context, tuple(dict.fromkeys(every)))
    return _list(context, statements, f"{len(statements):,} active NOC codes.", ())


def _active(context: AnswerContext, codes: tuple[str, ...]) -> tuple[Statement, ...]:
    stated = (context.state(code) for code in codes)
    return tuple(
        one
        for one in stated
        if one is not None
        and one.active
        and one.record.kind is RecordKind.PROCEDURE
        and context.catalog.is_not_otherwise_classified(one.record)
    )


def _list(
    context: AnswerContext, statements: tuple[Statement, ...], headline: str, advice: tuple[Evidence, ...]
) -> Draft:
    page = statements[context.offset : context.offset + context.limit]
    return Draft(
        codes=tuple(statement.record.code for statement in page),
        headline=headline,
        evidence=advice,
        hits=tuple(map(hit_of, page)),
        total=len(statements),
        offset=context.offset,
        confidence=Confidence.HIGH,
    )

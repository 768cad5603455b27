"""Lists of NOC codes: those of a family, and all."""

from __future__ import annotations

from typing import Final

from hcpcs.answers.answer import Draft
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.answers.lookup import hit_of
from hcpcs.answers.rendering.sentences import capitalized, join_words
from hcpcs.records.billing.billing_units import UnitSize, unit_size
from hcpcs.records.families.noc import NOC_ADVICE, NOC_RULE
from hcpcs.records.families.noc_families import BY_BODY_PART, WELL_KNOWN
from hcpcs.records.record import RecordKind, Statement
from hcpcs.search_port import Confidence, SearchResult

HOSPITAL_DRUGS: Final = (
    "Hospital outpatient departments bill C9399 for a drug or biological that the FDA newly approved and that has no "
    "code."
)
"""Who bills C9399. Source: Medicare Claims Processing Manual (Pub. 100-04), chapter 17, section 90.3."""
CODE_FIELD: Final = "code"
"""The field of a reason that led to a code by its number, as a table of synonyms names it."""
_NAMES_OF_DRUGS: Final = frozenset({"brand", "generic"})


def answer_noc_family(context: AnswerContext) -> Draft | None:
    """The NOC codes of the family that the question names; ``None`` where it asks for none."""
    codes = context.question.noc_codes
    statements = _active(context, codes)
    if not statements:
        return None
    advice = [Evidence(kind=EvidenceKind.NOC, text=NOC_RULE)]
    first = statements[0].record
    headline = f"{first.code} ({first.long_description}) is the NOC code."
    if first.code == "C9399":
        headline = HOSPITAL_DRUGS
    elif "C9399" in codes:
        advice.append(Evidence(kind=EvidenceKind.NOC, text=HOSPITAL_DRUGS, code="C9399"))
    if len(statements) > 1:
        others = ", ".join(statement.record.code for statement in statements[1:])
        headline = f"{first.code} ({first.long_description}) is the general NOC code; also {others}."
    if codes in BY_BODY_PART:
        each = join_words([f"{one.record.code} ({one.record.long_description})" for one in statements], "or")
        headline = f"The NOC code depends on the part of the body: {each}."
    return _list(context, statements, headline, tuple(advice))


def answer_without_code(context: AnswerContext, result: SearchResult) -> Draft | None:
    """The answer that a drug has no code of its own, if its name leads to a NOC code; ``None`` otherwise."""
    if not result.hits or result.confidence is not Confidence.HIGH:
        return None
    first = result.hits[0]
    named = next((why for why in first.why if why.field == CODE_FIELD and why.rule in _NAMES_OF_DRUGS), None)
    statements = _active(context, (first.code,))
    if named is None or not statements:
        return None
    record = statements[0].record
    # J3301 is Kenalog's own code, though its other forms make it "not otherwise specified": it is billed by the amount.
    if isinstance(unit_size(record.long_description), UnitSize):
        return None
    name = _as_written(context.question.words, named.word)
    return Draft(
        codes=tuple(hit.code for hit in result.hits),
        headline=f"{name} has no HCPCS code of its own: the NOC code is {record.code} ({record.long_description}).",
        evidence=(Evidence(kind=EvidenceKind.NOC, text=NOC_ADVICE, code=record.code),),
        hits=result.hits,
        total=result.total,
        offset=context.offset,
        confidence=result.confidence,
        repairs=result.repairs,
    )


def _as_written(text: str, name: str) -> str:
    """The name of a drug as the question writes it ("GLP1"), with a capital at the beginning of a sentence."""
    place = text.lower().find(name.lower())
    written = text[place : place + len(name)] if place >= 0 else name
    return capitalized(written)


def answer_noc_list(context: AnswerContext) -> Draft:
    """Every active NOC code, the well-known ones first, or those of the prefix that is asked for; a page of them."""
    prefix = context.question.prefix or ""
    likely = {*context.catalog.not_otherwise_classified, *context.catalog.dated_codes.worded_noc}
    every = (one for one in (*WELL_KNOWN, *sorted(likely)) if one.startswith(prefix))
    statements = _active(context, tuple(dict.fromkeys(every)))
    one_only = len(statements) == 1
    counted = f"{len(statements):,}" if statements else "No"
    which = f" that {'starts' if one_only else 'start'} with {prefix}" if prefix else ""
    headline = f"{counted} active NOC {'code' if one_only else 'codes'}{which}."
    return _list(context, statements, headline, ())


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

"""Where to go from a terminated code: its cross-references, and the active codes with the nearest wording."""

from __future__ import annotations

from typing import Final, NamedTuple

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.records.record import Statement, Status
from hcpcs.search_port import Hit

NEAREST_SHOWN: Final = 3


def cross_referenced(context: AnswerContext, statement: Statement) -> tuple[str, ...]:
    """The active codes that the record itself points to."""
    active = []
    for code in statement.record.cross_references:
        target = context.catalog.current(code, context.today)
        if target is not None and target.active:
            active.append(code)
    return tuple(active)


def nearest(context: AnswerContext, statement: Statement) -> tuple[Hit, ...]:
    """The active codes whose descriptions are nearest, best first; only suggestions."""
    record = statement.record
    return context.index.neighbors(record.long_description, excluding=frozenset({record.code}), limit=NEAREST_SHOWN)


class Succession(NamedTuple):
    """Where to go from a terminated code: the codes, best first, and the sentences that say so."""

    codes: tuple[str, ...]
    evidence: tuple[Evidence, ...]


def succession(context: AnswerContext, statement: Statement) -> Succession:
    """Cross-referenced codes first, then the nearest by description, marked as suggestions; none for a live code."""
    if statement.status is not Status.TERMINATED:
        return Succession((), ())
    code = statement.record.code
    facts: list[Evidence] = []
    references = statement.record.cross_references
    if references:
        named = ", ".join(f"{target} (CPT)" if target.isdigit() else target for target in references)
        text = f"The record cross-references {named}."
        facts.append(Evidence(kind=EvidenceKind.SUCCESSOR, text=text, code=code, field="cross_references"))
    hits = nearest(context, statement)
    if hits:
        near = ", ".join(f"{hit.code} ({hit.short_description})" for hit in hits)
        text = f"Active codes with similar descriptions (suggestions only): {near}."
        facts.append(Evidence(kind=EvidenceKind.SUCCESSOR, text=text, code=code))
    codes = (*cross_referenced(context, statement), *(hit.code for hit in hits))
    return Succession(tuple(dict.fromkeys(codes)), tuple(facts))

"""Where to go from a terminated code: its cross-references, and the active codes with the nearest wording."""

from __future__ import annotations

from typing import Final

from hcpcs.answering.inquiry import Inquiry
from hcpcs.answers import Evidence
from hcpcs.records import Statement

NEAREST_SHOWN: Final = 3


def cross_referenced(inquiry: Inquiry, statement: Statement) -> tuple[str, ...]:
    """The active codes that the record itself points to."""
    found = []
    for code in statement.record.cross_references:
        target = inquiry.catalog.current(code, inquiry.today)
        if target is not None and target.active:
            found.append(code)
    return tuple(found)


def nearest(inquiry: Inquiry, statement: Statement) -> tuple[str, ...]:
    """The active codes whose descriptions are nearest, best first; only suggestions."""
    record = statement.record
    hits = inquiry.index.neighbours(record.long_description, excluding=frozenset({record.code}), limit=NEAREST_SHOWN)
    return tuple(hit.code for hit in hits)


def successors(inquiry: Inquiry, statement: Statement) -> tuple[str, ...]:
    """Cross-referenced codes first, then the nearest by description."""
    return tuple(dict.fromkeys(cross_referenced(inquiry, statement) + nearest(inquiry, statement)))


def successor_evidence(inquiry: Inquiry, statement: Statement) -> list[Evidence]:
    """One sentence on the record's own references and one on the suggestions, where there are any."""
    code = statement.record.code
    facts: list[Evidence] = []
    if statement.record.cross_references:
        named = ", ".join(statement.record.cross_references)
        facts.append(Evidence(text=f"The record points to {named}.", code=code, field="cross_references"))
    near = []
    for candidate in nearest(inquiry, statement):
        target = inquiry.catalog.current(candidate, inquiry.today)
        if target is not None:
            near.append(f"{candidate} ({target.record.short_description})")
    if near:
        facts.append(Evidence(text=f"Suggestion only, nearest active descriptions: {', '.join(near)}.", code=code))
    return facts

"""What a biller acts on in a record, in a few lines: how it is priced, since when it is in force, where its rules are.

Blank values and those that mean "not applicable" are not here; the full record has them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hcpcs.answers.answer import RecordView
from hcpcs.records.manuals.coverage_manual import REMOVED, ncd_section
from hcpcs.records.record import RecordKind, Status
from hcpcs_bot.slack.cards.parts.facts import CardFact
from hcpcs_bot.slack.cards.records.field_text import short_meaning

EXCLUDED_BY_STATUTE: Final = "S"
"""The coverage code of what a statute excludes; elsewhere the statute says how a code is paid."""
_MEMBERS: Final = 4
"""Maximum pricing indicators of a record."""


def code_facts(record: RecordView) -> list[CardFact]:
    """The facts of one record, in the order in which a biller needs them."""
    return [*_pricing(record), *_in_force(record), *_references(record)]


def price_method(record: RecordView) -> str:
    """``Capped rental DME (36)``: each pricing indicator with the start of its meaning; blank for none."""
    indicators = [record.field(f"pricing_indicator_{number}") for number in range(1, _MEMBERS + 1)]
    return "; ".join(f"{short_meaning(one.meaning) or one.label} ({one.value})" for one in indicators if one.value)


def in_force(record: RecordView) -> str:
    """``since January 1, 1988``, ``January 1, 1990 to December 31, 2021``; blank where no date is stated."""
    added, ended = record.field("added_date").meaning, record.field("termination_date").meaning
    if ended:
        return f"{added} to {ended}" if added else f"until {ended}"
    if not added:
        return ""
    return f"from {added}" if record.status is Status.NOT_YET else f"since {added}"


def coverage_rules(record: RecordView) -> str:
    """``NCD 240.4``: the sections of the NCD Manual that the record cites; blank for none."""
    cited = record.value("cim_references").split(", ")
    sections = dict.fromkeys(filter(None, map(ncd_section, cited)))
    names = [f"{section} (removed {REMOVED[section]})" if section in REMOVED else section for section in sections]
    return f"NCD {', '.join(names)}" if names else ""


def _pricing(record: RecordView) -> Iterator[CardFact]:
    if record.kind is RecordKind.PROCEDURE and (method := price_method(record)):
        yield CardFact("Priced", method)


def _in_force(record: RecordView) -> Iterator[CardFact]:
    dates = in_force(record)
    if dates:
        yield CardFact("In force", dates)


def _references(record: RecordView) -> Iterator[CardFact]:
    rules = coverage_rules(record)
    if rules:
        cited = record.value("cim_references")
        yield CardFact("Coverage rules", f"{rules}, Pub. 100-03 (cited as CIM {cited})")
    if record.value("coverage") == EXCLUDED_BY_STATUTE and record.value("statute"):
        yield CardFact("Statute", record.value("statute"))
    if record.value("cross_references") and record.status is not Status.TERMINATED:
        yield CardFact("See also", record.value("cross_references"))

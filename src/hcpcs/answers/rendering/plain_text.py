"""An answer in plain text: what a terminal prints and a screen reader reads, whole and in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from hcpcs.answers.answer import Draft, Outcome, RecordView, Source
from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.answers.parts.change_text import change_sentence
from hcpcs.questions.question import Intent
from hcpcs.records.contacts import contact_summary
from hcpcs.records.fields import FIELD_BY_NAME, FIELDS, FieldGroup, FieldValue, long_date
from hcpcs.search_port import Hit

TRY: Final = "Try: E0601 · is S9353 payable by Medicare? · insulin pump"
"""Three examples of what to ask, where nothing was asked."""
SHORT_REPLY: Final = 20
"""Maximum characters of a reply that stands alone: "You're welcome.", "Goodbye."."""
CARD_INTENTS: Final = frozenset({Intent.CARD})
"""The intents whose answers show every field of the records."""
OUTDATED: Final = "CMS publishes quarterly"
"""What a source line says where a newer release must exist that isn't loaded."""
_GROUP_OF: Final = {spec.name: spec.group for spec in FIELDS}
_IN_HEADLINE: Final = frozenset({"code", "kind", "long_description"})


def is_applicable(value: FieldValue) -> bool:
    """Whether a field says something of its code: not blank, and not that the field does not apply (0 base units).

    That CMS changed nothing (action code N) is a fact.
    """
    if value.value is None:
        return False
    return value.name == "action_code" or value.value not in FIELD_BY_NAME[value.name].uninformative


def filled_fields(record: RecordView) -> Iterator[tuple[FieldGroup, list[FieldValue]]]:
    """The fields of a record that are not blank and not in its headline, by group; no group is empty."""
    groups: dict[FieldGroup, list[FieldValue]] = {group: [] for group in FieldGroup}
    for value in record.fields:
        if value.value is not None and value.name not in _IN_HEADLINE:
            groups[_GROUP_OF[value.name]].append(value)
    for group, filled in groups.items():
        if filled:
            yield group, filled


def field_lines(record: RecordView) -> Iterator[str]:
    """The fields of a record that apply to it as ``Label: value (meaning)``, one per line, below their group's name."""
    for group, filled in filled_fields(record):
        applicable = [value for value in filled if is_applicable(value)]
        if applicable:
            yield f"{group.value}:"
        for value in applicable:
            yield f"  {value.label}: {value.text}"


def hit_line(number: int, hit: Hit) -> str:
    """One hit of a list: ``1. S9353  Hit cont insulin diem``, and the reason where its words don't show it."""
    ended = f" {hit.status_note}" if hit.status_note else ""
    because = f" [{hit.reason}]" if hit.reason else ""
    return f"{number}. {hit.code}{ended}  {hit.short_description or hit.long_description}{because}"


def source_line(source: Source) -> str:
    """``Source: HCPCS October 2025 (digest 0123456789ab), as of November 21, 2026; CMS publishes quarterly.``"""
    age = f"; {OUTDATED}" if source.outdated else ""
    return f"Source: {source.release} (digest {source.digest[:12]}), as of {long_date(source.day)}{age}."


def own_day(record: RecordView, beside: Iterable[RecordView]) -> str:
    """`` on March 15, 2024`` where the records of an answer are for different days; blank where for one."""
    return "" if {one.source.day for one in beside} == {record.source.day} else f" on {long_date(record.source.day)}"


def fact_lines(facts: Iterable[Evidence]) -> Iterable[str]:
    """The facts, one per line; the fields that prove an answer on one code are in one line."""
    for (kind, label, _), group in groupby(facts, lambda fact: (fact.kind, fact.label, fact.code)):
        if kind is EvidenceKind.PROOF:
            yield (f"{label}: " if label else "") + " ".join(fact.text for fact in group)
        else:
            yield from (fact.sentence for fact in group)


def is_plain_reply(intent: Intent, draft: Draft) -> bool:
    """Whether an answer is a reply to what asks for nothing or was not understood."""
    return not draft.evidence and (intent is Intent.HELP or draft.outcome is Outcome.NOT_UNDERSTOOD)


def example_lines(draft: Draft) -> list[str]:
    """A line of three examples below a reply; none below "You're welcome." and "Goodbye."."""
    if draft.outcome is not Outcome.NOT_UNDERSTOOD and len(draft.headline) <= SHORT_REPLY:
        return []
    return [TRY]


def render(intent: Intent, draft: Draft, source: Source) -> str:
    """The whole answer as lines of plain text."""
    if is_plain_reply(intent, draft):
        return "\n".join([draft.headline, *example_lines(draft)])
    lines = [draft.headline]
    lines += fact_lines(draft.evidence)
    if intent in CARD_INTENTS:
        for record in draft.records:
            if len(draft.records) > 1:
                lines += ["", f"{record.code}{own_day(record, draft.records)}: {record.value('long_description')}"]
            lines += field_lines(record)
    for definition in draft.definitions:
        if definition.in_headline:
            continue
        form = f" Format: {definition.form}." if definition.form else ""
        lines.append(f"{definition.label}: {definition.text}{form}")
    lines += [hit_line(number, hit) for number, hit in enumerate(draft.hits, draft.offset + 1)]
    lines += [change_sentence(change) for change in draft.changes]
    lines += [
        f"{entry.first_release}"
        + (f" to {entry.last_release}" if entry.last_release != entry.first_release else "")
        + f": {entry.short_description}; {entry.text}"
        for entry in draft.timeline
    ]
    shown = draft.offset + max(len(draft.hits), len(draft.changes))
    if draft.total > shown:
        lines.append(f"Showing {draft.offset + 1} to {shown} of {draft.total}.")
    lines += [notice.text for notice in draft.notices]
    lines.append(source_line(source))
    if intent is not Intent.CONTACT:
        lines += contact_summary(draft.contacts)
    return "\n".join(lines)

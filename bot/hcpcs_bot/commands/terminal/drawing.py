"""Answers as a person reads them in a terminal: headline, proof, fields in groups, source.

Color and weight only repeat what the words say. User and data text never passes through rich's markup.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hcpcs.answers.answer import Answer, Comparison, Outcome, RecordView, Source
from hcpcs.answers.evidence import EvidenceKind
from hcpcs.answers.parts.change_text import change_sentence
from hcpcs.answers.rendering.plain_text import (
    CARD_INTENTS,
    example_lines,
    filled_fields,
    is_applicable,
    is_plain_reply,
    own_day,
    source_line,
)
from hcpcs.questions.question import Intent
from hcpcs.records.contacts import contact_summary
from hcpcs.search_port import Hit, SearchResult

_BESIDE_A_TABLE: Final = frozenset({EvidenceKind.WORD_DIFF, EvidenceKind.AGREEMENT})
"""Facts that are shown under the table of a comparison, which doesn't have them."""


def draw_answer(answer: Answer) -> RenderableType:
    """An answer of any intent."""
    style = "bold" if answer.outcome is Outcome.ANSWERED else "bold yellow"
    parts: list[RenderableType] = [Text(answer.headline, style=style), Text()]
    if is_plain_reply(answer.intent, answer):
        return Group(parts[0], *map(Text, example_lines(answer)))
    facts = answer.evidence
    if answer.comparison is None:
        parts += [Padding(Text(fact.sentence), (0, 0, 0, 2)) for fact in facts]
    else:
        parts += [draw_comparison(answer.comparison), Text()]
        parts += [Text(fact.sentence) for fact in facts if fact.kind in _BESIDE_A_TABLE]
    if answer.intent in CARD_INTENTS:
        for record in answer.records:
            parts.append(draw_record(record, titled=len(answer.records) > 1, day=own_day(record, answer.records)))
    for definition in answer.definitions:
        if definition.in_headline:
            continue
        text = Text.assemble((definition.label, "bold"), f": {definition.text}")
        if definition.form:
            text.append(f" Format: {definition.form}.")
        parts.append(Padding(text, (0, 0, 0, 2)))
    if answer.hits:
        parts.append(draw_hits(answer.hits, answer.offset))
    parts += [Padding(Text(change_sentence(change)), (0, 0, 0, 2)) for change in answer.changes]
    parts += [
        Padding(
            Text.assemble((f"{entry.first_release} to {entry.last_release}", "bold"), f": {entry.text}"),
            (0, 0, 0, 2),
        )
        for entry in answer.timeline
    ]
    shown = answer.offset + max(len(answer.hits), len(answer.changes))
    if answer.total > shown:
        parts.append(Text(f"Showing {answer.offset + 1} to {shown} of {answer.total}.", style="dim"))
    parts += [Text(), *(Text(notice.text) for notice in answer.notices)]
    parts.append(draw_source(answer.source))
    if answer.intent is not Intent.CONTACT:
        parts += [Text(line, style="dim") for line in contact_summary(answer.contacts)]
    return Group(*parts)


def draw_source(source: Source) -> Text:
    """The release that proves what is above, and its age."""
    return Text(source_line(source), style="dim")


def draw_record(record: RecordView, *, titled: bool = True, day: str = "") -> RenderableType:
    """The fields of a record that apply to it, group by group; ``day`` is what follows its code (" on May 1, 2024")."""
    table = Table(box=None, show_header=False, padding=(0, 1, 0, 2), pad_edge=False)
    table.add_column(style="dim", width=27)
    table.add_column(overflow="fold")
    for group, filled in filled_fields(record):
        table.add_row(Text(group.value, style="bold not dim"), "")
        for value in filter(is_applicable, filled):
            table.add_row(Text(value.label), Text(f"{value.stated}  {value.explanation}".rstrip()))
    if not titled:
        return Group(Text(), table)
    title = Text.assemble((f"{record.code}{day}", "bold"), f": {record.value('long_description')}")
    return Group(Text(), title, table)


def draw_hits(hits: Iterable[Hit], offset: int = 0) -> RenderableType:
    """Hits as a numbered list, each with its reason where its words don't show it."""
    table = Table(box=None, show_header=False, padding=(0, 1), pad_edge=False)
    table.add_column(justify="right", style="dim")
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for number, hit in enumerate(hits, offset + 1):
        description = Text(hit.long_description or hit.short_description)
        description.truncate(160, overflow="ellipsis")
        if not hit.active:
            description = Text.assemble((f"{hit.status_note} ", "yellow"), description)
        if hit.reason:
            description.append(f"\n{hit.reason}", style="dim")
        table.add_row(str(number), hit.code, description)
    return table


def draw_search(result: SearchResult, source: Source) -> RenderableType:
    """A search result with its corrected words, the code families to browse where nothing fits well, and its source."""
    parts: list[RenderableType] = []
    parts += [Text(f'Showing results for "{r.searched}" instead of "{r.written}".') for r in result.repairs]
    noun = "match" if result.total == 1 else "matches"
    parts.append(Text(f"{result.total:,} {noun}.", style="bold"))
    parts.append(draw_hits(result.hits))
    parts += [Text(f"Browse {family.prefix}*: {family.label}", style="dim") for family in result.families]
    parts.append(draw_source(source))
    return Group(*parts)


def draw_comparison(comparison: Comparison) -> RenderableType:
    """The fields in which codes differ, side by side."""
    table = Table(box=None, padding=(0, 1), pad_edge=False)
    table.add_column("Field", style="dim")
    for code in comparison.codes:
        table.add_column(code, overflow="fold")
    for row in comparison.rows:
        if row.differs:
            table.add_row(Text(row.label), *(Text(value or "blank") for value in row.values))
    return table

"""Every code of a pasted message in one table: code, short description, Medicare's verdict, status, and flags.

Codes of other systems and codes in no release have rows too; they are named and not described.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from hcpcs.answers.answer import Answer, RecordView, Verdict
from hcpcs.answers.evidence import Evidence, EvidenceKind, NoticeKind
from hcpcs.questions.recognizers.modifiers.modifier_words import is_cpt
from hcpcs.records.codes import CodeMention, CodeSystem, is_modifier
from hcpcs.records.modifiers.ambulance_points import transport_of
from hcpcs.records.record import RecordKind, Status
from hcpcs_bot.slack.blockkit.blocks import (
    Block,
    Element,
    bold_cell,
    bullets,
    cell,
    line,
    note,
    rich,
    section,
    table,
    words,
)
from hcpcs_bot.slack.blockkit.mrkdwn import clip, escape
from hcpcs_bot.slack.cards.parts.facts import merge_facts
from hcpcs_bot.slack.cards.parts.frame import Card, frame, headline
from hcpcs_bot.slack.cards.parts.target import CardTarget
from hcpcs_bot.slack.cards.parts.verdict import brief_verdict, verdict_sign
from hcpcs_bot.slack.cards.records.several import record_select

ROWS_SHOWN: Final = 60
"""Maximum rows of the table."""
PARAGRAPHS_SHOWN: Final = 30
"""Maximum codes where Slack takes no table and each is a paragraph."""
CELL: Final = 70
"""Maximum characters of a cell."""
OTHERS_SHOWN: Final = 15
"""Maximum facts below the table."""
OTHER_TEXT: Final = 300
"""Maximum characters of such a fact."""
REST_TEXT: Final = 900
"""Maximum characters of the note of codes that have no row."""
_ROWS_OF_THEIR_OWN: Final = frozenset({NoticeKind.MISSING, NoticeKind.FOREIGN})
"""Notices about codes that the table has rows for."""
_OURS: Final = frozenset({CodeSystem.HCPCS, CodeSystem.MODIFIER})


class Row(NamedTuple):
    """One code of a decoded message, as the table shows it."""

    code: str
    described: str
    medicare: str
    status: str
    flags: str


HEAD: Final = Row("Code", "Short description", "Medicare", "Status", "Flags")


def flags(record: RecordView) -> str:
    """What a biller must check beside the verdict: terminated, not yet in effect, NOC; a dash for nothing."""
    texts = []
    if record.status is Status.TERMINATED:
        texts.append("🛑 terminated")
    if record.status is Status.NOT_YET:
        texts.append("🕒 not yet in effect")
    if record.not_otherwise_classified:
        texts.append("📋 NOC: describe it")
    return ", ".join(texts) or "—"


def record_row(record: RecordView) -> Row:
    """The row of a code that the release states."""
    return Row(
        f"{record.code} (modifier)" if record.kind is RecordKind.MODIFIER else record.code,
        record.value("short_description") or record.value("long_description"),
        f"{verdict_sign(record)} {brief_verdict(record)}".strip(),
        "Active" if record.status is Status.ACTUAL else record.status.value,
        flags(record),
    )


def mention_row(code: str, system: CodeSystem) -> Row:
    """The row of a code without a record: of another system, or in no release."""
    if system in _OURS:
        return Row(code, "not in this release", "unknown", "unknown", "🔍 not found")
    kind = " modifier" if is_modifier(code) else ""
    return Row(code, f"looks like {system.value}{kind}", "unknown", "unknown", "↪️ not HCPCS")


def _modifier_row(mention: CodeMention, modifier: str) -> Row:
    """The row of a modifier without a record: the route of an ambulance, CPT's, or in no release."""
    route = transport_of(modifier) if modifier == mention.transport else None
    if route is not None:
        return Row(modifier, f"{route.origin} to {route.destination}", "—", "—", "🚑 origin and destination")
    ours = mention.system in _OURS and not is_cpt(modifier)
    return mention_row(modifier, CodeSystem.MODIFIER if ours else CodeSystem.CPT)


def rows_of(answer: Answer) -> list[Row]:
    """The rows of a decoded message: records first, then the others, each once."""
    stated = {record.code for record in answer.records}
    others: dict[str, Row] = {}
    for mention in answer.mentions:
        others[mention.code] = mention_row(mention.code, mention.system)
        others |= {modifier: _modifier_row(mention, modifier) for modifier in mention.modifiers}
    return [*map(record_row, answer.records), *(row for code, row in others.items() if code not in stated)]


def draw_decode(answer: Answer, target: CardTarget) -> Card:
    """The table of the codes of ``answer``, and below it what to check."""
    body: list[Block] = headline(answer.headline)
    rows = rows_of(answer)
    shown = rows[: ROWS_SHOWN if target.tables else PARAGRAPHS_SHOWN]
    if shown and target.tables:
        body.append(_table(shown))
    else:
        body += map(_paragraph, shown)
    if len(rows) > len(shown):
        body.append(note(clip(f"Also found: {', '.join(row.code for row in rows[len(shown) :])}", REST_TEXT)))
    others = list(merge_facts(fact for fact in answer.evidence if not _in_table(fact, answer.records)))
    if others:
        facts = (line(words(clip(text, OTHER_TEXT))) for text in others[:OTHERS_SHOWN])
        body.append(rich(line(words("Check these", bold=True)), bullets(facts)))
    notices = tuple(notice for notice in answer.notices if notice.kind not in _ROWS_OF_THEIR_OWN)
    answer = answer.model_copy(update={"notices": notices})
    return frame(answer, target, body, record_select(answer, target))


def _in_table(fact: Evidence, records: Iterable[RecordView]) -> bool:
    """Whether the table already states the fact: a code of another system, or that a code is not payable."""
    if fact.kind is EvidenceKind.FOREIGN:
        return True
    return fact.kind is EvidenceKind.VERDICT and any(
        record.code == fact.code and record.verdict is Verdict.NOT_PAYABLE for record in records
    )


def _table(rows: list[Row]) -> Block:
    drawn: list[list[Element]] = [[bold_cell(text) for text in HEAD]]
    for row in rows:
        first, *rest = row
        drawn.append([bold_cell(first), *(cell(clip(text, CELL)) for text in rest)])
    return table(drawn, [False, True, True, False, True])


def _paragraph(row: Row) -> Block:
    details = escape(f"{row.medicare} · {row.status} · flags: {row.flags}")
    return section(f"*{escape(row.code)}*  {escape(clip(row.described, CELL))}\n{details}")

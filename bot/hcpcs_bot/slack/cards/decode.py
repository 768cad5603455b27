"""Every code of a pasted message in one table: code, short description, Medicare's verdict, status, and flags."""

from __future__ import annotations

from typing import Final

from hcpcs.answers import Answer, RecordView, Verdict
from hcpcs.records import RecordKind, Status
from hcpcs_bot.slack.blocks import (
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
from hcpcs_bot.slack.cards.facts import headline
from hcpcs_bot.slack.cards.frame import Card, Stage, ask_button, frame, question_for, short
from hcpcs_bot.slack.cards.verdict import brief_verdict
from hcpcs_bot.slack.mrkdwn import clip, escape

ROWS_SHOWN: Final = 60
CELL: Final = 70
OPENERS: Final = 5
OTHERS_SHOWN: Final = 15
OTHER_TEXT: Final = 300


def flags(record: RecordView) -> str:
    """What a biller must notice: ended, not yet, not payable, not otherwise classified; ``none`` where nothing."""
    told = []
    if record.status is Status.TERMINATED:
        told.append("🛑 terminated")
    if record.status is Status.NOT_YET:
        told.append("🕒 not yet in effect")
    if record.verdict is Verdict.NOT_PAYABLE:
        told.append("⛔ not payable")
    if record.not_otherwise_classified:
        told.append("📋 NOC: describe it")
    return ", ".join(told) or "none"


def draw_decode(answer: Answer, stage: Stage) -> Card:
    """The table of the records of ``answer``, and below it what looked like a code and is none of HCPCS."""
    body: list[Block] = headline(answer.headline)
    records = answer.records[:ROWS_SHOWN]
    if records and stage.tables:
        body.append(_table(records))
    elif records:
        body += [section(_paragraph(record)) for record in records[:30]]
    if len(answer.records) > len(records):
        rest = ", ".join(record.code for record in answer.records[len(records) :])
        body.append(note(clip(f"And further: {rest}", 900)))
    others = [fact.text for fact in answer.evidence]
    if others:
        told = (line(words(clip(text, OTHER_TEXT))) for text in others[:OTHERS_SHOWN])
        body.append(rich(line(words("What to look out for", bold=True)), bullets(told)))
    openers = [
        ask_button(f"Open {record.code}", question_for(record.code, record.source, stage), stage, f"decoded-{n}")
        for n, record in enumerate(answer.records[:OPENERS])
    ]
    return frame(answer, stage, body, [element for element in openers if element is not None])


def _status(record: RecordView) -> str:
    return "In use" if record.status is Status.ACTUAL else record.status.value


def _name(record: RecordView) -> str:
    return f"{record.code} (modifier)" if record.kind is RecordKind.MODIFIER else record.code


def _described(record: RecordView) -> str:
    return record.value("short_description") or record.value("long_description")


def _table(records: tuple[RecordView, ...]) -> Block:
    head = ("Code", "Short description", "Medicare", "Status", "Flags")
    rows: list[list[Element]] = [[bold_cell(text) for text in head]]
    for record in records:
        texts = (_described(record), brief_verdict(record), _status(record), flags(record))
        rows.append([bold_cell(_name(record)), *(cell(clip(text, CELL)) for text in texts)])
    return table(rows, [False, True, True, False, True])


def _paragraph(record: RecordView) -> str:
    told = (
        f"*{escape(_name(record))}*  {short(_described(record), CELL)}",
        escape(f"{brief_verdict(record)} · {_status(record)} · flags: {flags(record)}"),
    )
    return "\n".join(told)

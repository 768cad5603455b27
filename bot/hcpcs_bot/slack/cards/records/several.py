"""Several codes at once: one short card each, with a button that opens the full one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hcpcs.answers.answer import Answer, RecordView
from hcpcs.records.record import RecordKind
from hcpcs_bot.slack.blockkit.blocks import Block, button, header, note, section
from hcpcs_bot.slack.blockkit.mrkdwn import clip, escape
from hcpcs_bot.slack.cards.parts.buttons import ActionId, open_button
from hcpcs_bot.slack.cards.parts.frame import Card, frame, short
from hcpcs_bot.slack.cards.parts.target import CardTarget
from hcpcs_bot.slack.cards.parts.verdict import verdict_line
from hcpcs_bot.slack.cards.records.card import stated_value
from hcpcs_bot.slack.ids import ButtonState, code_question

RECORDS_SHOWN: Final = 15
DESCRIPTION_SHOWN: Final = 300
HEADER_CODES: Final = 120
_BRIEF_FIELDS: Final = ("pricing_indicator_1", "betos", "type_of_service_1", "added_date", "termination_date")


def draw_several(answer: Answer, target: CardTarget) -> Card:
    """The records of ``answer`` as short cards."""
    body: list[Block] = [header(clip(" · ".join(record.code for record in answer.records), HEADER_CODES))]
    body += brief_records(answer.records, target)
    controls = []
    if len(answer.records) == 2 and target.controls:
        question = f"compare {code_question(answer.records[0].code)} and {code_question(answer.records[1].code)}"
        value = ButtonState(question, target.today).pack()
        if value is not None:
            controls.append(button("Compare the two", ActionId.OPEN.at("compare"), value))
    return frame(answer, target, body, controls)


def brief_records(records: Sequence[RecordView], target: CardTarget) -> list[Block]:
    """Each record as a paragraph: verdict, description, and the fields asked for most often."""
    blocks: list[Block] = []
    for number, record in enumerate(records[:RECORDS_SHOWN]):
        name = f"Modifier {record.code}" if record.kind is RecordKind.MODIFIER else record.code
        lines = [
            f"*{escape(name)}*  {escape(verdict_line(record))}".rstrip(),
            short(record.value("long_description"), DESCRIPTION_SHOWN),
        ]
        opener = open_button(record.code, record.source, target, f"record-{number}")
        blocks.append(section("\n".join(lines), opener))
        stated = [
            f"{field.label}: {stated_value(field)}"
            for name in _BRIEF_FIELDS
            if (field := record.field(name)).value is not None
        ]
        if stated:
            blocks.append(note(" · ".join(stated)))
    left = records[RECORDS_SHOWN:]
    if left:
        rest = clip(", ".join(record.code for record in left), 600)
        blocks.append(note(f"And {len(left)} more; ask for fewer at a time: {rest}"))
    return blocks

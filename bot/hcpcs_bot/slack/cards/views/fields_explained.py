"""The fields of a record explained one by one, for a modal: the value, its meaning, and the definition of the field."""

from __future__ import annotations

from typing import Final

from hcpcs.answers.answer import RecordView
from hcpcs.records.fields import FIELDS, FieldGroup
from hcpcs_bot.slack.blockkit.blocks import Block, divider, header, line, note, rich, words
from hcpcs_bot.slack.blockkit.mrkdwn import clip
from hcpcs_bot.slack.cards.parts.frame import source_name

STATED: Final = 320
MEANT: Final = 700
PARAGRAPH: Final = 2_500


def draw_fields(record: RecordView) -> list[Block]:
    """Every field of ``record``, blank ones too, group by group."""
    blocks: list[Block] = [header(f"{record.code}, field by field")]
    for group in FieldGroup:
        blocks.append(divider())
        lines = [line(words(group.value.upper(), bold=True))]
        for spec in FIELDS:
            if spec.group is not group:
                continue
            stated = record.field(spec.name)
            value = clip(stated.value, STATED) if stated.value else "blank"
            meaning = f" · {clip(stated.meaning, MEANT)}" if stated.meaning else ""
            lines += [
                line(words(f"\n{spec.label}: ", bold=True), words(f"{value}{meaning}")),
                line(words(f"{spec.definition} Format: {spec.form}.", italic=True)),
            ]
        blocks.append(rich(*lines))
    blocks.append(note(f"Source: {source_name(record.source)}"))
    return blocks


def draw_description(record: RecordView) -> list[Block]:
    """The whole long description of ``record``."""
    text = record.value("long_description")
    return [
        header(f"{record.code}, in full"),
        *(rich(line(words(part))) for part in paragraphs(text)),
        note(f"Source: {source_name(record.source)}"),
    ]


def paragraphs(text: str) -> list[str]:
    """A text in pieces of at most ``PARAGRAPH`` characters, cut between words where there are any."""
    parts: list[str] = []
    rest = text
    while len(rest) > PARAGRAPH:
        cut = rest.rfind(" ", 1, PARAGRAPH)
        cut = cut if cut > 0 else PARAGRAPH
        parts.append(rest[:cut])
        rest = rest[cut:].lstrip()
    return [*parts, rest or "(no description)"]

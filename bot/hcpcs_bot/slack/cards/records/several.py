"""Several codes at once: one sentence where they share a verdict, and a table with a row for each code."""

from __future__ import annotations

from typing import Final

from hcpcs.answers.answer import Answer, RecordView
from hcpcs.answers.evidence import EvidenceKind
from hcpcs.records.fields import long_date
from hcpcs_bot.slack.blockkit.blocks import (
    Block,
    Element,
    button,
    header,
    line,
    rich,
    section,
    words,
)
from hcpcs_bot.slack.blockkit.mrkdwn import clip, clip_middle, escape
from hcpcs_bot.slack.cards.parts.buttons import ActionId, CodeChoice, open_select, question_for
from hcpcs_bot.slack.cards.parts.code_table import TableRow, code_table
from hcpcs_bot.slack.cards.parts.facts import evidence_lines, merge_facts
from hcpcs_bot.slack.cards.parts.frame import Card, frame
from hcpcs_bot.slack.cards.parts.target import CardTarget
from hcpcs_bot.slack.cards.parts.team_notes import team_notes
from hcpcs_bot.slack.cards.parts.titles import record_name, short_description, with_acronyms
from hcpcs_bot.slack.cards.parts.verdict import brief_verdict, shared_verdict, verdict_sign
from hcpcs_bot.slack.cards.records.card import opening
from hcpcs_bot.slack.cards.records.code_facts import coverage_rules, in_force, price_method
from hcpcs_bot.slack.ids import ButtonState, code_question

DESCRIPTION_SHOWN: Final = 120
"""Maximum characters of a description in a row."""
HEADER_CODES: Final = 120
"""Maximum characters of the codes in the large line."""
CHOICE_SHOWN: Final = 60
"""Maximum characters of a description in the select."""
_SHOWN_APART: Final = frozenset({EvidenceKind.VERDICT, EvidenceKind.DESCRIPTION, EvidenceKind.CLAIM_LINE})
"""Facts that the row of a code already states, or the lines above the table."""


def draw_several(answer: Answer, target: CardTarget) -> Card:
    """The records of ``answer``, a row each; of origins and destinations without a record, what they say."""
    records = answer.records
    codes = [record.code for record in records] or answer.codes
    body: list[Block] = [header(clip(" · ".join(codes), HEADER_CODES))]
    body += opening(answer)
    days = {record.source.day for record in records}
    on_the_day = f"On {long_date(min(days))}" if len(days) == 1 and days != {target.today} else ""
    if shared := ": ".join(filter(None, (on_the_day, shared_verdict(records)))):
        body.append(section(f"*{escape(shared)}*"))
    rows = [TableRow(record_name(record), _about(record), verdict=True) for record in records]
    body += code_table(("Code", "Medicare, description, price and dates"), rows, target)
    facts = [fact for fact in answer.evidence if fact.kind not in _SHOWN_APART]
    checks = [fact.model_copy(update={"label": fact.code or ""}) for fact in facts if fact.kind is EvidenceKind.NOC]
    lines = evidence_lines(fact for fact in facts if fact.kind is not EvidenceKind.NOC)
    lines += [line(words(text)) for text in merge_facts(checks)]
    if lines:
        body.append(rich(*lines))
    body += team_notes(target)
    controls = record_select(answer, target)
    if len(records) == 2 and target.controls:
        question = f"compare {code_question(records[0].code)} and {code_question(records[1].code)}"
        value = ButtonState(question, target.today).pack()
        if value is not None:
            controls.append(button("Compare the two", ActionId.OPEN.at("compare"), value))
    return frame(answer, target, body, controls)


def coverage_table(answer: Answer, target: CardTarget) -> list[Block]:
    """Medicare's verdict on each record of ``answer``, with the coverage code or date that proves it, and its rules."""
    rows = [
        TableRow(
            record_name(record),
            _filled(_medicare(record), description_of(record), coverage_rules(record)),
            verdict=True,
        )
        for record in answer.records
    ]
    return code_table(("Code", "Medicare, description and coverage rules"), rows, target)


def record_select(answer: Answer, target: CardTarget) -> list[Element]:
    """A select that opens the card of one of the records of ``answer``."""
    choices = (
        CodeChoice(
            f"{record.code} · {short_description(record.value('long_description'), CHOICE_SHOWN)}",
            question_for(record.code, record.source, target),
        )
        for record in answer.records
    )
    return open_select(choices, target, "records")


def _about(record: RecordView) -> tuple[str, ...]:
    dates = in_force(record)
    return _filled(
        _medicare(record),
        description_of(record),
        " · ".join(filter(None, (price_method(record), f"in force {dates}" if dates else ""))),
    )


def _filled(*texts: str) -> tuple[str, ...]:
    return tuple(filter(None, texts))


def description_of(record: RecordView, limit: int = DESCRIPTION_SHOWN) -> str:
    """The long description in at most ``limit`` characters, its end included."""
    return clip_middle(with_acronyms(record.value("long_description")), limit)


def _medicare(record: RecordView) -> str:
    return f"{verdict_sign(record)} {brief_verdict(record)}".strip()

"""What changed between releases: a page of changes, one per line, with a button that opens the code."""

from __future__ import annotations

from typing import Final

from hcpcs.answers.answer import Answer
from hcpcs.answers.parts.change_text import after_code
from hcpcs.catalog.changes import Change
from hcpcs.records.change_kinds import change_kinds
from hcpcs_bot.slack.blockkit.blocks import Block, note, section
from hcpcs_bot.slack.blockkit.mrkdwn import escape
from hcpcs_bot.slack.cards.parts.buttons import open_button
from hcpcs_bot.slack.cards.parts.frame import Card, frame, headline, short
from hcpcs_bot.slack.cards.parts.paging import paging
from hcpcs_bot.slack.cards.parts.target import CardTarget

CHANGE_SHOWN: Final = 420


def draw_changes(answer: Answer, target: CardTarget) -> Card:
    """The page of changes of ``answer``."""
    body: list[Block] = headline(answer.headline)
    for number, change in enumerate(answer.changes, answer.offset + 1):
        opener = open_button(change.code, answer.source, target, number)
        body.append(section(f"*{number}.* {change_kinds()[change.kind].sign} {_line(change)}", opener))
    if answer.changes:
        last = answer.offset + len(answer.changes)
        body.append(note(f"{answer.offset + 1} to {last} of {answer.total}"))
    return frame(answer, target, body, paging(answer, target, len(answer.changes)), contact=False)


def _line(change: Change) -> str:
    return f"*{escape(change.code)}*{short(after_code(change), CHANGE_SHOWN)}"

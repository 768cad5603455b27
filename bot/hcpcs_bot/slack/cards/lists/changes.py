"""What changed between releases: a page of changes, one per line, and a select that opens one of the codes."""

from __future__ import annotations

from typing import Final

from hcpcs.answers.answer import Answer
from hcpcs.catalog.changes import Change
from hcpcs.records.change_kinds import change_kinds
from hcpcs_bot.slack.blockkit.blocks import Block, Element, line, numbered_list, rich, words
from hcpcs_bot.slack.cards.lists.hits import page_note
from hcpcs_bot.slack.cards.parts.buttons import CodeChoice, open_select, question_for
from hcpcs_bot.slack.cards.parts.change_runs import change_runs
from hcpcs_bot.slack.cards.parts.frame import Card, frame, headline
from hcpcs_bot.slack.cards.parts.paging import paging
from hcpcs_bot.slack.cards.parts.target import CardTarget

CHANGE_SHOWN: Final = 420
"""Maximum characters of a change after its code."""


def draw_changes(answer: Answer, target: CardTarget) -> Card:
    """The page of changes of ``answer``."""
    body: list[Block] = headline(answer.headline)
    if answer.changes:
        body.append(rich(numbered_list(map(_change, answer.changes), answer.offset)))
    body += page_note(answer, len(answer.changes))
    choices = (
        CodeChoice(
            f"{change.code} {change.short_description or ''}".strip(), question_for(change.code, answer.source, target)
        )
        for change in {change.code: change for change in answer.changes}.values()
    )
    controls = [*open_select(choices, target, "changes"), *paging(answer, target, len(answer.changes))]
    return frame(answer, target, body, controls)


def _change(change: Change) -> Element:
    sign = change_kinds()[change.kind].sign
    return line(words(f"{sign} "), words(change.code, bold=True), *change_runs(change, CHANGE_SHOWN))

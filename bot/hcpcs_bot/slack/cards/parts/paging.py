"""The Previous and Next buttons of a list with pages."""

from __future__ import annotations

from hcpcs.answers.answer import Answer
from hcpcs.answers.desk import PAGE_SIZE
from hcpcs_bot.slack.blockkit.blocks import Element, button
from hcpcs_bot.slack.cards.parts.buttons import ActionId
from hcpcs_bot.slack.cards.parts.target import CardTarget
from hcpcs_bot.slack.ids import ButtonState


def paging(answer: Answer, target: CardTarget, shown: int) -> list[Element]:
    """The buttons for the pages that exist; each carries the offset of its page."""
    row: list[Element] = []
    pages = (
        ("◀ Previous", "previous", answer.offset - PAGE_SIZE, answer.offset > 0),
        ("Next ▶", "next", answer.offset + shown, answer.offset + shown < answer.total),
    )
    for text, place, offset, exists in pages:
        value = ButtonState(answer.question, target.today, max(0, offset)).pack()
        if exists and value is not None:
            row.append(button(text, ActionId.PAGE.at(place), value))
    return row

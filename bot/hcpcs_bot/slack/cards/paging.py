"""Previous and Next of a list that is shown a page at a time."""

from __future__ import annotations

from typing import Final

from hcpcs.answers.answer import Answer
from hcpcs_bot.slack.blockkit.blocks import Element, button
from hcpcs_bot.slack.cards.frame import CardTarget
from hcpcs_bot.slack.ids import ActionId, ButtonState

PAGE_SIZE: Final = 10


def paging(answer: Answer, target: CardTarget, shown: int) -> list[Element]:
    """Previous and Next, where there is such a page; the page's place is in the button."""
    row: list[Element] = []
    pages = (
        ("◀ Previous", "previous", answer.offset - PAGE_SIZE, answer.offset > 0),
        ("Next ▶", "next", answer.offset + shown, answer.offset + shown < answer.total),
    )
    for text, place, offset, there in pages:
        value = ButtonState(answer.question, target.today, max(0, offset)).pack()
        if there and value is not None:
            row.append(button(text, ActionId.PAGE.at(place), value))
    return row

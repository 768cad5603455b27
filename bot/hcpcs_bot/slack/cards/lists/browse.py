"""The codes of a range or family, a page of them."""

from __future__ import annotations

from hcpcs.answers.answer import Answer
from hcpcs_bot.slack.cards.lists.hits import hit_list, hit_select, page_note
from hcpcs_bot.slack.cards.parts.frame import Card, frame, headline
from hcpcs_bot.slack.cards.parts.paging import paging
from hcpcs_bot.slack.cards.parts.target import CardTarget


def draw_browse(answer: Answer, target: CardTarget) -> Card:
    """The page of codes of ``answer``, in code order."""
    body = [*headline(answer.headline), *hit_list(answer), *page_note(answer, len(answer.hits))]
    return frame(answer, target, body, [*hit_select(answer, target), *paging(answer, target, len(answer.hits))])

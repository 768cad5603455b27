"""The results of a search: the hits, corrected spellings, and families to browse."""

from __future__ import annotations

from typing import Final

from hcpcs.answers.answer import Answer
from hcpcs.search_port import Confidence
from hcpcs_bot.slack.blockkit.blocks import Block, actions, note
from hcpcs_bot.slack.blockkit.mrkdwn import clip
from hcpcs_bot.slack.cards.lists.hits import hit_paragraphs
from hcpcs_bot.slack.cards.parts.buttons import ask_button
from hcpcs_bot.slack.cards.parts.frame import Card, frame, headline
from hcpcs_bot.slack.cards.parts.paging import paging
from hcpcs_bot.slack.cards.parts.target import CardTarget

FAMILIES_SHOWN: Final = 5


def draw_search(answer: Answer, target: CardTarget) -> Card:
    """The page of hits of ``answer``, best first."""
    body: list[Block] = headline(answer.headline)
    body += [
        note(f"Showing results for “{repair.searched}” instead of “{clip(repair.written, 60)}”.")
        for repair in answer.repairs
    ]
    body += hit_paragraphs(answer, target)
    body += families(answer, target)
    return frame(answer, target, body, paging(answer, target, len(answer.hits)), contact=False)


def families(answer: Answer, target: CardTarget) -> list[Block]:
    """Families to browse where the best hit is not a sure match."""
    if answer.confidence is Confidence.HIGH or not answer.families or not target.controls:
        return []
    buttons = [
        ask_button(f"{family.prefix}* {family.label}", f"{family.prefix}*", target, f"family-{family.prefix}")
        for family in answer.families[:FAMILIES_SHOWN]
    ]
    return [
        note("Or browse a family of codes:"),
        actions("families", [element for element in buttons if element is not None]),
    ]

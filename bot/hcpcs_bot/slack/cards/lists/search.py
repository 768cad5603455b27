"""The results of a search: the hits, corrected spellings, and families to browse."""

from __future__ import annotations

from hcpcs.answers.answer import Answer
from hcpcs.questions.subject import Subject
from hcpcs.search_port import Confidence
from hcpcs_bot.slack.blockkit.blocks import Block, Element, note
from hcpcs_bot.slack.blockkit.mrkdwn import clip
from hcpcs_bot.slack.cards.lists.hits import hit_list, hit_select, page_note
from hcpcs_bot.slack.cards.parts.buttons import family_select
from hcpcs_bot.slack.cards.parts.frame import HEADLINE_AS_HEADER, Card, frame, headline
from hcpcs_bot.slack.cards.parts.paging import paging
from hcpcs_bot.slack.cards.parts.target import CardTarget


def draw_search(answer: Answer, target: CardTarget) -> Card:
    """The page of hits of ``answer``, best first."""
    body: list[Block] = headline(_count(answer) or answer.headline)
    body += [
        note(f"Showing results for “{repair.searched}” instead of “{clip(repair.written, 60)}”.")
        for repair in answer.repairs
    ]
    body += hit_list(answer)
    body += page_note(answer, len(answer.hits))
    controls = [*hit_select(answer, target), *families(answer, target), *paging(answer, target, len(answer.hits))]
    return frame(answer, target, body, controls)


def _count(answer: Answer) -> str:
    """A short headline where the answer's own describes the hits that are listed below; blank where it says more."""
    sure = answer.confidence is Confidence.HIGH and bool(answer.hits) and answer.hits[0].ended is None
    if answer.subject is Subject.COVERAGE or not sure or len(answer.headline) <= HEADLINE_AS_HEADER:
        return ""
    if answer.lead:
        return answer.lead  # "mask for E0601": the hits alone don't say for which device
    return f"{answer.total:,} matches. Top result: {answer.hits[0].code}." if answer.total > 1 else ""


def families(answer: Answer, target: CardTarget) -> list[Element]:
    """Families to browse where the best hit is not a sure match."""
    return [] if answer.confidence is Confidence.HIGH else family_select(answer.families, target)

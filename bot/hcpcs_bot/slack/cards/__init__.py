"""Cards: pure functions from an answer to Block Kit, one module per kind; ``draw`` selects the kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from hcpcs.answers.answer import Answer, Outcome
from hcpcs.answers.evidence import NoticeKind
from hcpcs.questions.claim_lines import OF_CLAIM_LINES
from hcpcs.questions.question import Intent
from hcpcs.questions.subject import Subject
from hcpcs_bot.slack.cards.explanations.contact import draw_contact
from hcpcs_bot.slack.cards.explanations.define import draw_definitions
from hcpcs_bot.slack.cards.explanations.help import draw_help, draw_small_talk
from hcpcs_bot.slack.cards.explanations.refusals import (
    draw_not_found,
    draw_not_hcpcs,
    draw_starter,
)
from hcpcs_bot.slack.cards.lists.browse import draw_browse
from hcpcs_bot.slack.cards.lists.changes import draw_changes
from hcpcs_bot.slack.cards.lists.search import draw_search
from hcpcs_bot.slack.cards.parts.frame import Card
from hcpcs_bot.slack.cards.parts.target import CardPlace, CardTarget
from hcpcs_bot.slack.cards.records.card import draw_card, single_record
from hcpcs_bot.slack.cards.records.compare import draw_comparison
from hcpcs_bot.slack.cards.records.decode import draw_decode
from hcpcs_bot.slack.cards.records.history import draw_history
from hcpcs_bot.slack.cards.records.record_facts import draw_facts
from hcpcs_bot.slack.cards.records.several import draw_several

Draw = Callable[[Answer, CardTarget], Card]

_BY_OUTCOME: Final[dict[Outcome, Draw]] = {
    Outcome.NOT_FOUND: draw_not_found,
    Outcome.NOT_HCPCS: draw_not_hcpcs,
    Outcome.NOT_UNDERSTOOD: draw_small_talk,
}
_BY_INTENT: Final[dict[Intent, Draw]] = {
    Intent.DEFINE: draw_definitions,
    Intent.CONTACT: draw_contact,
    Intent.BROWSE: draw_browse,
    Intent.SEARCH: draw_search,
    Intent.CHANGES: draw_changes,
    Intent.HISTORY: draw_history,
    Intent.HELP: draw_help,
}
"""The intents with a card of their own; all others are drawn as facts."""


def draw(answer: Answer, target: CardTarget) -> Card:
    """The card of an answer."""
    if answer.outcome is Outcome.NOT_FOUND and any(n.kind is NoticeKind.FULL_SET for n in answer.notices):
        return draw_starter(answer, target)
    refusal = _BY_OUTCOME.get(answer.outcome)
    if refusal is not None:
        return refusal(answer, target)
    if answer.subject is Subject.SMALL_TALK:
        return draw_small_talk(answer, target)
    if answer.intent is Intent.COMPARE:
        return (draw_facts if answer.comparison is None else draw_comparison)(answer, target)
    if answer.subject in OF_CLAIM_LINES and len({record.source.day for record in answer.records}) > 1:
        return draw_decode(answer, target)
    if answer.intent is Intent.CARD:
        return (draw_several if single_record(answer.records) is None else draw_card)(answer, target)
    return _BY_INTENT.get(answer.intent, draw_facts)(answer, target)


__all__ = ["Card", "CardPlace", "CardTarget", "draw", "draw_decode"]

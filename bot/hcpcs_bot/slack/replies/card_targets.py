"""The target of a card for one request: with the team's notes on the codes of the answer."""

from __future__ import annotations

from typing import Final

from hcpcs.answers.answer import Answer
from hcpcs.questions.question import Intent
from hcpcs_bot.slack.cards import CardPlace, CardTarget
from hcpcs_bot.slack.inbound.request import SlackRequest
from hcpcs_bot.slack.inbound.request_log import AnswerSummary
from hcpcs_bot.team.asked_notes import may_ask_for_own_notes

WITHOUT_NOTES: Final = frozenset(
    {Intent.SEARCH, Intent.BROWSE, Intent.CHANGES, Intent.DEFINE, Intent.HELP, Intent.CONTACT, Intent.HISTORY}
)
"""The intents whose cards are lists or explanations."""


def card_target(request: SlackRequest, answer: Answer, place: CardPlace, *, hint: str = "") -> CardTarget:
    """The target of the card of ``answer``."""
    target = CardTarget(place, request.today, hint=hint)
    return with_notes(request, answer, target)


def with_notes(request: SlackRequest, answer: Answer, target: CardTarget) -> CardTarget:
    """``target`` with the team's notes on the codes of ``answer``.

    What everybody sees in a channel has none unless it is known to be the team's alone: the notes are its own.
    """
    codes = tuple(record.code for record in answer.records)
    if not codes or answer.intent in WITHOUT_NOTES or _may_be_seen_by_others(request, target.place):
        return target
    knowledge = request.knowledge
    return target._replace(
        codes=codes,
        notes=knowledge.notes.about(codes),
        notes_missing=not knowledge.available,
        notes_first=answer.intent is Intent.FIELD and may_ask_for_own_notes(answer.question),
    )


def is_same_for_every_team(request: SlackRequest, summary: AnswerSummary) -> bool:
    """Whether the card of an answer shows nothing that the team keeps, and so may be any team's."""
    knowledge = request.knowledge
    if knowledge.area is not None and summary.intent != Intent.CARD:
        return False
    if not summary.records or summary.intent in WITHOUT_NOTES:
        return True
    return knowledge.available and not knowledge.notes.about(summary.records)


def _may_be_seen_by_others(request: SlackRequest, place: CardPlace) -> bool:
    """Whether people of another company may see the card.

    Events say whether their channel is shared with another company; commands and buttons don't.
    """
    return place in {CardPlace.PUBLIC, CardPlace.UNFURL} and request.body.get("is_ext_shared_channel") is not False

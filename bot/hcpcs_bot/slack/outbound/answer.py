"""From a question to a drawn card: how every listener asks the desk, and remembers which codes were asked."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hcpcs.answers.answer import Answer
from hcpcs.questions.question import Intent
from hcpcs_bot.slack.cache.card_cache import CachedCard
from hcpcs_bot.slack.cards import Card, CardPlace, CardTarget, draw, draw_decode
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.ids import AnswerWay, ButtonState
from hcpcs_bot.slack.inbound.request import AnswerSummary, SlackRequest
from hcpcs_bot.slack.ports import AnsweringDesk

QUESTION_LIMIT = 20_000
"""Characters of a question that are read; the desk itself bounds what it does with them."""
_REMEMBERED = frozenset({Intent.CARD, Intent.COVERAGE, Intent.PRICING, Intent.STATUS, Intent.FIELD})


def ask(
    slack: SlackContext, request: SlackRequest, text: str, *, hint: str = "", place: CardPlace = CardPlace.PRIVATE
) -> Card:
    """The card of a question as a person put it."""
    answer = request.desk.ask(text[:QUESTION_LIMIT], today=request.today)
    note(slack, request, AnswerSummary.of(answer))
    return draw(answer, CardTarget(place, request.today, hint=hint))


def drawn(desk: AnsweringDesk, today: date, question: str) -> CachedCard:
    """The finished private answer to a question: in ASCII, which takes the least room and is sent the quickest."""
    answer = desk.ask(question, today=today)
    card = draw(answer, CardTarget(CardPlace.PRIVATE, today))
    return CachedCard(json.dumps(private(card), separators=(",", ":")), AnswerSummary.of(answer))


def ask_again(request: SlackRequest, state: ButtonState, place: CardPlace, shared_by: str = "") -> Card:
    """The card that a control's state stands for, as of the day on which it was first given."""
    answer = answer_of(request, state)
    target = CardTarget(place, state.today, shared_by, way=state.way)
    return draw_decode(answer, target) if state.way is AnswerWay.DECODE else draw(answer, target)


def answer_of(request: SlackRequest, state: ButtonState) -> Answer:
    """The answer that a control's state stands for."""
    if state.way is AnswerWay.DECODE:
        answer = request.desk.decode(state.question, today=state.today)
    else:
        answer = request.desk.ask(state.question, today=state.today, offset=state.offset)
    request.gist = AnswerSummary.of(answer)
    return answer


def note(slack: SlackContext, request: SlackRequest, gist: AnswerSummary) -> None:
    """Keeps an answer's gist for the log, and its existing codes for the team's Home."""
    request.gist = gist
    if gist.records and gist.intent in _REMEMBERED:
        slack.recent.add(request.team, gist.records)


def private(card: Card) -> dict[str, Any]:
    """A card as a message that only the asker sees."""
    return {"response_type": "ephemeral", "replace_original": False, "text": card.text, "blocks": card.blocks}

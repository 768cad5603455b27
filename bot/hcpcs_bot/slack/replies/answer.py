"""The answers of the desk as cards: how every listener asks it, and keeps which codes were asked about."""

from __future__ import annotations

from typing import Final

from hcpcs.answers.answer import Answer, Outcome
from hcpcs.answers.notices.assumed_area import AssumedArea
from hcpcs.questions.question import Intent
from hcpcs_bot.slack.cards import Card, CardPlace, CardTarget, draw, draw_decode
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.ids import AnswerMode, ButtonState
from hcpcs_bot.slack.inbound.request import SlackRequest, mapping
from hcpcs_bot.slack.inbound.request_log import AnswerSummary
from hcpcs_bot.slack.replies.card_targets import card_target, with_notes
from hcpcs_bot.team.known_words import known_words

TEXT_LIMIT: Final = 20_000
"""Maximum characters of a message that are passed to the desk, which has a limit of its own for questions."""
_REMEMBERED: Final = frozenset({Intent.CARD, Intent.COVERAGE, Intent.PRICING, Intent.STATUS, Intent.FIELD})
"""The intents whose codes the App Home lists as recent."""


def ask(
    slack: SlackContext,
    request: SlackRequest,
    text: str,
    *,
    hint: str = "",
    place: CardPlace = CardPlace.PRIVATE,
    area: AssumedArea | None = None,
) -> Card:
    """The card that answers a question; ``area`` holds where it names no state, before the team's."""
    answer = request.desk.ask(text[:TEXT_LIMIT], today=request.today, area=area or request.area)
    summary = AnswerSummary.of(answer)
    if answer.outcome is Outcome.NOT_UNDERSTOOD and slack.usage is not None:
        summary = summary._replace(known_words=known_words(text))
    remember(slack, request, summary)
    return draw(answer, card_target(request, answer, place, hint=hint))


def ask_again(request: SlackRequest, state: ButtonState, place: CardPlace, shared_by: str = "") -> Card:
    """The card of a control's state, as of the day on which it was first asked for."""
    answer = answer_of(request, state)
    target = with_notes(request, answer, CardTarget(place, state.today, shared_by, mode=state.mode))
    return draw_decode(answer, target) if state.mode is AnswerMode.DECODE else draw(answer, target)


def answer_of(request: SlackRequest, state: ButtonState) -> Answer:
    """The answer of a control's state."""
    if state.mode is AnswerMode.DECODE:
        answer = request.desk.decode(state.question, today=state.today)
    else:
        answer = request.desk.ask(state.question, today=state.today, area=request.area, offset=state.offset)
    request.summary = AnswerSummary.of(answer)
    return answer


def remember(slack: SlackContext, request: SlackRequest, summary: AnswerSummary) -> None:
    """Keeps an answer's summary for the log, and its existing codes for the team's Home."""
    request.summary = summary
    if summary.records and summary.intent in _REMEMBERED:
        slack.recent_codes.add(request.team, summary.records)


def asks_nothing(summary: AnswerSummary) -> bool:
    """Whether what was answered is not a question about codes: thanks, chatter, a call for help, not understood.

    Words that no code has, or none surely, are most often chatter, too ("my dog ate the claim", "Maria will handle
    the Smith account").
    """
    return summary.is_guess or summary.intent == Intent.HELP or summary.outcome == Outcome.NOT_UNDERSTOOD


def button_state(request: SlackRequest) -> ButtonState:
    """The state in the pressed button, or in the option chosen in a select. Raises ``ButtonStateError``."""
    return ButtonState.unpack(button_value(request))


def button_value(request: SlackRequest) -> str:
    """The value of the pressed button, or of the option chosen in a select; blank for none."""
    value = request.action.get("value")
    return value if isinstance(value, str) else selected_value(request)


def selected_value(request: SlackRequest) -> str:
    """The value of the option selected; blank for none."""
    value = mapping(request.action.get("selected_option")).get("value")
    return value if isinstance(value, str) else ""

"""The answers of the desk as cards: how every listener asks it, and keeps which codes were asked about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple, TypeVar

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

_Rendered = TypeVar("_Rendered")


class SummarizedCard(NamedTuple):
    """A card, and the summary of the answer that it shows."""

    card: Card
    summary: AnswerSummary


async def ask(
    slack: SlackContext,
    request: SlackRequest,
    text: str,
    *,
    hint: str = "",
    place: CardPlace = CardPlace.PRIVATE,
    area: AssumedArea | None = None,
) -> Card:
    """The card that answers a question; ``area`` holds where it names no state, before the team's."""

    def answer() -> SummarizedCard:
        given = request.desk.ask(text[:TEXT_LIMIT], today=request.today, area=area or request.area)
        summary = AnswerSummary.of(given)
        if given.outcome is Outcome.NOT_UNDERSTOOD and slack.usage is not None:
            summary = summary._replace(known_words=known_words(text))
        return SummarizedCard(draw(given, card_target(request, given, place, hint=hint)), summary)

    card, summary = await slack.answer_threads.run(answer)
    remember(slack, request, summary)
    return card


async def ask_again(
    slack: SlackContext, request: SlackRequest, state: ButtonState, place: CardPlace, shared_by: str = ""
) -> Card:
    """The card of a control's state, as of the day on which it was first asked for."""

    def render(answer: Answer) -> Card:
        target = with_notes(request, answer, CardTarget(place, state.today, shared_by, mode=state.mode))
        return draw_decode(answer, target) if state.mode is AnswerMode.DECODE else draw(answer, target)

    return await render_again(slack, request, state, render)


async def render_again(
    slack: SlackContext, request: SlackRequest, state: ButtonState, render: Callable[[Answer], _Rendered]
) -> _Rendered:
    """What ``render`` makes of the answer of a control's state."""

    def answer() -> tuple[_Rendered, AnswerSummary]:
        given = _answer_of(request, state)
        return render(given), AnswerSummary.of(given)

    rendered, request.summary = await slack.answer_threads.run(answer)
    return rendered


def _answer_of(request: SlackRequest, state: ButtonState) -> Answer:
    if state.mode is AnswerMode.DECODE:
        return request.desk.decode(state.question, today=state.today)
    return request.desk.ask(state.question, today=state.today, area=request.area, offset=state.offset)


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

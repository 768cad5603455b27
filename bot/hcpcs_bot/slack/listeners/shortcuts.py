"""Shortcuts: decode the codes of a message, and look up a code from anywhere."""

from __future__ import annotations

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from hcpcs.questions.claim_lines import TEXT_READ
from hcpcs_bot.slack.blockkit.mrkdwn import plain_question
from hcpcs_bot.slack.cards import Card, CardPlace, CardTarget, draw_decode
from hcpcs_bot.slack.cards.views.lookup_view import lookup_view
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.ids import AnswerMode, CallbackId
from hcpcs_bot.slack.inbound.message_texts import texts_of
from hcpcs_bot.slack.inbound.request import SlackRequest, Surface, mapping
from hcpcs_bot.slack.inbound.request_log import AnswerSummary
from hcpcs_bot.slack.outbound.responses import acknowledge
from hcpcs_bot.slack.replies.answer import SummarizedCard
from hcpcs_bot.slack.replies.card_targets import with_notes
from hcpcs_bot.slack.replies.rate_limited import rate_limited
from hcpcs_bot.slack.replies.views import show, show_view


def register(app: AsyncApp, slack: SlackContext) -> None:
    """Registers both shortcuts; their names are in the manifest."""

    async def decode(request: SlackRequest) -> BoltResponse:
        message = mapping(request.body.get("message"))

        def answer(place: CardPlace) -> SummarizedCard:
            text = plain_question("\n".join(texts_of(message))[:TEXT_READ])
            given = request.desk.decode(text, today=request.today)
            target = CardTarget(place, request.today, mode=AnswerMode.DECODE)
            card = draw_decode(given, with_notes(request, given, target))
            return SummarizedCard(card, AnswerSummary.of(given))

        async def render(place: CardPlace) -> Card:
            card, request.summary = await slack.answer_threads.run(answer, place)
            return card

        slack.run_later(request, await show(slack, request, "Codes in this message", render))
        return acknowledge()

    async def look_up(request: SlackRequest) -> BoltResponse:
        slack.run_later(request, show_view(slack, request, lookup_view()))
        return acknowledge()

    app.shortcut(CallbackId.DECODE)(slack.listener(Surface.SHORTCUT, rate_limited(slack, decode)))
    app.shortcut(CallbackId.LOOKUP)(slack.listener(Surface.SHORTCUT, rate_limited(slack, look_up)))

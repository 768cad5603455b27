"""Direct messages and the agent view: written to alone, the desk answers there."""

from __future__ import annotations

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from hcpcs_bot.slack.blockkit.mrkdwn import plain_question
from hcpcs_bot.slack.cards import CardPlace
from hcpcs_bot.slack.context import SlackContext, done
from hcpcs_bot.slack.inbound.dedup import first_delivery, is_written_by_a_person
from hcpcs_bot.slack.inbound.rate_limit import limited
from hcpcs_bot.slack.inbound.request import SlackRequest, Surface
from hcpcs_bot.slack.outbound.answer import ask


def register(app: AsyncApp, slack: SlackContext) -> None:
    """Ties ``message`` events; those of channels are left alone (mentions are answered elsewhere)."""

    async def written(request: SlackRequest) -> BoltResponse:
        channel = request.text("event", "channel")
        if channel:
            card = ask(slack, request, plain_question(request.text("event", "text")) or "help", place=CardPlace.PUBLIC)
            slack.later(request, slack.outbox.post(channel, card.text, card.blocks, request.thread))
        return done()

    async def once(request: SlackRequest) -> BoltResponse | None:
        direct = request.text("event", "channel_type") == "im"
        if direct and is_written_by_a_person(request.event) and await first_delivery(slack, request):
            return await limited(slack, written)(request)
        return done()

    app.event("message")(slack.on(Surface.MESSAGE, once))

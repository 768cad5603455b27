"""Mentions in channels and threads: the answer stands in the thread, for all to see."""

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
    """Ties ``app_mention``."""

    async def mentioned(request: SlackRequest) -> BoltResponse:
        channel, stamp = request.text("event", "channel"), request.text("event", "ts")
        if channel and stamp:
            card = ask(slack, request, plain_question(request.text("event", "text")) or "help", place=CardPlace.PUBLIC)
            slack.later(request, slack.outbox.post(channel, card.text, card.blocks, request.thread or stamp))
        return done()

    async def once(request: SlackRequest) -> BoltResponse | None:
        if is_written_by_a_person(request.event) and await first_delivery(slack, request):
            return await limited(slack, mentioned)(request)
        return done()

    app.event("app_mention")(slack.on(Surface.MENTION, once))

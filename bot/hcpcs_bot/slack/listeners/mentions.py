"""Mentions in channels and threads: a question is answered in the thread, for all to see; anything else in private."""

from __future__ import annotations

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from hcpcs_bot.slack.blockkit.mrkdwn import plain_question
from hcpcs_bot.slack.cards import CardPlace
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.inbound.dedup import is_first_delivery, is_written_by_a_person
from hcpcs_bot.slack.inbound.request import SlackRequest, Surface
from hcpcs_bot.slack.outbound.responses import acknowledge
from hcpcs_bot.slack.replies.answer import ask, asks_nothing
from hcpcs_bot.slack.replies.notices import post_privately
from hcpcs_bot.slack.replies.rate_limited import rate_limited


def register(app: AsyncApp, slack: SlackContext) -> None:
    """Registers ``app_mention``."""

    async def answer(request: SlackRequest) -> BoltResponse:
        channel, stamp = request.text("event", "channel"), request.text("event", "ts")
        if channel and stamp:
            card = ask(slack, request, plain_question(request.text("event", "text")) or "help", place=CardPlace.PUBLIC)
            if asks_nothing(request.summary):
                slack.run_later(request, post_privately(slack, request, card))
            else:
                slack.run_later(request, slack.outbox.post(channel, card.text, card.blocks, request.thread or stamp))
        return acknowledge()

    async def answer_once(request: SlackRequest) -> BoltResponse | None:
        if is_written_by_a_person(request.event) and await is_first_delivery(slack.seen_events, request):
            return await rate_limited(slack, answer)(request)
        return acknowledge()

    app.event("app_mention")(slack.listener(Surface.MENTION, answer_once))

"""Mentions in channels and threads: a question is answered in the thread, for all to see; anything else in private."""

from __future__ import annotations

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.inbound.dedup import is_first_delivery, is_written_by_a_person
from hcpcs_bot.slack.inbound.request import SlackRequest, Surface
from hcpcs_bot.slack.outbound.responses import acknowledge
from hcpcs_bot.slack.replies.conversation import reply_in
from hcpcs_bot.slack.replies.notices import post_privately
from hcpcs_bot.slack.replies.rate_limited import rate_limited


def register(app: AsyncApp, slack: SlackContext) -> None:
    """Registers ``app_mention``."""

    async def answer(request: SlackRequest) -> BoltResponse:
        channel, stamp = request.text("event", "channel"), request.text("event", "ts")
        if channel and stamp:
            thread = request.thread or stamp
            card, private = await reply_in(slack, request, thread)
            if private:
                slack.run_later(request, post_privately(slack, request, card))
            else:
                slack.run_later(request, slack.outbox.post(channel, card.text, card.blocks, thread))
        return acknowledge()

    async def answer_once(request: SlackRequest) -> BoltResponse | None:
        if is_written_by_a_person(request.event) and await is_first_delivery(slack.seen_events, request):
            return await rate_limited(slack, answer)(request)
        return acknowledge()

    app.event("app_mention")(slack.listener(Surface.MENTION, answer_once))

"""Direct messages and the agent view: answered in place."""

from __future__ import annotations

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.inbound.dedup import is_first_delivery, is_written_by_a_person
from hcpcs_bot.slack.inbound.request import SlackRequest, Surface
from hcpcs_bot.slack.outbound.responses import acknowledge
from hcpcs_bot.slack.replies.conversation import reply_in
from hcpcs_bot.slack.replies.rate_limited import rate_limited


def register(app: AsyncApp, slack: SlackContext) -> None:
    """Registers ``message`` events; those of channels are ignored (``mentions`` answers mentions)."""

    async def answer(request: SlackRequest) -> BoltResponse:
        channel = request.text("event", "channel")
        if channel:
            card, _ = await reply_in(slack, request, request.thread or "")
            slack.run_later(request, slack.outbox.post(channel, card.text, card.blocks, request.thread))
        return acknowledge()

    async def answer_once(request: SlackRequest) -> BoltResponse | None:
        direct = request.text("event", "channel_type") == "im"
        if direct and is_written_by_a_person(request.event) and await is_first_delivery(slack.seen_events, request):
            return await rate_limited(slack, answer)(request)
        return acknowledge()

    app.event("message")(slack.listener(Surface.MESSAGE, answer_once))

"""Direct messages and the agent view: answered in place."""

from __future__ import annotations

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.inbound.claimed_work import ClaimKind
from hcpcs_bot.slack.inbound.dedup import is_written_by_a_person
from hcpcs_bot.slack.inbound.request import SlackRequest, Surface
from hcpcs_bot.slack.outbound.responses import acknowledge
from hcpcs_bot.slack.replies.claimed_answers import answer_once


def register(app: AsyncApp, slack: SlackContext) -> None:
    """Registers ``message`` events; those of channels are ignored (``mentions`` answers mentions)."""

    async def answer(request: SlackRequest) -> BoltResponse:
        direct = request.text("event", "channel_type") == "im" and bool(request.text("event", "channel"))
        if direct and is_written_by_a_person(request.event):
            return await answer_once(slack, request, ClaimKind.MESSAGE)
        return acknowledge()

    app.event("message")(slack.listener(Surface.MESSAGE, answer))

"""Mentions in channels and threads: a question is answered in the thread, for all to see; anything else in private."""

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
    """Registers ``app_mention``."""

    async def answer(request: SlackRequest) -> BoltResponse:
        has_place = request.text("event", "channel") and request.text("event", "ts")
        if has_place and is_written_by_a_person(request.event):
            return await answer_once(slack, request, ClaimKind.MENTION)
        return acknowledge()

    app.event("app_mention")(slack.listener(Surface.MENTION, answer))

"""Applies the rate limit to a listener."""

from __future__ import annotations

from typing import Final

from slack_bolt import BoltResponse

from hcpcs_bot.slack.context import Handler, SlackContext
from hcpcs_bot.slack.inbound.request import SlackRequest
from hcpcs_bot.slack.replies.notices import notify

SLOW_DOWN: Final = "Please slow down: you've sent more requests than I answer at once. Try again in a few seconds."


def rate_limited(slack: SlackContext, handler: Handler) -> Handler:
    """``handler`` within the rate limit; a person over the limit gets a private notice instead."""

    async def handle(request: SlackRequest) -> BoltResponse | None:
        if slack.rate_limit.allows(f"{request.team} {request.user}"):
            return await handler(request)
        return notify(slack, request, SLOW_DOWN)

    return handle

"""The limit on how often one person may ask, with a private word to slow down."""

from __future__ import annotations

from typing import Final

from slack_bolt import BoltResponse

from hcpcs_bot.slack.context import Handler, SlackContext
from hcpcs_bot.slack.inbound.request import SlackRequest
from hcpcs_bot.slack.outbound.replies import tell

SLOW_DOWN: Final = "Please slow down: that was more than I answer one person at once. Try again in a few seconds."


def limited(slack: SlackContext, handler: Handler) -> Handler:
    """``handler``, for as often as its asker may ask."""

    async def within(request: SlackRequest) -> BoltResponse | None:
        if slack.limit.allows(f"{request.team} {request.user}"):
            return await handler(request)
        return tell(slack, request, SLOW_DOWN)

    return within

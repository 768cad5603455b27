"""The limit on how often one person may ask, with a private word to slow down."""

from __future__ import annotations

from typing import Final

from slack_bolt import BoltResponse

from hcpcs_bot.slack.call import Call
from hcpcs_bot.slack.face import Face, Handler
from hcpcs_bot.slack.telling import tell

SLOW_DOWN: Final = "Please slow down: that was more than I answer one person at once. Try again in a few seconds."


def limited(face: Face, handler: Handler) -> Handler:
    """``handler``, for as often as its asker may ask."""

    async def within(call: Call) -> BoltResponse | None:
        if face.limit.allows(f"{call.team} {call.user}"):
            return await handler(call)
        return tell(face, call, SLOW_DOWN)

    return within

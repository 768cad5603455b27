"""Useful or not useful: one person's word on one answer, counted by intent and outcome."""

from __future__ import annotations

from typing import Final

from slack_bolt import BoltResponse

from hcpcs_bot.slack.cards.parts.feedback import FeedbackValue
from hcpcs_bot.slack.context import Handler, SlackContext
from hcpcs_bot.slack.inbound.request import SlackRequest
from hcpcs_bot.slack.outbound.responses import acknowledge
from hcpcs_bot.slack.replies.notices import notify
from hcpcs_bot.state.database import StateError

THANKS: Final = "Thanks. It is counted without your question and your name."
NOT_NOW: Final = "Thanks. It can't be counted right now."


def rate_answer(slack: SlackContext) -> Handler:
    """Counts the feedback in a control's value; a choice that is none (a link) is only acknowledged."""

    async def handle(request: SlackRequest) -> BoltResponse:
        rated = FeedbackValue.unpack(chosen_value(request))
        if rated is None:
            return acknowledge()
        stamp = request.text("container", "message_ts") or request.text("message", "ts")
        person = slack.user_hash(request.team, request.user)
        try:
            if slack.usage is not None and stamp:
                message = f"{request.channel} {stamp}"
                await slack.usage.rate(request.team, person, message, *rated.kind, useful=rated.useful)
        except StateError:
            return notify(slack, request, NOT_NOW)
        return notify(slack, request, THANKS)

    return handle


def chosen_value(request: SlackRequest) -> str:
    """The value of a button, or of the choice in a menu; blank for none."""
    chosen = request.action.get("selected_option")
    value = chosen.get("value") if isinstance(chosen, dict) else request.action.get("value")
    return value if isinstance(value, str) else ""

"""A line of plain text to one person, wherever the request came from: a rate limit, an error, a hint."""

from __future__ import annotations

from typing import Any, Final

from slack_bolt import BoltResponse

from hcpcs_bot.slack.blockkit.message_bodies import plain_blocks, plain_message
from hcpcs_bot.slack.blockkit.mrkdwn import escape
from hcpcs_bot.slack.cards import Card
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.inbound.request import SlackRequest, Surface
from hcpcs_bot.slack.outbound.responses import acknowledge, json_response
from hcpcs_bot.slack.outbound.tasks import Work
from hcpcs_bot.slack.replies.step_completion import fail_step
from hcpcs_bot.slack.replies.views import reading_view

TITLE: Final = "HCPCS codes"
"""The title of a modal without one of its own."""


def notify(slack: SlackContext, request: SlackRequest, text: str) -> BoltResponse:
    """Sends ``text`` to the person who asked and to nobody else, as their request allows it. Returns the response."""
    match request.surface:
        case Surface.COMMAND:
            return json_response(plain_message(text))
        case Surface.OPTIONS:
            return json_response({"options": []})
        case Surface.VIEW:
            view = reading_view(TITLE, plain_blocks(text))
            return json_response({"response_action": "update", "view": view})
        case Surface.UNFURL:
            return acknowledge()
        case Surface.STEP:
            slack.run_later(request, fail_step(slack, request, text))
            return acknowledge()
        case _:
            work = _notice(slack, request, text)
            if work is not None:
                slack.run_later(request, work)
            return acknowledge()


def _notice(slack: SlackContext, request: SlackRequest, text: str) -> Work | None:
    """The call that sends ``text``; ``None`` where a request has neither a channel nor a trigger."""
    if request.response_url:
        body = plain_message(text)
        if request.thread is not None:
            body["thread_ts"] = request.thread
        return slack.outbox.respond(request.response_url, body)
    trigger = request.text("trigger_id")
    if trigger:
        return _open(slack, trigger, reading_view(TITLE, plain_blocks(text)))
    if request.surface is Surface.MENTION and request.channel and request.user:
        return post_privately(slack, request, Card(escape(text), plain_blocks(text)))
    if request.surface is Surface.MESSAGE and request.channel:
        return slack.outbox.post(request.channel, escape(text), plain_blocks(text), request.thread)
    return None


async def _open(slack: SlackContext, trigger: str, view: dict[str, Any]) -> None:
    await slack.outbox.client.views_open(trigger_id=trigger, view=view)


async def post_privately(slack: SlackContext, request: SlackRequest, card: Card) -> None:
    """Posts a card that only the person sees, in the channel or thread of their request."""
    await slack.outbox.post_privately(request.channel, request.user, card.text, card.blocks, request.thread)

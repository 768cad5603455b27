"""A plain line to one person, wherever the request came from: slow down, an error, a hint."""

from __future__ import annotations

from typing import Any

from slack_bolt import BoltResponse

from hcpcs_bot.slack.blockkit.blocks import line, plain, rich, words
from hcpcs_bot.slack.blockkit.mrkdwn import escape
from hcpcs_bot.slack.context import SlackContext, done, json_answer
from hcpcs_bot.slack.ids import CallbackId
from hcpcs_bot.slack.inbound.request import SlackRequest, Surface
from hcpcs_bot.slack.outbound.tasks import Work


def said(text: str) -> dict[str, Any]:
    """A private message of plain words."""
    return {
        "response_type": "ephemeral",
        "replace_original": False,
        "text": escape(text),
        "blocks": [rich(line(words(text)))],
    }


def reading_view(title: str, blocks: list[dict[str, Any]]) -> dict[str, Any]:
    """A modal that is only read."""
    return {
        "type": "modal",
        "callback_id": CallbackId.READING_VIEW,
        "title": plain(title, 24),
        "close": plain("Close", 24),
        "blocks": blocks,
    }


def tell(slack: SlackContext, request: SlackRequest, text: str) -> BoltResponse:
    """``text`` to the person who asked and to nobody else, by the way that their request allows."""
    match request.surface:
        case Surface.COMMAND:
            return json_answer(said(text))
        case Surface.OPTIONS:
            return json_answer({"options": []})
        case Surface.VIEW:
            view = reading_view("HCPCS codes", [rich(line(words(text)))])
            return json_answer({"response_action": "update", "view": view})
        case Surface.UNFURL:
            return done()
        case _:
            work = _later(slack, request, text)
            if work is not None:
                slack.later(request, work)
            return done()


def _later(slack: SlackContext, request: SlackRequest, text: str) -> Work | None:
    if request.response_url:
        body = said(text)
        if request.thread is not None:
            body["thread_ts"] = request.thread
        return slack.outbox.respond(request.response_url, body)
    trigger = request.text("trigger_id")
    if trigger:
        return _opened(slack, trigger, reading_view("HCPCS codes", [rich(line(words(text)))]))
    if request.surface is Surface.MENTION and request.channel and request.user:
        return _ephemeral(slack, request, text)
    if request.surface is Surface.MESSAGE and request.channel:
        return slack.outbox.post(request.channel, escape(text), [rich(line(words(text)))], request.thread)
    return None


async def _opened(slack: SlackContext, trigger: str, view: dict[str, Any]) -> None:
    await slack.outbox.client.views_open(trigger_id=trigger, view=view)


async def _ephemeral(slack: SlackContext, request: SlackRequest, text: str) -> None:
    await slack.outbox.client.chat_postEphemeral(
        channel=request.channel,
        user=request.user,
        text=escape(text),
        blocks=[rich(line(words(text)))],
        thread_ts=request.thread,
    )

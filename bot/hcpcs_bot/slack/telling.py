"""A plain line to one person, wherever the request came from: slow down, an error, a hint."""

from __future__ import annotations

from typing import Any

from slack_bolt import BoltResponse

from hcpcs_bot.slack.blocks import line, plain, rich, words
from hcpcs_bot.slack.call import Call, Surface
from hcpcs_bot.slack.face import Face, done, json_answer
from hcpcs_bot.slack.ids import CallbackId
from hcpcs_bot.slack.mrkdwn import escape
from hcpcs_bot.slack.tasks import Work


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


def tell(face: Face, call: Call, text: str) -> BoltResponse:
    """``text`` to the person who asked and to nobody else, by the way that their request allows."""
    match call.surface:
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
            work = _later(face, call, text)
            if work is not None:
                face.later(call, work)
            return done()


def _later(face: Face, call: Call, text: str) -> Work | None:
    if call.response_url:
        body = said(text)
        if call.thread is not None:
            body["thread_ts"] = call.thread
        return face.outbox.respond(call.response_url, body)
    trigger = call.text("trigger_id")
    if trigger:
        return _opened(face, trigger, reading_view("HCPCS codes", [rich(line(words(text)))]))
    if call.surface is Surface.MENTION and call.channel and call.user:
        return _ephemeral(face, call, text)
    if call.surface is Surface.MESSAGE and call.channel:
        return face.outbox.post(call.channel, escape(text), [rich(line(words(text)))], call.thread)
    return None


async def _opened(face: Face, trigger: str, view: dict[str, Any]) -> None:
    await face.outbox.client.views_open(trigger_id=trigger, view=view)


async def _ephemeral(face: Face, call: Call, text: str) -> None:
    await face.outbox.client.chat_postEphemeral(
        channel=call.channel,
        user=call.user,
        text=escape(text),
        blocks=[rich(line(words(text)))],
        thread_ts=call.thread,
    )

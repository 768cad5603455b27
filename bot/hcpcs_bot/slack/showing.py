"""Where an answer to a pressed control goes: a private message beside it, or a modal where it stood in a view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hcpcs_bot.slack.answering import private
from hcpcs_bot.slack.call import Call, mapping
from hcpcs_bot.slack.cards import Card, Place
from hcpcs_bot.slack.face import Face
from hcpcs_bot.slack.ids import CallbackId
from hcpcs_bot.slack.tasks import Work
from hcpcs_bot.slack.telling import reading_view

Drawn = Callable[[Place], Card]


def show(face: Face, call: Call, title: str, drawn: Drawn) -> Work:
    """The work of showing a card to the one who pressed, and to nobody else."""
    if call.response_url:
        return face.outbox.respond(call.response_url, in_thread(call, private(drawn(Place.PRIVATE))))
    return put_view(face, call, reading_view(title, drawn(Place.VIEW).blocks))


def in_thread(call: Call, body: dict[str, Any]) -> dict[str, Any]:
    """A message for the thread that the request came from, if it came from one."""
    return body if call.thread is None else {**body, "thread_ts": call.thread}


def place_of(call: Call) -> Place:
    """Where the pressed control stands."""
    if mapping(call.body.get("view")):
        return Place.VIEW
    return Place.PRIVATE if mapping(call.body.get("container")).get("is_ephemeral") is True else Place.PUBLIC


async def put_view(face: Face, call: Call, view: dict[str, Any]) -> None:
    """Shows a modal: opened anew, laid over the look-up, or in the place of another that is only read.

    Slack stacks three modals at most; a view that is only read is replaced, so that the stack never grows.
    """
    client = face.outbox.client
    standing = mapping(call.body.get("view"))
    if standing.get("type") != "modal":
        await client.views_open(trigger_id=call.text("trigger_id"), view=view)
    elif standing.get("callback_id") == CallbackId.READING_VIEW:
        await client.views_update(view_id=call.text("view", "id"), view=view)
    else:
        await client.views_push(trigger_id=call.text("trigger_id"), view=view)

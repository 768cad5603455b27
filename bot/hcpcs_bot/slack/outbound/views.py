"""Where an answer to a pressed control goes: a private message beside it, or a modal where it stood in a view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hcpcs_bot.slack.cards import Card, CardPlace
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.ids import CallbackId
from hcpcs_bot.slack.inbound.request import SlackRequest, mapping
from hcpcs_bot.slack.outbound.answer import private
from hcpcs_bot.slack.outbound.replies import reading_view
from hcpcs_bot.slack.outbound.tasks import Work

Drawn = Callable[[CardPlace], Card]


def show(slack: SlackContext, request: SlackRequest, title: str, drawn: Drawn) -> Work:
    """The work of showing a card to the one who pressed, and to nobody else."""
    if request.response_url:
        return slack.outbox.respond(request.response_url, in_thread(request, private(drawn(CardPlace.PRIVATE))))
    return put_view(slack, request, reading_view(title, drawn(CardPlace.VIEW).blocks))


def in_thread(request: SlackRequest, body: dict[str, Any]) -> dict[str, Any]:
    """A message for the thread that the request came from, if it came from one."""
    return body if request.thread is None else {**body, "thread_ts": request.thread}


def place_of(request: SlackRequest) -> CardPlace:
    """Where the pressed control stands."""
    if mapping(request.body.get("view")):
        return CardPlace.VIEW
    return CardPlace.PRIVATE if mapping(request.body.get("container")).get("is_ephemeral") is True else CardPlace.PUBLIC


async def put_view(slack: SlackContext, request: SlackRequest, view: dict[str, Any]) -> None:
    """Shows a modal: opened anew, laid over the look-up, or in the place of another that is only read.

    Slack stacks three modals at most; a view that is only read is replaced, so that the stack never grows.
    """
    client = slack.outbox.client
    standing = mapping(request.body.get("view"))
    if standing.get("type") != "modal":
        await client.views_open(trigger_id=request.text("trigger_id"), view=view)
    elif standing.get("callback_id") == CallbackId.READING_VIEW:
        await client.views_update(view_id=request.text("view", "id"), view=view)
    else:
        await client.views_push(trigger_id=request.text("trigger_id"), view=view)

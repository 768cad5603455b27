"""Where the answer to a control goes: a private message beside it, or a modal where the control is in a view."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from hcpcs_bot.slack.blockkit.blocks import Block, note, plain
from hcpcs_bot.slack.blockkit.message_bodies import ephemeral
from hcpcs_bot.slack.blockkit.newer_blocks import newer_kinds, with_newer_blocks
from hcpcs_bot.slack.cards import Card, CardPlace
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.ids import CallbackId
from hcpcs_bot.slack.inbound.request import SlackRequest, mapping
from hcpcs_bot.slack.outbound.retries import SlackCallError
from hcpcs_bot.slack.outbound.tasks import Work

TITLE_LIMIT: Final = 24
"""Maximum characters of a modal's title and of its buttons (docs.slack.dev, "Modals")."""

REFUSED_BLOCKS: Final = frozenset({"invalid_arguments", "invalid_blocks"})
"""Slack's errors for a view with a block that it doesn't take."""

TOO_LARGE: Final = frozenset({"view_too_large"})
"""Slack's error for a view of more than 250 kB."""
SHORT_VIEW: Final = 8
"""Maximum blocks of a view that Slack refused, sent again."""
SHORTENED: Final = "Slack didn't take the rest of this window. Ask for one field at a time, as in: BETOS for S9353"

SendView = Callable[..., Awaitable[AsyncSlackResponse]]
"""A call with a view: to open it, to push it, or to put it in place of another."""
log = structlog.get_logger("hcpcs_bot.slack")

RenderCard = Callable[[CardPlace], Awaitable[Card]]


def reading_view(title: str, blocks: list[Block]) -> dict[str, Any]:
    """A modal that is only read."""
    return {
        "type": "modal",
        "callback_id": CallbackId.READING_VIEW,
        "title": plain(title, TITLE_LIMIT),
        "close": plain("Close", TITLE_LIMIT),
        "blocks": blocks,
    }


async def show(slack: SlackContext, request: SlackRequest, title: str, render: RenderCard) -> Work:
    """The work of showing a card to the person who used the control, and to nobody else."""
    if request.response_url:
        body = ephemeral(*await render(CardPlace.PRIVATE))
        return slack.outbox.respond(request.response_url, in_thread(request, body))
    card = await render(CardPlace.VIEW)
    return show_view(slack, request, reading_view(title, card.blocks))


def in_thread(request: SlackRequest, body: dict[str, Any]) -> dict[str, Any]:
    """A message for the thread that the request came from, if it came from one."""
    return body if request.thread is None else {**body, "thread_ts": request.thread}


def place_of(request: SlackRequest) -> CardPlace:
    """The place of the control that was used."""
    if mapping(request.body.get("view")):
        return CardPlace.VIEW
    return CardPlace.PRIVATE if mapping(request.body.get("container")).get("is_ephemeral") is True else CardPlace.PUBLIC


async def show_view(slack: SlackContext, request: SlackRequest, view: dict[str, Any]) -> None:
    """Shows a modal: opens it, pushes it on the look-up, or replaces another that is only read.

    Slack stacks three modals at most; a view that is only read is replaced, so that the stack never grows. Newer
    blocks are put in once it is open where it isn't known yet whether Slack takes them: a refused ``views.open`` may
    have used up its trigger.
    """
    client, support = slack.outbox.client, slack.outbox.block_support
    current = mapping(request.body.get("view"))
    certain = {**view, "blocks": with_newer_blocks(view["blocks"], support.taken)}
    if current.get("type") != "modal":
        send: SendView = partial(client.views_open, trigger_id=request.text("trigger_id"))
    elif current.get("callback_id") == CallbackId.READING_VIEW:
        send = partial(client.views_update, view_id=request.text("view", "id"))
    else:
        send = partial(client.views_push, trigger_id=request.text("trigger_id"))
    response = await send_fitting(send, certain)
    newer = with_newer_blocks(view["blocks"], support.worth_trying)
    view_id = str(mapping(response.get("view")).get("id", ""))
    if view_id and newer_kinds(newer) - support.taken:
        await _try_newer_blocks(slack, view_id, {**view, "blocks": newer})


async def send_fitting(send: SendView, view: dict[str, Any]) -> AsyncSlackResponse:
    """Sends a view, and its first blocks alone where Slack refuses it as too large or for one of its blocks.

    Raises ``SlackCallError``; ``exchanged_trigger_id`` where the refused view has used up the trigger.
    """
    try:
        return await send(view=view)
    except SlackCallError as error:
        if error.failure.reason not in REFUSED_BLOCKS | TOO_LARGE or len(view["blocks"]) <= SHORT_VIEW:
            raise
        log.error("Slack refused the blocks of a view; its first ones were sent", reason=error.failure.reason)
    return await send(view={**view, "blocks": [*view["blocks"][:SHORT_VIEW], note(SHORTENED)]})


async def _try_newer_blocks(slack: SlackContext, view_id: str, view: dict[str, Any]) -> None:
    """Puts newer blocks into an open view, and remembers whether Slack took them; if not, the view stays as it is."""
    support = slack.outbox.block_support
    try:
        await slack.outbox.client.views_update(view_id=view_id, view=view)
    except SlackApiError as error:
        # The view is open and shows everything: no other failure matters to the person.
        if error.response.get("error") in REFUSED_BLOCKS:
            support.remember(view["blocks"], taken=False)
    else:
        support.remember(view["blocks"], taken=True)

"""Buttons and selects of cards. Each does what its own value says, so that a restart changes nothing."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from hcpcs_bot.slack.cards import CardPlace
from hcpcs_bot.slack.cards.fields_explained import draw_description, draw_fields
from hcpcs_bot.slack.context import Handler, SlackContext, done
from hcpcs_bot.slack.ids import ActionId, ButtonState, ButtonStateError, named
from hcpcs_bot.slack.inbound.rate_limit import limited
from hcpcs_bot.slack.inbound.request import SlackRequest, Surface, mapping
from hcpcs_bot.slack.outbound.answer import answer_of, ask_again
from hcpcs_bot.slack.outbound.replies import reading_view, said
from hcpcs_bot.slack.outbound.tasks import Work
from hcpcs_bot.slack.outbound.views import in_thread, place_of, put_view, show


def state_of(request: SlackRequest) -> ButtonState:
    """The state in the pressed control. Raises ``ButtonStateError``."""
    value = request.action.get("value")
    return ButtonState.unpack(value if isinstance(value, str) else "")


def chosen(request: SlackRequest) -> str:
    """The value chosen in a select."""
    value = mapping(request.action.get("selected_option")).get("value")
    return value if isinstance(value, str) else ""


def share(slack: SlackContext) -> Handler:
    """Posts a private answer to the channel, once, naming who shared it."""

    async def handler(request: SlackRequest) -> BoltResponse:
        state = state_of(request)
        place = request.text("container", "message_ts") or request.text("message", "ts")
        key = f"share {request.team} {request.channel} {place} {state.pack()}"
        if await slack.shares.claim(key):
            public = ask_again(request, state, CardPlace.PUBLIC, shared_by=request.user)
            own = ask_again(request, state, CardPlace.PRIVATE, shared_by=request.user)
            work = post(request, public.text, public.blocks, own.text, own.blocks)
            slack.later(request, work, partial(undo, request, key))
        return done()

    async def post(
        request: SlackRequest, text: str, blocks: list[dict[str, Any]], own_text: str, own_blocks: list[dict[str, Any]]
    ) -> None:
        shown = {"response_type": "in_channel", "replace_original": False, "text": text, "blocks": blocks}
        await slack.outbox.respond(request.response_url, in_thread(request, shown))
        kept = {"replace_original": True, "text": own_text, "blocks": own_blocks}
        slack.later(request, slack.outbox.respond(request.response_url, kept))

    def undo(request: SlackRequest, key: str, _: BaseException) -> Work:
        async def tell_again() -> None:
            await slack.shares.release(key)
            told = said("Slack did not take the message, so it was not shared. Please press the button again.")
            await slack.outbox.respond(request.response_url, told)

        return tell_again()

    return handler


def page(slack: SlackContext) -> Handler:
    """Turns the page of a list, in its place."""

    async def handler(request: SlackRequest) -> BoltResponse:
        state, place = state_of(request), place_of(request)
        card = ask_again(request, state, place)
        if request.response_url:
            body = {"replace_original": True, "text": card.text, "blocks": card.blocks}
            slack.later(request, slack.outbox.respond(request.response_url, in_thread(request, body)))
        else:
            slack.later(request, put_view(slack, request, reading_view("HCPCS codes", card.blocks)))
        return done()

    return handler


def opened(slack: SlackContext) -> Handler:
    """Opens what a button asks, beside the message or over the view it stands in."""

    async def handler(request: SlackRequest) -> BoltResponse:
        state = state_of(request)
        slack.later(request, show(slack, request, "HCPCS codes", lambda place: ask_again(request, state, place)))
        return done()

    return handler


def compare(slack: SlackContext) -> Handler:
    """Compares the card's code with the one chosen."""

    async def handler(request: SlackRequest) -> BoltResponse:
        action_id = request.action.get("action_id")
        code = action_id.partition(":")[2] if isinstance(action_id, str) else ""
        other = chosen(request)
        if not code or not other:
            raise ButtonStateError("Please choose a code to compare with.")
        state = ButtonState(f"compare {named(code)} and {named(other)}", request.today)
        slack.later(request, show(slack, request, "Compared", lambda place: ask_again(request, state, place)))
        return done()

    return handler


def fields(slack: SlackContext) -> Handler:
    """Explains every field of a code in a modal."""

    async def handler(request: SlackRequest) -> BoltResponse:
        answer = answer_of(request, state_of(request))
        if answer.records:
            slack.later(
                request, put_view(slack, request, reading_view("Fields explained", draw_fields(answer.records[0])))
            )
        return done()

    return handler


def description(slack: SlackContext) -> Handler:
    """Shows a long description in full in a modal."""

    async def handler(request: SlackRequest) -> BoltResponse:
        answer = answer_of(request, state_of(request))
        if answer.records:
            view = reading_view("Full description", draw_description(answer.records[0]))
            slack.later(request, put_view(slack, request, view))
        return done()

    return handler


async def followed(_: SlackRequest) -> BoltResponse:
    """A link was followed: Slack only wants to hear that we heard."""
    return done()


def register(app: AsyncApp, slack: SlackContext) -> None:
    """Ties the controls of cards."""
    ties = {
        ActionId.OPEN: opened,
        ActionId.SHARE: share,
        ActionId.PAGE: page,
        ActionId.COMPARE: compare,
        ActionId.FIELDS: fields,
        ActionId.DESCRIPTION: description,
    }
    for action, handler in ties.items():
        app.action(action.pattern)(slack.on(Surface.ACTION, limited(slack, handler(slack))))
    app.action(ActionId.LINK.pattern)(slack.on(Surface.ACTION, followed))

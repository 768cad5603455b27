"""Buttons and selects of cards. Each does what its own value says, so that a restart changes nothing."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from hcpcs_bot.slack.answering import answer_of, ask_again
from hcpcs_bot.slack.call import Call, Surface, mapping
from hcpcs_bot.slack.cards import Place
from hcpcs_bot.slack.cards.fields_explained import draw_description, draw_fields
from hcpcs_bot.slack.face import Face, Handler, done
from hcpcs_bot.slack.ids import ActionId, State, StateError, named
from hcpcs_bot.slack.limits import limited
from hcpcs_bot.slack.showing import in_thread, place_of, put_view, show
from hcpcs_bot.slack.tasks import Work
from hcpcs_bot.slack.telling import reading_view, said


def state_of(call: Call) -> State:
    """The state in the pressed control. Raises ``StateError``."""
    value = call.action.get("value")
    return State.unpack(value if isinstance(value, str) else "")


def chosen(call: Call) -> str:
    """The value chosen in a select."""
    value = mapping(call.action.get("selected_option")).get("value")
    return value if isinstance(value, str) else ""


def share(face: Face) -> Handler:
    """Posts a private answer to the channel, once, naming who shared it."""

    async def handler(call: Call) -> BoltResponse:
        state = state_of(call)
        place = call.text("container", "message_ts") or call.text("message", "ts")
        key = f"share {call.team} {call.channel} {place} {state.pack()}"
        if await face.shares.claim(key):
            public = ask_again(call, state, Place.PUBLIC, shared_by=call.user)
            own = ask_again(call, state, Place.PRIVATE, shared_by=call.user)
            work = post(call, public.text, public.blocks, own.text, own.blocks)
            face.later(call, work, partial(undo, call, key))
        return done()

    async def post(
        call: Call, text: str, blocks: list[dict[str, Any]], own_text: str, own_blocks: list[dict[str, Any]]
    ) -> None:
        shown = {"response_type": "in_channel", "replace_original": False, "text": text, "blocks": blocks}
        await face.outbox.respond(call.response_url, in_thread(call, shown))
        kept = {"replace_original": True, "text": own_text, "blocks": own_blocks}
        face.later(call, face.outbox.respond(call.response_url, kept))

    def undo(call: Call, key: str, _: BaseException) -> Work:
        async def tell_again() -> None:
            await face.shares.release(key)
            told = said("Slack did not take the message, so it was not shared. Please press the button again.")
            await face.outbox.respond(call.response_url, told)

        return tell_again()

    return handler


def page(face: Face) -> Handler:
    """Turns the page of a list, in its place."""

    async def handler(call: Call) -> BoltResponse:
        state, place = state_of(call), place_of(call)
        card = ask_again(call, state, place)
        if call.response_url:
            body = {"replace_original": True, "text": card.text, "blocks": card.blocks}
            face.later(call, face.outbox.respond(call.response_url, in_thread(call, body)))
        else:
            face.later(call, put_view(face, call, reading_view("HCPCS codes", card.blocks)))
        return done()

    return handler


def opened(face: Face) -> Handler:
    """Opens what a button asks, beside the message or over the view it stands in."""

    async def handler(call: Call) -> BoltResponse:
        state = state_of(call)
        face.later(call, show(face, call, "HCPCS codes", lambda place: ask_again(call, state, place)))
        return done()

    return handler


def compare(face: Face) -> Handler:
    """Compares the card's code with the one chosen."""

    async def handler(call: Call) -> BoltResponse:
        action_id = call.action.get("action_id")
        code = action_id.partition(":")[2] if isinstance(action_id, str) else ""
        other = chosen(call)
        if not code or not other:
            raise StateError("Please choose a code to compare with.")
        state = State(f"compare {named(code)} and {named(other)}", call.today)
        face.later(call, show(face, call, "Compared", lambda place: ask_again(call, state, place)))
        return done()

    return handler


def fields(face: Face) -> Handler:
    """Explains every field of a code in a modal."""

    async def handler(call: Call) -> BoltResponse:
        answer = answer_of(call, state_of(call))
        if answer.records:
            face.later(call, put_view(face, call, reading_view("Fields explained", draw_fields(answer.records[0]))))
        return done()

    return handler


def description(face: Face) -> Handler:
    """Shows a long description in full in a modal."""

    async def handler(call: Call) -> BoltResponse:
        answer = answer_of(call, state_of(call))
        if answer.records:
            view = reading_view("Full description", draw_description(answer.records[0]))
            face.later(call, put_view(face, call, view))
        return done()

    return handler


async def followed(_: Call) -> BoltResponse:
    """A link was followed: Slack only wants to hear that we heard."""
    return done()


def register(app: AsyncApp, face: Face) -> None:
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
        app.action(action.pattern)(face.on(Surface.ACTION, limited(face, handler(face))))
    app.action(ActionId.LINK.pattern)(face.on(Surface.ACTION, followed))

"""The controls of a team's notes: edit and delete in a modal, and the pages of the list."""

from __future__ import annotations

from typing import Any, Final

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from hcpcs_bot.slack.blockkit.message_bodies import plain_blocks, replacement
from hcpcs_bot.slack.blockkit.mrkdwn import clean
from hcpcs_bot.slack.cards.parts.buttons import ActionId
from hcpcs_bot.slack.cards.views.note_view import note_view
from hcpcs_bot.slack.context import Handler, SlackContext
from hcpcs_bot.slack.ids import BlockId, ButtonStateError, CallbackId
from hcpcs_bot.slack.inbound.request import SlackRequest, Surface, mapping
from hcpcs_bot.slack.listeners.team.notes import NOT_NOW
from hcpcs_bot.slack.outbound.responses import acknowledge, json_response
from hcpcs_bot.slack.replies.asker import asker_of
from hcpcs_bot.slack.replies.notices import notify
from hcpcs_bot.slack.replies.rate_limited import rate_limited
from hcpcs_bot.slack.replies.views import in_thread, reading_view, show_view
from hcpcs_bot.state.database import StateError
from hcpcs_bot.team.note_parser import NoteError, parse_target

VIEW_TITLE: Final = "Team notes"
NUMBER_DIGITS: Final = 6
"""Maximum digits of the number of a note."""


def number_in(value: object) -> int:
    """The number of a note in a control's value. Raises ``ButtonStateError``."""
    text = value if isinstance(value, str) else ""
    if not text.isascii() or not text.isdecimal() or len(text) > NUMBER_DIGITS:
        raise ButtonStateError("This button can't be read. Please ask again.")
    return int(text)


def entered_text(request: SlackRequest) -> str:
    """The text in the modal of a note."""
    values = mapping(mapping(mapping(request.body.get("view")).get("state")).get("values"))
    value = mapping(mapping(values.get(BlockId.NOTE)).get(BlockId.NOTE)).get("value")
    return clean(value) if isinstance(value, str) else ""


def register(app: AsyncApp, slack: SlackContext) -> None:
    """Registers the controls, where notes are kept."""
    notes = slack.notes
    if notes is None:
        return

    async def open_note(request: SlackRequest) -> BoltResponse:
        note = await notes.changeable(asker_of(request), number_in(request.action.get("value")))
        slack.run_later(request, show_view(slack, request, note_view(note)))
        return acknowledge()

    async def delete(request: SlackRequest) -> BoltResponse:
        reply = await notes.delete(asker_of(request), number_in(request.action.get("value")))
        view = reading_view(VIEW_TITLE, plain_blocks(reply))
        slack.run_later(request, update(request.text("view", "id"), view))
        return acknowledge()

    async def update(view_id: str, view: dict[str, Any]) -> None:
        await slack.outbox.client.views_update(view_id=view_id, view=view)

    async def save(request: SlackRequest) -> BoltResponse:
        number = number_in(mapping(request.body.get("view")).get("private_metadata"))
        text = entered_text(request)
        if not text.strip():
            return _complain("Write the note, or delete it.")
        try:
            reply = await notes.edit(asker_of(request), number, text)
        except NoteError as error:
            return _complain(str(error))
        except StateError:
            return _complain(NOT_NOW)
        view = reading_view(VIEW_TITLE, plain_blocks(reply))
        return json_response({"response_action": "update", "view": view})

    async def turn_page(request: SlackRequest) -> BoltResponse:
        value = request.action.get("value")
        offset, _, phrase = (value if isinstance(value, str) else "").partition("|")
        target = parse_target(phrase) if phrase else None
        if phrase and target is None:
            raise ButtonStateError("This button can't be read. Please ask again.")
        page = await notes.page(asker_of(request), target, number_in(offset))
        if isinstance(page, str):
            return notify(slack, request, page)
        work = slack.outbox.respond(request.response_url, in_thread(request, replacement(*page)))
        slack.run_later(request, work)
        return acknowledge()

    handlers = {
        ActionId.EDIT_NOTE: open_note,
        ActionId.DELETE_NOTE: delete,
        ActionId.NOTES_PAGE: turn_page,
    }
    for action, handler in handlers.items():
        listener = rate_limited(slack, _in_words(slack, handler))
        app.action(action.pattern)(slack.listener(Surface.ACTION, listener))
    app.view(CallbackId.NOTE_VIEW)(slack.listener(Surface.VIEW, rate_limited(slack, save)))


def _complain(text: str) -> BoltResponse:
    return json_response({"response_action": "errors", "errors": {BlockId.NOTE.value: text}})


def _in_words(slack: SlackContext, handler: Handler) -> Handler:
    """``handler``, with words for a person where the database fails."""

    async def handle(request: SlackRequest) -> BoltResponse | None:
        try:
            return await handler(request)
        except StateError:
            return notify(slack, request, NOT_NOW)

    return handle

"""The look-up modal at work: a choice shows the card, at once or on submission."""

from __future__ import annotations

from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from hcpcs_bot.slack.answering import ask
from hcpcs_bot.slack.call import Call, Surface, mapping
from hcpcs_bot.slack.cards import Place
from hcpcs_bot.slack.cards.lookup import lookup_view
from hcpcs_bot.slack.face import Face, done, json_answer
from hcpcs_bot.slack.ids import ActionId, BlockId, CallbackId, named
from hcpcs_bot.slack.limits import limited
from hcpcs_bot.slack.listeners.actions import chosen


def submitted_code(call: Call) -> str:
    """The code chosen in the look-up modal; blank for none."""
    values = mapping(mapping(mapping(call.body.get("view")).get("state")).get("values"))
    select = mapping(mapping(values.get(BlockId.LOOKUP)).get(ActionId.LOOKUP))
    value = mapping(select.get("selected_option")).get("value")
    return value if isinstance(value, str) else ""


def register(app: AsyncApp, face: Face) -> None:
    """Ties the look-up modal."""

    def with_card(call: Call, code: str) -> dict[str, Any]:
        return lookup_view(ask(face, call, named(code), place=Place.VIEW).blocks)

    async def submitted(call: Call) -> BoltResponse:
        code = submitted_code(call)
        if not code:
            told = {BlockId.LOOKUP: "Type a code or a few words, and choose one from the list."}
            return json_answer({"response_action": "errors", "errors": told})
        return json_answer({"response_action": "update", "view": with_card(call, code)})

    async def selected(call: Call) -> BoltResponse:
        code = chosen(call)
        if code:
            view = with_card(call, code)
            face.later(call, update(call.text("view", "id"), call.text("view", "hash"), view))
        return done()

    async def update(view_id: str, view_hash: str, view: dict[str, Any]) -> None:
        await face.outbox.client.views_update(view_id=view_id, hash=view_hash or None, view=view)

    app.view(CallbackId.LOOKUP_VIEW)(face.on(Surface.VIEW, limited(face, submitted)))
    app.action(ActionId.LOOKUP.pattern)(face.on(Surface.ACTION, limited(face, selected)))

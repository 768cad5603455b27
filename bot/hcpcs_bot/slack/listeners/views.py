"""The look-up modal at work: a choice shows the card, at once or on submission."""

from __future__ import annotations

from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from hcpcs_bot.slack.cards import CardPlace
from hcpcs_bot.slack.cards.lookup_view import lookup_view
from hcpcs_bot.slack.context import SlackContext, done, json_answer
from hcpcs_bot.slack.ids import ActionId, BlockId, CallbackId, named
from hcpcs_bot.slack.inbound.rate_limit import limited
from hcpcs_bot.slack.inbound.request import SlackRequest, Surface, mapping
from hcpcs_bot.slack.listeners.actions import chosen
from hcpcs_bot.slack.outbound.answer import ask


def submitted_code(request: SlackRequest) -> str:
    """The code chosen in the look-up modal; blank for none."""
    values = mapping(mapping(mapping(request.body.get("view")).get("state")).get("values"))
    select = mapping(mapping(values.get(BlockId.LOOKUP)).get(ActionId.LOOKUP))
    value = mapping(select.get("selected_option")).get("value")
    return value if isinstance(value, str) else ""


def register(app: AsyncApp, slack: SlackContext) -> None:
    """Ties the look-up modal."""

    def with_card(request: SlackRequest, code: str) -> dict[str, Any]:
        return lookup_view(ask(slack, request, named(code), place=CardPlace.VIEW).blocks)

    async def submitted(request: SlackRequest) -> BoltResponse:
        code = submitted_code(request)
        if not code:
            told = {BlockId.LOOKUP: "Type a code or a few words, and choose one from the list."}
            return json_answer({"response_action": "errors", "errors": told})
        return json_answer({"response_action": "update", "view": with_card(request, code)})

    async def selected(request: SlackRequest) -> BoltResponse:
        code = chosen(request)
        if code:
            view = with_card(request, code)
            slack.later(request, update(request.text("view", "id"), request.text("view", "hash"), view))
        return done()

    async def update(view_id: str, view_hash: str, view: dict[str, Any]) -> None:
        await slack.outbox.client.views_update(view_id=view_id, hash=view_hash or None, view=view)

    app.view(CallbackId.LOOKUP_VIEW)(slack.on(Surface.VIEW, limited(slack, submitted)))
    app.action(ActionId.LOOKUP.pattern)(slack.on(Surface.ACTION, limited(slack, selected)))

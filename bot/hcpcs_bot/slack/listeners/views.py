"""The look-up modal: choosing a code shows its card, at once or when the modal is submitted."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from hcpcs_bot.slack.cards import CardPlace
from hcpcs_bot.slack.cards.parts.buttons import ActionId
from hcpcs_bot.slack.cards.views.lookup_view import lookup_view
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.ids import BlockId, CallbackId, code_question
from hcpcs_bot.slack.inbound.request import SlackRequest, Surface, mapping
from hcpcs_bot.slack.outbound.responses import acknowledge, json_response
from hcpcs_bot.slack.outbound.retries import SlackCallError
from hcpcs_bot.slack.replies.answer import ask, selected_value
from hcpcs_bot.slack.replies.rate_limited import rate_limited
from hcpcs_bot.slack.replies.views import send_fitting


def submitted_code(request: SlackRequest) -> str:
    """The code chosen in the look-up modal; blank for none."""
    values = mapping(mapping(mapping(request.body.get("view")).get("state")).get("values"))
    state = mapping(mapping(values.get(BlockId.LOOKUP)).get(ActionId.LOOKUP))
    value = mapping(state.get("selected_option")).get("value")
    return value if isinstance(value, str) else ""


def register(app: AsyncApp, slack: SlackContext) -> None:
    """Registers the look-up modal."""

    async def with_card(request: SlackRequest, code: str) -> dict[str, Any]:
        card = await ask(slack, request, code_question(code), place=CardPlace.VIEW)
        return lookup_view(card.blocks)

    async def submit(request: SlackRequest) -> BoltResponse:
        code = submitted_code(request)
        if not code:
            errors = {BlockId.LOOKUP.value: "Type a code or a few words, and choose one from the list."}
            return json_response({"response_action": "errors", "errors": errors})
        return json_response({"response_action": "update", "view": await with_card(request, code)})

    async def select(request: SlackRequest) -> BoltResponse:
        code = selected_value(request)
        if code:
            view = await with_card(request, code)
            slack.run_later(request, update(request.text("view", "id"), request.text("view", "hash"), view))
        return acknowledge()

    async def update(view_id: str, view_hash: str, view: dict[str, Any]) -> None:
        client = slack.outbox.client
        try:
            await send_fitting(partial(client.views_update, view_id=view_id, hash=view_hash or None), view)
        except SlackCallError as error:
            # The view has changed since, by a later choice or by an attempt that Slack didn't confirm, or is closed.
            if error.failure.reason not in {"hash_conflict", "not_found"}:
                raise

    app.view(CallbackId.LOOKUP_VIEW)(slack.listener(Surface.VIEW, rate_limited(slack, submit)))
    app.action(ActionId.LOOKUP.pattern)(slack.listener(Surface.ACTION, rate_limited(slack, select)))

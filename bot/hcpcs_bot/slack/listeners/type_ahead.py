"""Type-ahead: the options of every select that is filled while a person types."""

from __future__ import annotations

from typing import Any, Final

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from hcpcs.search_port import Hit
from hcpcs_bot.slack.blockkit.blocks import OPTION_TEXT, option
from hcpcs_bot.slack.blockkit.mrkdwn import clean
from hcpcs_bot.slack.cards.parts.buttons import ActionId
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.inbound.request import SlackRequest, Surface
from hcpcs_bot.slack.outbound.responses import json_response
from hcpcs_bot.slack.ports import AnsweringDesk

OPTION_LIMIT: Final = 20
"""Maximum options shown at once."""
TYPED_LIMIT: Final = 200
"""Maximum characters of typed text that are looked up."""


def hit_option(hit: Hit) -> dict[str, Any]:
    """A hit as an option: code and short description, the long one below; the code alone is its value."""
    note = f" {hit.status_note}" if hit.status_note else ""
    return option(f"{hit.code}{note} · {hit.short_description or hit.long_description}", hit.code, hit.long_description)


def register(app: AsyncApp, slack: SlackContext) -> None:
    """Registers the type-ahead selects."""

    async def suggest(request: SlackRequest) -> BoltResponse:
        typed = clean(request.text("value"))[:TYPED_LIMIT].strip()
        return json_response({"options": await slack.answer_threads.run(options, request.desk, typed)})

    def options(desk: AnsweringDesk, typed: str) -> list[dict[str, Any]]:
        hits = desk.suggest(typed, limit=OPTION_LIMIT) if typed else ()
        return [hit_option(hit) for hit in hits if len(hit.code) <= OPTION_TEXT]

    listener = slack.listener(Surface.OPTIONS, suggest)
    app.options(ActionId.COMPARE.pattern)(listener)
    app.options(ActionId.LOOKUP.pattern)(listener)

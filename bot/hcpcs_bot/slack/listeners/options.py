"""Type-ahead: the choices of every select that asks the desk while one types."""

from __future__ import annotations

from typing import Any, Final

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from hcpcs.search_port import Hit
from hcpcs_bot.slack.blockkit.blocks import OPTION_TEXT, option
from hcpcs_bot.slack.blockkit.mrkdwn import clean
from hcpcs_bot.slack.context import SlackContext, json_answer
from hcpcs_bot.slack.ids import ActionId
from hcpcs_bot.slack.inbound.request import SlackRequest, Surface

SHOWN: Final = 20
TYPED_LIMIT: Final = 200


def choice(hit: Hit) -> dict[str, Any]:
    """A hit as an option: code and short description, the long one below; the code alone is its value."""
    ended = "" if hit.active else " (not active)"
    return option(
        f"{hit.code}{ended} · {hit.short_description or hit.long_description}", hit.code, hit.long_description
    )


def register(app: AsyncApp, slack: SlackContext) -> None:
    """Ties the type-ahead selects."""

    async def suggest(request: SlackRequest) -> BoltResponse:
        typed = clean(request.text("value"))[:TYPED_LIMIT].strip()
        hits = request.desk.suggest(typed, limit=SHOWN) if typed else ()
        return json_answer({"options": [choice(hit) for hit in hits if len(hit.code) <= OPTION_TEXT]})

    listener = slack.on(Surface.OPTIONS, suggest)
    app.options(ActionId.COMPARE.pattern)(listener)
    app.options(ActionId.LOOKUP.pattern)(listener)

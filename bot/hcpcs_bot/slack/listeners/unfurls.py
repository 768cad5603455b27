"""Links to this server's own code pages unfurl into cards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from hcpcs.answers.answer import Outcome
from hcpcs_bot.slack.cards import CardPlace
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.ids import code_question
from hcpcs_bot.slack.inbound.dedup import is_first_delivery
from hcpcs_bot.slack.inbound.request import SlackRequest, Surface, mapping
from hcpcs_bot.slack.outbound.responses import acknowledge
from hcpcs_bot.slack.replies.answer import ask

LINK_LIMIT: Final = 3
"""Maximum links per message that unfurl."""
_CODE: Final = re.compile(r"[A-Za-z0-9]{2,5}")


def code_of(url: str, code_pages: str) -> str | None:
    """The code that a link to one of our own pages names; ``None`` for any other link."""
    try:
        link, own = urlsplit(url), urlsplit(code_pages)
    except ValueError:
        return None
    if not code_pages or link.scheme not in {"http", "https"} or link.netloc.lower() != own.netloc.lower():
        return None
    folder = own.path if own.path.endswith("/") else f"{own.path}/"
    name = link.path.removeprefix(folder).rstrip("/")
    return name.upper() if link.path.startswith(folder) and _CODE.fullmatch(name) else None


def links_of(request: SlackRequest) -> Iterator[str]:
    """The links of a ``link_shared`` event."""
    links = request.event.get("links")
    for link in links if isinstance(links, list) else ():
        url = mapping(link).get("url")
        if isinstance(url, str):
            yield url


def register(app: AsyncApp, slack: SlackContext) -> None:
    """Registers ``link_shared``."""

    async def handle(request: SlackRequest) -> BoltResponse:
        unfurls: dict[str, dict[str, Any]] = {}
        for url in links_of(request):
            code = code_of(url, slack.config.code_pages)
            if code is None or len(unfurls) >= LINK_LIMIT:
                continue
            if not await is_first_delivery(slack.seen_events, request, code):
                continue
            card = await ask(slack, request, code_question(code), place=CardPlace.UNFURL)
            if request.summary.outcome == Outcome.ANSWERED:
                unfurls[url] = {"blocks": card.blocks}
        if unfurls:
            slack.run_later(request, unfurl(request, unfurls))
        return acknowledge()

    async def unfurl(request: SlackRequest, unfurls: dict[str, dict[str, Any]]) -> None:
        source, unfurl_id = request.text("event", "source"), request.text("event", "unfurl_id")
        if source and unfurl_id:
            await slack.outbox.client.chat_unfurl(source=source, unfurl_id=unfurl_id, unfurls=unfurls)
        else:
            channel, stamp = request.text("event", "channel"), request.text("event", "message_ts")
            await slack.outbox.client.chat_unfurl(channel=channel, ts=stamp, unfurls=unfurls)

    app.event("link_shared")(slack.listener(Surface.UNFURL, handle))

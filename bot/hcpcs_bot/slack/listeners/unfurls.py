"""Links to this desk's own code pages unfold into cards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from hcpcs.answers import Outcome
from hcpcs_bot.slack.answering import ask
from hcpcs_bot.slack.call import Call, Surface, mapping
from hcpcs_bot.slack.cards import Place
from hcpcs_bot.slack.deliveries import first_delivery
from hcpcs_bot.slack.face import Face, done
from hcpcs_bot.slack.ids import named

LINKS_UNFOLDED: Final = 3
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


def links_of(call: Call) -> Iterator[str]:
    """The links of a ``link_shared`` event."""
    links = call.event.get("links")
    for link in links if isinstance(links, list) else ():
        url = mapping(link).get("url")
        if isinstance(url, str):
            yield url


def register(app: AsyncApp, face: Face) -> None:
    """Ties ``link_shared``."""

    async def shared(call: Call) -> BoltResponse:
        unfurls: dict[str, dict[str, Any]] = {}
        for url in links_of(call):
            code = code_of(url, face.config.code_pages)
            if code is None or len(unfurls) >= LINKS_UNFOLDED or not await first_delivery(face, call, code):
                continue
            card = ask(face, call, named(code), place=Place.UNFURL)
            if call.gist.outcome == Outcome.ANSWERED:
                unfurls[url] = {"blocks": card.blocks}
        if unfurls:
            face.later(call, unfold(call, unfurls))
        return done()

    async def unfold(call: Call, unfurls: dict[str, dict[str, Any]]) -> None:
        source, unfurl_id = call.text("event", "source"), call.text("event", "unfurl_id")
        if source and unfurl_id:
            await face.outbox.client.chat_unfurl(source=source, unfurl_id=unfurl_id, unfurls=unfurls)
        else:
            channel, stamp = call.text("event", "channel"), call.text("event", "message_ts")
            await face.outbox.client.chat_unfurl(channel=channel, ts=stamp, unfurls=unfurls)

    app.event("link_shared")(face.on(Surface.UNFURL, shared))

"""A stand-in for Slack that keeps what is posted in each channel, over real HTTP, as strict or lax as asked."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

from aiohttp import web


class SlackChannels:
    """Takes ``chat.postMessage`` and ``conversations.history``.

    ``knows_keys``: posts nothing twice under one ``client_msg_id``. ``shows``: the app may read its channels. Every
    message takes ``pause`` seconds before and after it is kept, so that a caller can die at either time.
    """

    def __init__(self, *, knows_keys: bool, shows: bool, pause: float = 0.003) -> None:
        self.address = ""
        self.messages: list[dict[str, Any]] = []
        self.knows_keys = knows_keys
        self.shows = shows
        self.pause = pause
        self.sent_again = 0

    async def answer(self, request: web.Request) -> web.Response:
        """One call."""
        if request.path.endswith("/chat.postMessage"):
            return await self._post(await request.json())
        if request.path.endswith("/conversations.history"):
            asked = await request.post()
            return self._history(str(asked["channel"]))
        return web.json_response({"ok": False, "error": "unknown_method"})

    async def _post(self, message: dict[str, Any]) -> web.Response:
        await asyncio.sleep(self.pause)
        known = [one for one in self.messages if one["client_msg_id"] == message["client_msg_id"]]
        self.sent_again += bool(known)
        if not (known and self.knows_keys):
            self.messages.append(message | {"ts": f"1700000000.{len(self.messages):06}"})
        await asyncio.sleep(self.pause)
        return web.json_response({"ok": True, "ts": (known or self.messages[-1:])[0]["ts"]})

    def _history(self, channel: str) -> web.Response:
        if not self.shows:
            return web.json_response({"ok": False, "error": "missing_scope", "needed": "channels:history"})
        held = [one for one in self.messages if one["channel"] == channel]
        shown = [{"type": "message", "ts": one["ts"], "metadata": one["metadata"]} for one in reversed(held)]
        return web.json_response({"ok": True, "messages": shown})

    def told(self) -> Counter[tuple[str, str]]:
        """How often each channel was told of each release: by channel and the release's name."""
        return Counter((one["channel"], one["text"].partition(":")[0]) for one in self.messages)

"""Posts digests through Slack's Web API, and looks for one that may have been posted.

Looking needs a history scope that the app does not ask for by default; where it is granted, a message that may have
been posted is looked for before it is posted again. ``message_keys`` says by what it is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import aiohttp
import orjson

from hcpcs_bot.slack.cards.lists.digest import draw_digest
from hcpcs_bot.slack.inbound.request import mapping
from hcpcs_bot.slack.installation.config import SlackConfig
from hcpcs_bot.slack.outbound.message_keys import (
    DIGEST_EVENT,
    MAX_CLOCK_SKEW,
    PAGE_SIZE,
    PAGES_READ,
    POSTED_AND_DELETED,
    has_key,
    key_metadata,
)
from hcpcs_bot.slack.outbound.retries import MAYBE_DONE, RATE_LIMITS
from hcpcs_bot.watches.delivery import RETRY_SECONDS, MaybePostedError, NotPostedError, PostStatus
from hcpcs_bot.watches.digest import Digest
from hcpcs_bot.watches.store import WatchedChannel

UNREACHABLE_SECONDS: Final = 60.0
"""Seconds before a retry where Slack could not be reached."""
RATE_LIMITED_SECONDS: Final = 30.0
"""Seconds before a retry where Slack limits the rate and names no time."""


class SlackReply(NamedTuple):
    """Slack's answer to a call: the HTTP status, ``Retry-After`` in seconds (0: none), and the JSON object."""

    status: int
    retry_after: float
    body: dict[str, Any]

    @property
    def error(self) -> str:
        """Slack's error code; blank for a call that succeeded."""
        if self.status == 200 and self.body.get("ok") is True:
            return ""
        return str(self.body.get("error") or f"http_{self.status}")


class DigestPoster:
    """Posts as the app. Unlike Slack's SDK, it never retries by itself: the caller decides whether to."""

    def __init__(self, config: SlackConfig) -> None:
        self._api = config.api_url
        self._timeout = config.call_timeout
        self._trust_env = config.through_proxy
        self._headers = {"authorization": f"Bearer {config.bot_token}"}

    async def post(self, channel: WatchedChannel, digest: Digest, key: str) -> str:
        """Posts a digest, and returns the message's timestamp. Raises ``NotPostedError`` or ``MaybePostedError``."""
        card = draw_digest(digest)
        message = {
            "channel": channel.channel,
            "text": card.text,
            "blocks": card.blocks,
            "metadata": key_metadata(DIGEST_EVENT, key),
            "unfurl_links": False,
            "unfurl_media": False,
            "client_msg_id": key,
        }
        try:
            reply = await self._call(
                "chat.postMessage", orjson.dumps(message), {"content-type": "application/json; charset=utf-8"}
            )
        except aiohttp.ClientConnectorError as error:
            raise NotPostedError("unreachable", UNREACHABLE_SECONDS) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise MaybePostedError(f"Slack's answer was lost ({type(error).__name__})") from error
        return _timestamp(reply)

    async def look_for(self, channel: WatchedChannel, key: str, since: float) -> PostStatus:
        """Whether the channel shows a message with this key, posted after ``since``."""
        query = {
            "channel": channel.channel,
            "oldest": f"{since - MAX_CLOCK_SKEW:.6f}",
            "limit": str(PAGE_SIZE),
            "include_all_metadata": "true",
        }
        for _ in range(PAGES_READ):
            try:
                page = await self._call("conversations.history", query)
            except (aiohttp.ClientError, TimeoutError, OSError):
                return PostStatus.UNKNOWN
            if page.error:
                # No scope, or no longer a member: the key alone must then prevent a second message.
                return PostStatus.UNKNOWN
            messages = page.body.get("messages")
            if isinstance(messages, list) and any(has_key(mapping(message), key) for message in messages):
                return PostStatus.POSTED
            cursor = mapping(page.body.get("response_metadata")).get("next_cursor")
            if not cursor:
                return PostStatus.ABSENT
            query["cursor"] = str(cursor)
        return PostStatus.UNKNOWN

    async def _call(
        self, method: str, data: bytes | Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> SlackReply:
        async with (
            aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=self._timeout), trust_env=self._trust_env, headers=self._headers
            ) as session,
            session.post(self._api + method, data=data, headers=headers, allow_redirects=False) as response,
        ):
            body = await response.read()
            wait = response.headers.get("retry-after", "")
        try:
            parsed = orjson.loads(body)
        except orjson.JSONDecodeError:
            parsed = {}
        return SlackReply(response.status, float(wait) if wait.isdecimal() else 0.0, mapping(parsed))


def _timestamp(reply: SlackReply) -> str:
    """The timestamp of the posted message. Raises ``NotPostedError`` or ``MaybePostedError``."""
    if not reply.error:
        return str(reply.body.get("ts") or "posted")[:32]
    if reply.error == POSTED_AND_DELETED:
        return "deleted"
    if reply.status == 429 or reply.error in RATE_LIMITS:
        raise NotPostedError(reply.error, reply.retry_after or RATE_LIMITED_SECONDS)
    if reply.status >= 500 or not reply.body or reply.error in MAYBE_DONE:
        raise MaybePostedError(f"Slack answered {reply.error}")
    raise NotPostedError(reply.error, RETRY_SECONDS)

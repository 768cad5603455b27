"""What the app sends to Slack outside a response: calls of the Web API, and answers to a ``response_url``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

import aiohttp
import orjson
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

from hcpcs.errors import HcpcsError
from hcpcs_bot.slack.blockkit.blocks import Block
from hcpcs_bot.slack.blockkit.newer_blocks import BlockSupport, newer_kinds, with_newer_blocks
from hcpcs_bot.slack.installation.config import SlackConfig

TIMEOUT: Final = 10
"""Maximum seconds per call to Slack."""

log = structlog.get_logger("hcpcs_bot.slack")


def _refuses_blocks(refusal: str) -> bool:
    """Whether Slack refuses the blocks (invalid_blocks, msg_blocks_too_long and the like)."""
    return "blocks" in refusal


Message = dict[str, Any]
"""A message as it is sent: text, blocks, and where it goes."""


class OutboxError(HcpcsError):
    """Slack did not take what was sent. Never shows what it was, or where it went."""


class Outbox:
    """Everything is sent through here. Keeps one HTTP session, opened by ``open`` inside the running loop."""

    def __init__(self, config: SlackConfig) -> None:
        self._config = config
        self._session: aiohttp.ClientSession | None = None
        self.block_support = BlockSupport()
        self.client = AsyncWebClient(
            token=config.bot_token,
            base_url=config.api_url,
            timeout=TIMEOUT,
            trust_env_in_session=config.through_proxy,
            retry_handlers=[
                AsyncConnectionErrorRetryHandler(max_retry_count=2),
                AsyncServerErrorRetryHandler(max_retry_count=2),
                AsyncRateLimitErrorRetryHandler(max_retry_count=2),
            ],
        )

        if not config.through_proxy:
            self.client.proxy = None

    async def open(self) -> None:
        """Opens the session."""
        timeout = aiohttp.ClientTimeout(total=TIMEOUT)
        self._session = aiohttp.ClientSession(timeout=timeout, trust_env=self._config.through_proxy)
        self.client.session = self._session

    async def close(self) -> None:
        """Closes the session."""
        if self._session is not None:
            await self._session.close()
            self._session = self.client.session = None

    async def respond(self, url: str, body: Mapping[str, Any]) -> None:
        """Posts to a ``response_url``; if Slack refuses the blocks, the text alone.

        Raises ``OutboxError``; an address that is not Slack's is never called.
        """
        if not self._config.accepts_response_url(url):
            raise OutboxError("the response_url is not Slack's: nothing was sent")
        if self._session is None:
            raise OutboxError("the outbox is not open")
        session = self._session
        headers = {"content-type": "application/json; charset=utf-8"}

        async def send(form: Message) -> str:
            try:
                async with session.post(
                    url, data=orjson.dumps(form), headers=headers, allow_redirects=False
                ) as response:
                    status, refusal = response.status, await response.text(errors="replace")
            except (aiohttp.ClientError, TimeoutError) as error:
                raise OutboxError(f"the response_url could not be reached ({type(error).__name__})") from None
            if status == 200:
                return ""
            if _refuses_blocks(refusal):
                return refusal
            raise OutboxError(f"the response_url answered {status}")

        if await self._send_newest_form(dict(body), send):
            raise OutboxError("the response_url refused the answer")

    async def post(self, channel: str, text: str, blocks: Sequence[Block], thread: str | None = None) -> None:
        """Posts a message in a channel or thread, with no preview of links.

        If Slack refuses the blocks, the text is posted alone: it is the whole answer, too.
        """
        message: Message = {
            "channel": channel,
            "text": text,
            "thread_ts": thread,
            "unfurl_links": False,
            "unfurl_media": False,
            "blocks": list(blocks),
        }

        async def send(form: Message) -> str:
            try:
                await self.client.chat_postMessage(**form)
            except SlackApiError as error:
                refusal = str(error.response.get("error"))
                if "blocks" not in form or not _refuses_blocks(refusal):
                    raise
                return refusal
            return ""

        await self._send_newest_form(message, send)

    async def _send_newest_form(self, message: Message, send: Callable[[Message], Awaitable[str]]) -> str:
        """Sends a message with Slack's newer blocks where they may be taken, else with the common ones, else its text.

        ``send`` returns Slack's refusal of the blocks, blank where it took the message; so does this.
        """
        common = list(message.get("blocks", ()))
        newer = with_newer_blocks(common, self.block_support.worth_trying)
        tried = bool(newer_kinds(newer))
        if tried:
            refusal = await send({**message, "blocks": newer})
            if not refusal:
                self.block_support.remember(newer, taken=True)
                return ""
        refusal = await send(message)
        if tried and not refusal:
            self.block_support.remember(newer, taken=False)
            refused = sorted(kind.value for kind in newer_kinds(newer))
            log.info("Slack refused newer blocks; the common ones are used", blocks=refused)
        if refusal and common:
            log.error("Slack refused the blocks of an answer; its text was sent alone")
            refusal = await send({name: value for name, value in message.items() if name != "blocks"})
        return refusal

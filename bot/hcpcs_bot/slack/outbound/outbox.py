"""What the app sends to Slack outside a response: calls of the Web API, and answers to a ``response_url``."""

from __future__ import annotations

import asyncio
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

import aiohttp
import orjson
import structlog

from hcpcs.errors import HcpcsError
from hcpcs_bot.slack.blockkit.blocks import Block
from hcpcs_bot.slack.blockkit.mrkdwn import clip_markup
from hcpcs_bot.slack.blockkit.newer_blocks import BlockSupport, newer_kinds, with_newer_blocks
from hcpcs_bot.slack.installation.config import SlackConfig
from hcpcs_bot.slack.outbound.message_keys import ANSWER_EVENT, POSTED_AND_DELETED, key_metadata
from hcpcs_bot.slack.outbound.retries import (
    ATTEMPTS,
    RESPONSE_URL,
    CallFailure,
    SlackCallError,
    failure_of_reply,
    with_retries,
)
from hcpcs_bot.slack.outbound.slack_client import SlackClient

SHORT_TEXT: Final = 1_000
"""Maximum characters of a text that Slack refused as too long, sent again."""
TOO_LONG: Final = frozenset({"msg_too_long", "message_too_long"})
"""Slack's errors for a text that is too long."""

log = structlog.get_logger("hcpcs_bot.slack")

Message = dict[str, Any]
"""A message as it is sent: text, blocks, and where it goes."""
WasPosted = Callable[[], Awaitable[bool]]
"""Asks Slack whether it has posted a message."""
Send = Callable[[Message], Awaitable[None]]


def _refuses_blocks(reason: str) -> bool:
    """Whether Slack refuses the blocks (invalid_blocks, msg_blocks_too_long and the like)."""
    return "blocks" in reason


class OutboxError(HcpcsError):
    """Nothing was sent. Never shows what it was, or where it should have gone."""


class Outbox:
    """Everything is sent through here. Keeps one HTTP session, opened by ``open`` inside the running loop.

    ``learn_app`` gets the app's id from Slack's answers. ``failures`` counts what was not sent, ``retries`` what
    was sent again, by Slack's error code.
    """

    def __init__(self, config: SlackConfig, learn_app: Callable[[str], None] = lambda _: None) -> None:
        self._config = config
        self._session: aiohttp.ClientSession | None = None
        self.block_support = BlockSupport()
        self.failures: Counter[str] = Counter()
        self.retries: Counter[str] = Counter()
        self.client = SlackClient(config, learn_app, self._note_retry)

    def _note_retry(self, reason: str) -> None:
        self.retries[reason] += 1

    async def open(self) -> None:
        """Opens the session."""
        timeout = aiohttp.ClientTimeout(total=self._config.call_timeout)
        self._session = aiohttp.ClientSession(timeout=timeout, trust_env=self._config.through_proxy)
        self.client.session = self._session

    async def close(self) -> None:
        """Closes the session."""
        if self._session is not None:
            await self._session.close()
            self._session = self.client.session = None

    async def respond(self, url: str, body: Mapping[str, Any]) -> None:
        """Posts to a ``response_url``. Raises ``OutboxError`` or ``SlackCallError``.

        An address that is not Slack's is never called. A message that everybody sees is not sent again once Slack may
        have posted it: a ``response_url`` takes no ``client_msg_id``, and would post it twice.
        """
        if not self._config.accepts_response_url(url):
            raise OutboxError("the response_url is not Slack's: nothing was sent")
        if self._session is None:
            raise OutboxError("the outbox is not open")
        session = self._session
        headers = {"content-type": "application/json; charset=utf-8"}

        async def send(form: Message) -> None:
            async def attempt() -> None:
                async with session.post(
                    url, data=orjson.dumps(form), headers=headers, allow_redirects=False
                ) as response:
                    status, answer = response.status, await response.read()
                    failure = _failure_of_response_url(status, answer, response.headers.get("retry-after", ""))
                if failure is not None:
                    raise SlackCallError(failure, RESPONSE_URL)

            repeatable = form.get("response_type") != "in_channel"
            await with_retries(
                attempt, RESPONSE_URL, wait=self._config.retry_wait, repeatable=repeatable, on_retry=self._note_retry
            )

        await self._send_newest_form(dict(body), send)

    async def post(
        self,
        channel: str,
        text: str,
        blocks: Sequence[Block],
        thread: str | None = None,
        *,
        key: str = "",
        was_posted: WasPosted | None = None,
    ) -> None:
        """Posts a message in a channel or thread, with no preview of links. Raises ``SlackCallError``.

        ``channel`` may be a user's id: the message then goes to the app's direct messages with them. The message has
        a ``client_msg_id``, by which Slack knows it where it comes twice. One that may be posted again by another
        replica has a ``key``, a UUID: it is that id, and ``posted_messages`` finds the message by it: ``was_posted`` is
        asked before a message is sent again that Slack may have posted.
        """
        named: Message = {"metadata": key_metadata(ANSWER_EVENT, key)} if key else {}
        message: Message = {
            "channel": channel,
            "text": text,
            "thread_ts": thread,
            "unfurl_links": False,
            "unfurl_media": False,
            "blocks": list(blocks),
        }

        async def send(form: Message) -> None:
            body = {**form, **named, "client_msg_id": key or str(uuid.uuid4())}
            body = {name: value for name, value in body.items() if value is not None}
            await self.client.api_call("chat.postMessage", json=body, repeatable=was_posted is None)

        try:
            await self._send_until_posted(message, send, was_posted)
        except SlackCallError as error:
            if not key or error.failure.reason != POSTED_AND_DELETED:
                raise

    async def _send_until_posted(self, message: Message, send: Send, was_posted: WasPosted | None) -> None:
        """Sends a message, again only where Slack has not posted it. Raises ``SlackCallError``."""
        for number in range(1, ATTEMPTS + 1):
            try:
                await self._send_newest_form(message, send)
            except SlackCallError as error:
                if was_posted is None or not error.failure.maybe_done or number == ATTEMPTS:
                    raise
                self._note_retry(error.failure.reason)
                await asyncio.sleep(self._config.retry_wait * 2 ** (number - 1))
                if await was_posted():
                    return
            else:
                return

    async def post_privately(
        self, channel: str, user: str, text: str, blocks: Sequence[Block], thread: str | None = None
    ) -> None:
        """Posts a message that only ``user`` sees, in a channel or thread. Raises ``SlackCallError``."""
        message: Message = {
            "channel": channel,
            "user": user,
            "text": text,
            "thread_ts": thread,
            "blocks": list(blocks),
        }

        async def send(form: Message) -> None:
            await self.client.chat_postEphemeral(**form)

        await self._send_newest_form(message, send)

    async def _send_newest_form(self, message: Message, send: Send) -> None:
        """Sends a message in the first form that Slack takes, and raises the refusal of the last one.

        The forms: with Slack's newer blocks where they may be taken, with the common ones, its text, a shorter text.
        """
        common = list(message.get("blocks", ()))
        newer = with_newer_blocks(common, self.block_support.worth_trying_on(common))
        if newer_kinds(newer):
            refusal_of_newer = await _refusal(send, {**message, "blocks": newer})
            if refusal_of_newer is None:
                self.block_support.remember(newer, taken=True)
                return
            refused = sorted(kind.value for kind in newer_kinds(newer))
            refusal = await _refusal(send, message)
            if refusal is None and refusal_of_newer.failure.reason not in TOO_LONG:
                self.block_support.remember(newer, taken=False)
                log.info("Slack refused newer blocks; the common ones are used", blocks=refused)
        else:
            refusal = await _refusal(send, message)
        if refusal is None:
            return
        text_alone = {name: value for name, value in message.items() if name != "blocks"}
        if common:
            log.error("Slack refused the blocks of an answer; its text was sent alone", reason=refusal.failure.reason)
            refusal = await _refusal(send, text_alone)
        if refusal is not None:
            await send({**text_alone, "text": clip_markup(str(message["text"]), SHORT_TEXT)})


async def _refusal(send: Send, form: Message) -> SlackCallError | None:
    """Sends a form. Returns Slack's refusal of that form, ``None`` where it took it; raises any other failure."""
    try:
        await send(form)
    except SlackCallError as error:
        reason = error.failure.reason
        if reason in TOO_LONG or ("blocks" in form and _refuses_blocks(reason)):
            return error
        raise
    return None


def _failure_of_response_url(status: int, answer: bytes, retry_after: str) -> CallFailure | None:
    """The failure that the answer of a ``response_url`` states, ``None`` for success.

    Success is 200 with "ok" or an object that says so; an error is an object or its bare code, with any status.
    """
    text = answer[:2_000].decode("utf-8", "replace").strip()
    try:
        body: object = orjson.loads(answer)
    except orjson.JSONDecodeError:
        body = {} if text in {"", "ok"} else {"ok": False, "error": text}
    stated = isinstance(body, Mapping) and body.get("ok") is not False
    return None if status == 200 and stated else failure_of_reply(status, body, retry_after)

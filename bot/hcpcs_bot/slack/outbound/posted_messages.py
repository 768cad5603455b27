"""Whether an answer was posted before: read from the conversation, where the app may read it.

Reading a direct message needs ``im:history``, which the app has; reading a channel needs ``channels:history`` or
``groups:history``, which it does not ask for. Source: docs.slack.dev, "conversations.history", "conversations.replies".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hcpcs_bot.slack.inbound.request import mapping
from hcpcs_bot.slack.outbound.message_keys import PAGE_SIZE, PAGES_READ, has_key
from hcpcs_bot.slack.outbound.retries import SlackCallError
from hcpcs_bot.slack.outbound.slack_client import SlackClient
from hcpcs_bot.watches.delivery import PostStatus


async def look_for_answer(client: SlackClient, channel: str, thread: str | None, key: str, since: float) -> PostStatus:
    """Whether a thread, or a conversation outside its threads, shows a message with this key.

    ``thread`` is the timestamp of the thread's parent. ``since`` is Slack's time of the question, in seconds since
    1970: no answer is older. Unknown where the app may not look.

    Raises ``SlackCallError`` where Slack may show it later.
    """
    query: dict[str, Any] = {
        "channel": channel,
        "oldest": f"{since:.6f}",
        "limit": PAGE_SIZE,
        "include_all_metadata": True,
    }
    for _ in range(PAGES_READ):
        try:
            page = mapping(await _page(client, thread, query))
        except SlackCallError as error:
            if error.failure.transient:
                raise
            return PostStatus.UNKNOWN
        messages = page.get("messages")
        if isinstance(messages, list) and any(has_key(mapping(message), key) for message in messages):
            return PostStatus.POSTED
        cursor = mapping(page.get("response_metadata")).get("next_cursor")
        if not cursor:
            return PostStatus.ABSENT
        query["cursor"] = str(cursor)
    return PostStatus.UNKNOWN


async def _page(client: SlackClient, thread: str | None, query: Mapping[str, Any]) -> object:
    if thread is None:
        return (await client.conversations_history(**query)).data
    return (await client.conversations_replies(ts=thread, **query)).data

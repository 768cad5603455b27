"""The methods ``auth.*``, ``conversations.*`` and ``assistant.*``.

Source: docs.slack.dev, "Web API methods", each method's page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from slack_peer.api.api_context import ApiContext
from slack_peer.api.checks import Arguments
from slack_peer.delivery.payloads import message_json
from slack_peer.errors import ApiError
from slack_peer.workspace import BOT_ID, BOT_USER, DIRECT, TEAM, TEAM_NAME, Channel, Message

MAX_PROMPTS: Final = 4
"""Maximum suggested prompts at once."""
HISTORY_PAGE: Final = 100
"""Messages per page of a history where the call names no limit."""
HISTORY_SCOPES: Final = {"channel": "channels:history", "im": "im:history"}
"""The scope that reading messages needs, by the kind of channel."""


def auth_test(api: ApiContext, _: Arguments) -> dict[str, Any]:
    """``auth.test``."""
    bot = api.workspace.people[BOT_USER]
    return {
        "url": "https://playground.invalid/",
        "team": TEAM_NAME,
        "team_id": TEAM,
        "user": bot.handle,
        "user_id": bot.id,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


def open_conversation(_: ApiContext, __: Arguments) -> dict[str, Any]:
    """``conversations.open``."""
    return {"channel": {"id": DIRECT}}


def info(api: ApiContext, arguments: Arguments) -> dict[str, Any]:
    """``conversations.info``."""
    channel = api.channel(arguments)
    is_im = channel.kind == "im"
    member = BOT_USER in channel.members
    return {"channel": {"id": channel.id, "name": channel.name, "is_im": is_im, "is_member": member}}


def history(api: ApiContext, arguments: Arguments) -> dict[str, Any]:
    """``conversations.history``: newest first, replies in threads and ephemeral messages left out."""
    channel = _readable_channel(api, arguments)
    before = str(arguments.get("cursor") or "")
    messages = [
        message
        for message in reversed(api.workspace.messages.values())
        if message.channel == channel.id and message.thread in {"", message.ts}
        if not before or message.ts < before
    ]
    return _page(messages, arguments)


def replies(api: ApiContext, arguments: Arguments) -> dict[str, Any]:
    """``conversations.replies``: a message and the replies in its thread, oldest first, ephemeral ones left out."""
    channel = _readable_channel(api, arguments)
    parent, after = str(arguments.get("ts") or ""), str(arguments.get("cursor") or "")
    if (channel.id, parent) not in api.workspace.messages:
        raise ApiError("thread_not_found")
    messages = [
        message
        for message in api.workspace.messages.values()
        if message.channel == channel.id and parent in {message.ts, message.thread} and message.ts > after
    ]
    return _page(messages, arguments)


def _readable_channel(api: ApiContext, arguments: Arguments) -> Channel:
    """The channel of a call that reads messages. Raises ``ApiError`` without the scope for its kind."""
    channel = api.own_channel(arguments)
    scope = HISTORY_SCOPES[channel.kind]
    if scope not in api.workspace.app.scopes:
        raise ApiError("missing_scope", [f"[ERROR] needed: {scope}"])
    return channel


def _page(messages: Sequence[Message], arguments: Arguments) -> dict[str, Any]:
    """One page of messages that everybody sees and that are newer than ``oldest``."""
    oldest = float(arguments.get("oldest") or 0)
    shown = [message for message in messages if not message.visible_to and float(message.ts) > oldest]
    limit = int(arguments.get("limit") or HISTORY_PAGE)
    page = shown[:limit]
    cursor = page[-1].ts if len(shown) > limit else ""
    with_metadata = str(arguments.get("include_all_metadata")).lower() in {"true", "1"}
    return {
        "messages": [message_json(message, with_metadata=with_metadata) for message in page],
        "has_more": bool(cursor),
        "response_metadata": {"next_cursor": cursor},
    }


def suggest_prompts(api: ApiContext, arguments: Arguments) -> dict[str, Any]:
    """``assistant.threads.setSuggestedPrompts``."""
    channel = api.channel({"channel": arguments.get("channel_id")})
    prompts = arguments.get("prompts")
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= MAX_PROMPTS:
        raise ApiError("invalid_arguments", [f"[ERROR] between 1 and {MAX_PROMPTS} prompts"])
    if not all(isinstance(p, Mapping) and p.get("title") and p.get("message") for p in prompts):
        raise ApiError("invalid_arguments", ["[ERROR] a prompt has a title and a message"])
    api.workspace.suggest_prompts(channel.id, prompts)
    return {}


def accept(_: ApiContext, __: Arguments) -> dict[str, Any]:
    """A method whose effect the stand-in doesn't show."""
    return {}

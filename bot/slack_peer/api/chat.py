"""The methods ``chat.*``. Source: docs.slack.dev, "Web API methods", each method's page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_peer.api.api_context import ApiContext
from slack_peer.api.checks import Arguments, check_blocks, check_content
from slack_peer.delivery.payloads import message_json
from slack_peer.errors import ApiError
from slack_peer.workspace import BOT_USER, Message


def post_message(api: ApiContext, arguments: Arguments) -> dict[str, Any]:
    """``chat.postMessage``."""
    channel = api.own_channel(arguments)
    text, blocks = check_content(arguments, api.workspace)
    key = str(arguments.get("client_msg_id") or "")
    former = _posted_before(api, channel.id, key)
    if former is not None:
        return _posted(former)
    api.limit.take(channel.id)
    metadata = arguments.get("metadata")
    message = api.workspace.put(
        Message(
            channel=channel.id,
            ts=api.workspace.stamp(),
            user=BOT_USER,
            text=text,
            blocks=blocks,
            thread=str(arguments.get("thread_ts") or ""),
            key=key,
            metadata=metadata if isinstance(metadata, Mapping) else {},
        )
    )
    if key:
        api.posted[channel.id, key] = message.ts
    if api.on_post is not None:
        api.on_post(message)
    return _posted(message)


def _posted_before(api: ApiContext, channel: str, key: str) -> Message | None:
    """The message that came with this ``client_msg_id``. Raises ``ApiError`` where somebody has deleted it."""
    stamp = api.posted.get((channel, key)) if api.deduplicates and key else None
    if stamp is None:
        return None
    message = api.workspace.messages.get((channel, stamp))
    if message is None:
        raise ApiError("duplicate_message_not_found")
    return message


def _posted(message: Message) -> dict[str, Any]:
    return {"channel": message.channel, "ts": message.ts, "message": message_json(message)}


def post_ephemeral(api: ApiContext, arguments: Arguments) -> dict[str, Any]:
    """``chat.postEphemeral``."""
    channel = api.own_channel(arguments)
    user = str(arguments.get("user", ""))
    if user not in channel.members:
        raise ApiError("user_not_in_channel")
    text, blocks = check_content(arguments, api.workspace)
    message = api.workspace.put(
        Message(
            channel=channel.id,
            ts=api.workspace.stamp(),
            user=BOT_USER,
            text=text,
            blocks=blocks,
            thread=str(arguments.get("thread_ts") or ""),
            visible_to=user,
        )
    )
    return {"message_ts": message.ts}


def update(api: ApiContext, arguments: Arguments) -> dict[str, Any]:
    """``chat.update``."""
    message = api.own_message(arguments, "cant_update_message")
    text, blocks = check_content(arguments, api.workspace)
    api.workspace.put(replace(message, text=text, blocks=blocks, edited=True))
    return {"channel": message.channel, "ts": message.ts, "text": text}


def delete(api: ApiContext, arguments: Arguments) -> dict[str, Any]:
    """``chat.delete``."""
    message = api.own_message(arguments, "cant_delete_message")
    api.workspace.remove(message)
    return {"channel": message.channel, "ts": message.ts}


def unfurl(api: ApiContext, arguments: Arguments) -> dict[str, Any]:
    """``chat.unfurl``."""
    message = api.message(arguments)
    unfurls = arguments.get("unfurls")
    if not isinstance(unfurls, Mapping) or not unfurls:
        raise ApiError("missing_unfurls")
    previews = {str(url): check_blocks(content.get("blocks"), api.workspace) for url, content in unfurls.items()}
    for url in previews:
        if url not in message.text.replace("&amp;", "&"):
            raise ApiError("cannot_unfurl_url", [f"[ERROR] not in the message: {url}"])
    api.workspace.put(replace(message, unfurls={**message.unfurls, **previews}))
    return {}

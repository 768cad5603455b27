"""Keys of messages that may have to be posted again: how they are sent, and how a message is known by its key.

Every such message carries its key twice: as ``client_msg_id``, by which Slack knows a message sent again (its method
reference names it in the errors of chat.postMessage), and as message metadata, by which ``conversations.history`` and
``conversations.replies`` show it to an app that may read the conversation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from hcpcs_bot.slack.inbound.request import mapping

ANSWER_EVENT: Final = "hcpcs_answer"
"""The type of the metadata of an answer's message."""
DIGEST_EVENT: Final = "hcpcs_digest"
"""The type of the metadata of a digest's message."""
PAGES_READ: Final = 10
"""Maximum pages of a conversation that are searched for a message."""
PAGE_SIZE: Final = 200
"""Messages per page."""
MAX_CLOCK_SKEW: Final = 120.0
"""Maximum seconds by which Slack's clock and ours may differ."""
POSTED_AND_DELETED: Final = "duplicate_message_not_found"
"""Slack's error where a message with this ``client_msg_id`` was posted, and somebody deleted it since."""


def key_metadata(event_type: str, key: str) -> dict[str, Any]:
    """The metadata of a message with this key."""
    return {"event_type": event_type, "event_payload": {"key": key}}


def has_key(message: Mapping[str, Any], key: str) -> bool:
    """Whether a message that Slack shows has this key."""
    payload = mapping(mapping(message.get("metadata")).get("event_payload"))
    return key in (payload.get("key"), message.get("client_msg_id"))

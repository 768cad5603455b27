"""Which events are answered: a person's own words, once, however often Slack delivers them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.inbound.request import SlackRequest

ANSWERED_SUBTYPES: Final = frozenset({"", "file_share", "thread_broadcast"})


def is_written_by_a_person(event: Mapping[str, Any]) -> bool:
    """Whether an event is a person's new message: no bot's, no edit, no deletion, no join notice."""
    subtype = event.get("subtype") or ""
    by_bot = event.get("bot_id") or event.get("bot_profile")
    return bool(event.get("user")) and not by_bot and subtype in ANSWERED_SUBTYPES and not event.get("edited")


async def first_delivery(slack: SlackContext, request: SlackRequest, part: str = "") -> bool:
    """Whether this is the first delivery of the event, or of a ``part`` of it.

    Slack repeats an event that it believes was not received.
    """
    event_id = request.text("event_id")
    if not event_id:
        return True
    return await slack.deliveries.claim(f"event {request.team} {event_id} {part}".rstrip())

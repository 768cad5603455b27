"""What a claim keeps of a request, and the request made of it again by the replica that takes over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final

from slack_bolt.async_app import AsyncBoltContext

from hcpcs_bot.slack.inbound.request import SlackRequest, Surface
from hcpcs_bot.slack.ports import AnsweringDesk
from hcpcs_bot.state.claim_store import ClaimContent

STORED_TEXT: Final = 40_000
"""Maximum characters of a text that are stored: Slack's own limit for a message."""


class ClaimKind(StrEnum):
    """The kinds of work that are claimed: the answer to a mention or to a direct message, and a share."""

    MENTION = "mention"
    MESSAGE = "message"
    SHARE = "share"


_SURFACES: Final = {
    ClaimKind.MENTION: Surface.MENTION,
    ClaimKind.MESSAGE: Surface.MESSAGE,
    ClaimKind.SHARE: Surface.ACTION,
}


def question_content(kind: ClaimKind, request: SlackRequest) -> ClaimContent:
    """What answering the event of a message needs: where it was written, its author and its text."""
    place = {
        "team": request.team,
        "user": request.user,
        "channel": request.channel or request.text("event", "channel"),
        "ts": request.text("event", "ts"),
        "thread": request.thread or "",
    }
    return ClaimContent(kind, place, request.text("event", "text")[:STORED_TEXT])


def share_content(request: SlackRequest, button: str) -> ClaimContent:
    """What sharing an answer needs: ``button`` is the state in the button, which names the question."""
    place = {
        "team": request.team,
        "user": request.user,
        "channel": request.channel,
        "thread": request.thread or "",
        "response_url": request.response_url,
    }
    return ClaimContent(ClaimKind.SHARE, place, button)


def request_again(content: ClaimContent, desk: AnsweringDesk, today: date) -> SlackRequest:
    """The request of a claim. Raises ``ValueError`` for a kind that this version doesn't know."""
    kind, place = ClaimKind(content.kind), content.place
    context = AsyncBoltContext(
        {"team_id": place.get("team"), "user_id": place.get("user"), "channel_id": place.get("channel")}
    )
    body = _share_body(content) if kind is ClaimKind.SHARE else _event_body(place, content.text)
    return SlackRequest(_SURFACES[kind], body, context, desk, today)


def _event_body(place: Mapping[str, str], text: str) -> dict[str, Any]:
    event = {"user": place.get("user"), "channel": place.get("channel"), "ts": place.get("ts"), "text": text}
    return {"event": {**event, "thread_ts": place.get("thread")}}


def _share_body(content: ClaimContent) -> dict[str, Any]:
    place = content.place
    return {
        "response_url": place.get("response_url"),
        "container": {"thread_ts": place.get("thread"), "is_ephemeral": True},
        "actions": [{"value": content.text}],
    }

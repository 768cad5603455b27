"""The workspace as JSON for the page: all of it at once, and each event of the feed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from slack_peer.peer import SlackPeer
from slack_peer.workspace import BOT_USER, TEAM_NAME, YOU, Message, View


def message_state(message: Message) -> dict[str, Any]:
    """A message as the page draws it."""
    return {
        "channel": message.channel,
        "ts": message.ts,
        "user": message.user,
        "text": message.text,
        "blocks": message.blocks,
        "thread": message.thread,
        "ephemeral": bool(message.visible_to),
        "command": message.command,
        "edited": message.edited,
        "removed": message.removed,
        "unfurls": [{"url": url, "blocks": blocks} for url, blocks in message.unfurls.items()],
    }


def view_state(view: View) -> dict[str, Any]:
    """A view as the page draws it."""
    return {"id": view.id, "hash": view.hash, **view.body}


def _modals(views: Sequence[View]) -> list[dict[str, Any]]:
    return [view_state(view) for view in views]


EVENT_JSON: Final[Mapping[str, Callable[[Any], Any]]] = {
    "message": message_state,
    "modals": _modals,
    "home": view_state,
    "prompts": dict,
    "request": dict,
}
"""The JSON of an event's subject, by the event's kind."""


def concerns_you(subject: object) -> bool:
    """Whether the person at the page sees a message, view or other subject of an event."""
    if isinstance(subject, Message):
        return subject.visible_to in {"", YOU}
    return not isinstance(subject, View) or subject.user == YOU


def snapshot(peer: SlackPeer) -> dict[str, Any]:
    """The workspace as the person at the page sees it."""
    space = peer.workspace
    home = space.homes.get(YOU)
    return {
        "you": YOU,
        "bot": BOT_USER,
        "team": TEAM_NAME,
        "commands": [
            {"name": command.name, "description": command.description, "usage_hint": command.usage_hint}
            for command in space.app.commands
        ],
        "people": [{"id": p.id, "name": p.name, "bot": p.bot, "handle": p.handle} for p in space.people.values()],
        "channels": [
            {"id": c.id, "name": c.name, "kind": c.kind, "topic": c.topic, "members": sorted(c.members)}
            for c in space.channels.values()
        ],
        "shortcuts": [
            {"name": s.name, "id": s.callback_id, "description": s.description, "on_message": s.on_message}
            for s in space.app.shortcuts
        ],
        "messages": [message_state(message) for message in space.visible(YOU)],
        "modals": _modals(space.modals.get(YOU, [])),
        "home": view_state(home) if home is not None else None,
        "prompts": space.prompts,
        "requests": [event.subject for event in peer.feed.since(0) if event.kind == "request"],
    }

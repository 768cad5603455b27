"""The payloads that Slack sends, one pure function per type.

Source: docs.slack.dev, "Slash commands", "Interaction payloads" (each type's page) and "Events API".
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any, Final

from slack_peer.app_manifest import FunctionParameter, Shortcut
from slack_peer.function_executions import FunctionExecution
from slack_peer.workspace import APP, BOT_ID, BOT_USER, TEAM, Channel, Message, Person, View

Json = dict[str, Any]

TOKEN: Final = "deprecated-verification-token"
"""Slack still sends this field; nothing may rely on it."""
DOMAIN: Final = "playground"
"""The workspace's part of its address on slack.com."""


def message_json(message: Message, *, with_metadata: bool = False) -> Json:
    """A message as Slack states it; ``with_metadata`` adds what the app attached to it."""
    payload: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text, "team": TEAM}
    if message.user == BOT_USER:
        payload |= {"bot_id": BOT_ID, "app_id": APP}
    if message.blocks:
        payload["blocks"] = list(message.blocks)
    if message.attachments:
        payload["attachments"] = [dict(one) for one in message.attachments]
    if message.thread:
        payload["thread_ts"] = message.thread
    if with_metadata and message.metadata:
        payload["metadata"] = dict(message.metadata)
    return payload


def view_json(view: View, state: Mapping[str, Any] | None = None) -> Json:
    """A view as Slack states it, with what was filled in."""
    blank = {"private_metadata": "", "callback_id": "", "external_id": "", "close": None, "submit": None}
    flags = {"clear_on_close": False, "notify_on_close": False, "title": None}
    return {
        **blank,
        **flags,
        **view.body,
        "id": view.id,
        "team_id": TEAM,
        "hash": view.hash,
        "state": {"values": dict(state or {})},
        "root_view_id": view.root,
        "previous_view_id": view.previous or None,
        "app_id": APP,
        "bot_id": BOT_ID,
    }


def command(name: str, text: str, person: Person, channel: Channel, trigger: str, response_url: str) -> dict[str, str]:
    """The payload for a slash command: a flat form."""
    return {
        "token": TOKEN,
        "team_id": TEAM,
        "team_domain": DOMAIN,
        "channel_id": channel.id,
        "channel_name": "directmessage" if channel.kind == "im" else channel.name,
        "user_id": person.id,
        "user_name": person.handle,
        "command": name,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger,
    }


def _interaction(kind: str, person: Person) -> Json:
    return {
        "type": kind,
        "token": TOKEN,
        "api_app_id": APP,
        "team": {"id": TEAM, "domain": DOMAIN},
        "user": {"id": person.id, "username": person.handle, "name": person.handle, "team_id": TEAM},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _channel(channel: Channel) -> Json:
    return {"id": channel.id, "name": "directmessage" if channel.kind == "im" else channel.name}


def in_message(message: Message, channel: Channel) -> Json:
    """The container of a control in a message. Slack leaves out the message itself where it is ephemeral."""
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": bool(message.visible_to),
    }
    if message.thread:
        container["thread_ts"] = message.thread
    payload: Json = {"container": container, "channel": _channel(channel)}
    return payload if message.visible_to else {**payload, "message": message_json(message)}


def in_view(view: View, state: Mapping[str, Any]) -> Json:
    """The container of a control in a modal or a home."""
    return {"container": {"type": "view", "view_id": view.id}, "view": view_json(view, state)}


def block_actions(
    person: Person,
    container: Json,
    action: Mapping[str, Any],
    state: Mapping[str, Any],
    trigger: str,
    response_url: str,
) -> Json:
    """The payload for a control that was used."""
    payload = {**_interaction("block_actions", person), **container, "trigger_id": trigger, "actions": [action]}
    if "view" not in container:
        payload |= {"response_url": response_url, "state": {"values": dict(state)}}
    return payload


def block_suggestion(person: Person, container: Json, block_id: str, action_id: str, typed: str) -> Json:
    """The payload for text typed in a select whose options come from the app."""
    payload = {"block_id": block_id, "action_id": action_id, "value": typed}
    return {**_interaction("block_suggestion", person), **container, **payload}


def view_submission(person: Person, view: View, state: Mapping[str, Any], trigger: str) -> Json:
    """The payload for a modal that was submitted."""
    payload = {"trigger_id": trigger, "view": view_json(view, state), "response_urls": []}
    return {**_interaction("view_submission", person), **payload}


def view_closed(person: Person, view: View, *, cleared: bool) -> Json:
    """The payload for a modal that was closed, if the app asked for it."""
    return {**_interaction("view_closed", person), "view": view_json(view), "is_cleared": cleared}


def global_shortcut(person: Person, shortcut: Shortcut, trigger: str) -> Json:
    """The payload for a global shortcut that was used."""
    payload = {"callback_id": shortcut.callback_id, "trigger_id": trigger, "action_ts": secrets.token_hex(4)}
    return {**_interaction("shortcut", person), **payload}


def message_action(
    person: Person, shortcut: Shortcut, message: Message, channel: Channel, trigger: str, response_url: str
) -> Json:
    """The payload for a shortcut that was used in the menu of a message."""
    return {
        **_interaction("message_action", person),
        "callback_id": shortcut.callback_id,
        "trigger_id": trigger,
        "action_ts": secrets.token_hex(4),
        "response_url": response_url,
        "message_ts": message.ts,
        "channel": _channel(channel),
        "message": message_json(message),
    }


def event(inner: Mapping[str, Any], now: float) -> Json:
    """An event in its envelope, with an id of its own that every retry repeats."""
    return {
        "token": TOKEN,
        "team_id": TEAM,
        "context_team_id": TEAM,
        "api_app_id": APP,
        "event": dict(inner),
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(5).upper()}",
        "event_time": int(now),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": secrets.token_hex(8),
    }


def message_events(message: Message, channel: Channel, links: Sequence[Mapping[str, str]]) -> list[Json]:
    """The events that a posted message causes, whether the app subscribed to them or not."""
    common: Json = {**message_json(message), "channel": channel.id, "event_ts": message.ts}
    events = [{**common, "channel_type": channel.kind}]
    if f"<@{BOT_USER}>" in message.text and channel.kind == "channel":
        events.append({**common, "type": "app_mention"})
    if links:
        shared = {"type": "link_shared", "user": message.user, "channel": channel.id, "message_ts": message.ts}
        events.append({**shared, "links": list(links), "source": "conversations_history", "event_ts": message.ts})
    return events


def message_changed(message: Message, former: Message, channel: Channel) -> Json:
    """The event of a message that its author edited."""
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": channel.id,
        "channel_type": channel.kind,
        "ts": message.ts,
        "event_ts": message.ts,
        "message": {**message_json(message), "edited": {"user": message.user, "ts": message.ts}},
        "previous_message": message_json(former),
    }


def home_opened(user: str, channel: str, tab: str, view: View | None, stamp: str) -> Json:
    """The event of an App Home that was opened, at one of its tabs."""
    payload: Json = {"type": "app_home_opened", "user": user, "channel": channel, "tab": tab, "event_ts": stamp}
    return {**payload, "view": view_json(view)} if view is not None and tab == "home" else payload


def function_executed(execution: FunctionExecution, stamp: str) -> Json:
    """The event of a function that runs as a step of a workflow (docs.slack.dev, "function_executed event")."""
    function = execution.function
    return {
        "type": "function_executed",
        "function": {
            "id": f"Fn{function.callback_id.upper()[:9]}",
            "callback_id": function.callback_id,
            "title": function.title,
            "description": function.description,
            "type": "app",
            "input_parameters": [_parameter(one) for one in function.inputs],
            "output_parameters": [_parameter(one) for one in function.outputs],
            "app_id": APP,
            "date_created": 1694727597,
            "date_updated": 1698947481,
            "date_deleted": 0,
        },
        "inputs": dict(execution.inputs),
        "function_execution_id": execution.id,
        "workflow_execution_id": execution.workflow,
        "event_ts": stamp,
        "bot_access_token": execution.token,
    }


def _parameter(one: FunctionParameter) -> Json:
    return {
        "type": one.type,
        "name": one.name,
        "description": one.description,
        "title": one.title,
        "is_required": one.required,
    }

"""Slack's Web API, as much of it as the app uses: each method checks what Slack checks and answers as Slack does.

Source: docs.slack.dev, "Web API methods", each method's page.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final, NamedTuple

from slack_peer.app_manifest import AppManifest
from slack_peer.delivery.payloads import message_json, view_json
from slack_peer.rules.api_rules import (
    ApiError,
    Arguments,
    Pace,
    Triggers,
    checked_blocks,
    checked_view,
    content,
    push,
)
from slack_peer.workspace import BOT_ID, BOT_USER, DIRECT, TEAM, Message, Room, Workspace

PROMPTS: Final = 4

Told = Callable[[Message], None]


class Method(NamedTuple):
    """A method: the scope that it needs (blank for none), and what it does."""

    scope: str
    call: Callable[[WebApi, Arguments], dict[str, Any]]


class WebApi:
    """The methods, called by name. ``on_post`` hears of what the app posts, ``mistakes`` keeps what was refused."""

    def __init__(
        self,
        workspace: Workspace,
        manifest: AppManifest,
        bot_token: str,
        *,
        burst: float = 20,
        on_post: Told | None = None,
    ) -> None:
        self.workspace = workspace
        self.triggers = Triggers()
        self.mistakes: list[str] = []
        self.manifest = manifest
        self._bot_token = bot_token
        self._pace = Pace(burst)
        self._on_post = on_post

    def call(self, name: str, token: str, arguments: Arguments) -> dict[str, Any]:
        """The answer of a method. Raises ``ApiError``, which is kept among the mistakes too."""
        try:
            return self._call(name, token, arguments)
        except ApiError as error:
            self.mistakes.append(f"{name}: {error.code}" + "".join(f" {told}" for told in error.messages))
            raise

    def _call(self, name: str, token: str, arguments: Arguments) -> dict[str, Any]:
        method = METHODS.get(name)
        if method is None:
            raise ApiError("unknown_method")
        if not token:
            raise ApiError("not_authed")
        if not secrets.compare_digest(token.encode(), self._bot_token.encode()):
            raise ApiError("invalid_auth")
        if method.scope and method.scope not in self.manifest.scopes:
            raise ApiError("missing_scope", [f"[ERROR] needed: {method.scope}"])
        return {"ok": True, **method.call(self, arguments)}

    def auth_test(self, _: Arguments) -> dict[str, Any]:
        """``auth.test``."""
        bot = self.workspace.people[BOT_USER]
        return {
            "url": "https://playground.invalid/",
            "team": "Billing desk",
            "team_id": TEAM,
            "user": bot.handle,
            "user_id": bot.id,
            "bot_id": BOT_ID,
            "is_enterprise_install": False,
        }

    def post_message(self, arguments: Arguments) -> dict[str, Any]:
        """``chat.postMessage``."""
        room = self._room_of_bot(arguments)
        text, blocks = content(arguments)
        self._pace.take(room.id)
        message = self.workspace.put(
            Message(
                channel=room.id,
                ts=self.workspace.stamp(),
                user=BOT_USER,
                text=text,
                blocks=blocks,
                thread=str(arguments.get("thread_ts") or ""),
            )
        )
        if self._on_post is not None:
            self._on_post(message)
        return {"channel": room.id, "ts": message.ts, "message": message_json(message)}

    def post_ephemeral(self, arguments: Arguments) -> dict[str, Any]:
        """``chat.postEphemeral``."""
        room = self._room_of_bot(arguments)
        user = str(arguments.get("user", ""))
        if user not in room.members:
            raise ApiError("user_not_in_channel")
        text, blocks = content(arguments)
        message = self.workspace.put(
            Message(
                channel=room.id,
                ts=self.workspace.stamp(),
                user=BOT_USER,
                text=text,
                blocks=blocks,
                thread=str(arguments.get("thread_ts") or ""),
                seen_by=user,
            )
        )
        return {"message_ts": message.ts}

    def update(self, arguments: Arguments) -> dict[str, Any]:
        """``chat.update``."""
        message = self._own_message(arguments, "cant_update_message")
        text, blocks = content(arguments)
        self.workspace.put(replace(message, text=text, blocks=blocks, edited=True))
        return {"channel": message.channel, "ts": message.ts, "text": text}

    def delete(self, arguments: Arguments) -> dict[str, Any]:
        """``chat.delete``."""
        message = self._own_message(arguments, "cant_delete_message")
        self.workspace.remove(message)
        return {"channel": message.channel, "ts": message.ts}

    def unfurl(self, arguments: Arguments) -> dict[str, Any]:
        """``chat.unfurl``."""
        message = self._message(arguments)
        unfurls = arguments.get("unfurls")
        if not isinstance(unfurls, Mapping) or not unfurls:
            raise ApiError("missing_unfurls")
        shown = {str(url): checked_blocks(given.get("blocks")) for url, given in unfurls.items()}
        for url in shown:
            if url not in message.text.replace("&amp;", "&"):
                raise ApiError("cannot_unfurl_url", [f"[ERROR] not in the message: {url}"])
        self.workspace.put(replace(message, unfurls={**message.unfurls, **shown}))
        return {}

    def views_open(self, arguments: Arguments) -> dict[str, Any]:
        """``views.open``."""
        user = self.triggers.use(str(arguments.get("trigger_id", "")))
        body = checked_view(arguments.get("view"), "modal")
        if self.workspace.modals.get(user):
            self.workspace.modals[user].clear()
        return {"view": view_json(self.workspace.push_modal(self.workspace.view(user, body)))}

    def views_push(self, arguments: Arguments) -> dict[str, Any]:
        """``views.push``."""
        user = self.triggers.use(str(arguments.get("trigger_id", "")))
        body = checked_view(arguments.get("view"), "modal")
        return {"view": view_json(push(self.workspace, user, body))}

    def views_update(self, arguments: Arguments) -> dict[str, Any]:
        """``views.update``."""
        view = self.workspace.find_view(str(arguments.get("view_id", "")))
        if view is None:
            raise ApiError("not_found")
        if arguments.get("hash") not in {None, view.hash}:
            raise ApiError("hash_conflict")
        return {"view": view_json(self.workspace.renew(view, checked_view(arguments.get("view"), view.kind)))}

    def views_publish(self, arguments: Arguments) -> dict[str, Any]:
        """``views.publish``."""
        user = str(arguments.get("user_id", ""))
        if user not in self.workspace.people:
            raise ApiError("user_not_found")
        body = checked_view(arguments.get("view"), "home")
        former = self.workspace.homes.get(user)
        if arguments.get("hash") not in {None, former.hash if former else None}:
            raise ApiError("hash_conflict")
        view = self.workspace.view(user, body)
        view = view if former is None else replace(view, id=former.id, root=former.id)
        return {"view": view_json(self.workspace.publish_home(view))}

    def conversations_open(self, _: Arguments) -> dict[str, Any]:
        """``conversations.open``."""
        return {"channel": {"id": DIRECT}}

    def conversations_info(self, arguments: Arguments) -> dict[str, Any]:
        """``conversations.info``."""
        room = self._room(arguments)
        return {"channel": {"id": room.id, "name": room.name, "is_im": room.kind == "im", "is_member": True}}

    def suggest_prompts(self, arguments: Arguments) -> dict[str, Any]:
        """``assistant.threads.setSuggestedPrompts``."""
        room = self._room({"channel": arguments.get("channel_id")})
        prompts = arguments.get("prompts")
        if not isinstance(prompts, list) or not 1 <= len(prompts) <= PROMPTS:
            raise ApiError("invalid_arguments", [f"[ERROR] between 1 and {PROMPTS} prompts"])
        if not all(isinstance(p, Mapping) and p.get("title") and p.get("message") for p in prompts):
            raise ApiError("invalid_arguments", ["[ERROR] a prompt has a title and a message"])
        self.workspace.offer_prompts(room.id, prompts)
        return {}

    def accept(self, _: Arguments) -> dict[str, Any]:
        """A method whose effect the stand-in doesn't show."""
        return {}

    def _room(self, arguments: Arguments) -> Room:
        room = self.workspace.rooms.get(str(arguments.get("channel", "")))
        if room is None:
            raise ApiError("channel_not_found")
        return room

    def _room_of_bot(self, arguments: Arguments) -> Room:
        room = self._room(arguments)
        if BOT_USER not in room.members:
            raise ApiError("not_in_channel")
        return room

    def _message(self, arguments: Arguments) -> Message:
        room = self._room(arguments)
        message = self.workspace.messages.get((room.id, str(arguments.get("ts", ""))))
        if message is None or message.seen_by:
            raise ApiError("message_not_found")
        return message

    def _own_message(self, arguments: Arguments, refusal: str) -> Message:
        message = self._message(arguments)
        if message.user != BOT_USER:
            raise ApiError(refusal)
        return message


def arguments_of(content_type: str, body: bytes, form: Mapping[str, str]) -> Arguments:
    """A call's arguments from a JSON body or a form, whose lists and objects are JSON in text."""
    if content_type == "application/json":
        value = json.loads(body or b"{}")
        return value if isinstance(value, dict) else {}
    return {name: json.loads(text) if text[:1] in {"[", "{"} else text for name, text in form.items()}


METHODS: Final[dict[str, Method]] = {
    "auth.test": Method("", WebApi.auth_test),
    "chat.postMessage": Method("chat:write", WebApi.post_message),
    "chat.postEphemeral": Method("chat:write", WebApi.post_ephemeral),
    "chat.update": Method("chat:write", WebApi.update),
    "chat.delete": Method("chat:write", WebApi.delete),
    "chat.unfurl": Method("links:write", WebApi.unfurl),
    "views.open": Method("", WebApi.views_open),
    "views.push": Method("", WebApi.views_push),
    "views.update": Method("", WebApi.views_update),
    "views.publish": Method("", WebApi.views_publish),
    "conversations.open": Method("im:write", WebApi.conversations_open),
    "conversations.info": Method("channels:read", WebApi.conversations_info),
    "assistant.threads.setSuggestedPrompts": Method("assistant:write", WebApi.suggest_prompts),
    "assistant.threads.setStatus": Method("assistant:write", WebApi.accept),
    "assistant.threads.setTitle": Method("assistant:write", WebApi.accept),
}

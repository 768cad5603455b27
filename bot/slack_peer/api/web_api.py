"""Slack's Web API, as much of it as an app like ours uses: token and scope are checked, then the method answers."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from slack_peer.api import chat, conversations, functions, views
from slack_peer.api.api_context import ApiContext
from slack_peer.api.checks import Arguments
from slack_peer.errors import ApiError


class ApiMethod(NamedTuple):
    """A method: the scope that it needs (blank for none), and the function that answers.

    ``by_execution`` says that it also takes the token which a run of a function came with.
    """

    scope: str
    answer: Callable[[ApiContext, Arguments], dict[str, Any]]
    by_execution: bool = False


METHODS: Final[dict[str, ApiMethod]] = {
    "auth.test": ApiMethod("", conversations.auth_test),
    "chat.postMessage": ApiMethod("chat:write", chat.post_message),
    "chat.postEphemeral": ApiMethod("chat:write", chat.post_ephemeral),
    "chat.update": ApiMethod("chat:write", chat.update),
    "chat.delete": ApiMethod("chat:write", chat.delete),
    "chat.unfurl": ApiMethod("links:write", chat.unfurl),
    "views.open": ApiMethod("", views.open_view),
    "views.push": ApiMethod("", views.push),
    "views.update": ApiMethod("", views.update),
    "views.publish": ApiMethod("", views.publish),
    "conversations.open": ApiMethod("im:write", conversations.open_conversation),
    "conversations.info": ApiMethod("channels:read", conversations.info),
    "conversations.history": ApiMethod("", conversations.history),
    "conversations.replies": ApiMethod("", conversations.replies),
    "assistant.threads.setSuggestedPrompts": ApiMethod("assistant:write", conversations.suggest_prompts),
    "assistant.threads.setStatus": ApiMethod("assistant:write", conversations.accept),
    "assistant.threads.setTitle": ApiMethod("assistant:write", conversations.accept),
    "functions.completeSuccess": ApiMethod("", functions.complete_success, by_execution=True),
    "functions.completeError": ApiMethod("", functions.complete_error, by_execution=True),
}


class WebApi:
    """The methods, called by name. ``violations`` keeps one line for every call that was refused."""

    def __init__(self, context: ApiContext, bot_token: str) -> None:
        self.context = context
        self.violations: list[str] = []
        self._bot_token = bot_token

    def call(self, name: str, token: str, arguments: Arguments) -> dict[str, Any]:
        """The answer of a method. Raises ``ApiError``."""
        try:
            return {"ok": True, **self._method(name, token, arguments).answer(self.context, arguments)}
        except ApiError as error:
            self.violations.append(f"{name}: {error.line}")
            raise

    def _method(self, name: str, token: str, arguments: Arguments) -> ApiMethod:
        method = METHODS.get(name)
        if method is None:
            raise ApiError("unknown_method")
        if not token:
            raise ApiError("not_authed")
        if method.by_execution and self._is_of_execution(token, arguments):
            return method
        if not secrets.compare_digest(token.encode(), self._bot_token.encode()):
            raise ApiError("invalid_auth")
        if method.scope and method.scope not in self.context.workspace.app.scopes:
            raise ApiError("missing_scope", [f"[ERROR] needed: {method.scope}"])
        return method

    def _is_of_execution(self, token: str, arguments: Arguments) -> bool:
        """Whether a token is that of the run which a call names. Raises ``ApiError`` for the token of another run."""
        owner = next((one for one in self.context.workspace.executions.values() if one.token == token), None)
        if owner is not None and owner.id != arguments.get("function_execution_id"):
            raise ApiError("access_denied")
        return owner is not None


def parse_arguments(content_type: str, body: bytes, form: Mapping[str, str]) -> Arguments:
    """A call's arguments from a JSON body, or from a form whose lists and objects are JSON in text.

    Raises ``json.JSONDecodeError``.
    """
    if content_type == "application/json":
        value = json.loads(body or b"{}")
        return value if isinstance(value, dict) else {}
    return {name: json.loads(text) if text[:1] in {"[", "{"} else text for name, text in form.items()}

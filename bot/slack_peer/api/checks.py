"""What Slack checks before it takes a message or a view."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from slack_peer.errors import ApiError
from slack_peer.rules.block_rules import TOTAL_TEXT, problems, text_size, view_problems
from slack_peer.workspace import Block, View, Workspace

MESSAGE_TEXT: Final = 40_000
"""Maximum characters of a message's text; Slack cuts off the rest (docs.slack.dev, "chat.postMessage")."""
MODAL_STACK: Final = 3
"""Maximum modals on one another (docs.slack.dev, "Modals")."""

Arguments = Mapping[str, Any]


def check_blocks(value: object, workspace: Workspace) -> tuple[Block, ...]:
    """The blocks of a message. Raises ``ApiError`` for what Slack would refuse."""
    if value is None:
        return ()
    wrong = problems(value, refused=workspace.refused_blocks)
    if wrong or not isinstance(value, list):
        raise ApiError("invalid_blocks", wrong)
    if text_size(value) > TOTAL_TEXT:
        raise ApiError("msg_blocks_too_long")
    return tuple(value)


def check_view(value: object, kind: str, workspace: Workspace) -> Mapping[str, Any]:
    """A view of this kind, ``modal`` or ``home``. Raises ``ApiError`` for what Slack would refuse."""
    wrong = view_problems(value, workspace.refused_blocks)
    if wrong or not isinstance(value, Mapping):
        raise ApiError("invalid_arguments", wrong)
    if value["type"] != kind:
        raise ApiError("invalid_arguments", [f"[ERROR] expected a {kind} view"])
    return value


def check_content(arguments: Arguments, workspace: Workspace) -> tuple[str, tuple[Block, ...]]:
    """Text and blocks of a message. Raises ``ApiError``."""
    text = arguments.get("text") or ""
    blocks = check_blocks(arguments.get("blocks"), workspace)
    if not isinstance(text, str) or not (text or blocks):
        raise ApiError("no_text")
    return text[:MESSAGE_TEXT], blocks


def push_view(workspace: Workspace, user: str, body: Mapping[str, Any]) -> View:
    """Opens a modal on top of the open one. Raises ``ApiError`` if the stack is full."""
    stack = workspace.modals.get(user, [])
    if len(stack) >= MODAL_STACK:
        raise ApiError("push_limit_reached")
    return workspace.push_modal(workspace.new_view(user, body, stack[-1] if stack else None))

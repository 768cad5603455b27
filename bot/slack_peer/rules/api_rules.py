"""What Slack checks before it takes something: blocks, views, texts, trigger ids and the pace of posting."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from hcpcs.errors import HcpcsError
from slack_peer.rules.block_rules import TOTAL_TEXT, problems, text_size, view_problems
from slack_peer.workspace import MODALS_DEEP, Block, View, Workspace

MESSAGE_TEXT: Final = 40_000
TRIGGER_SECONDS: Final = 3.0

Arguments = Mapping[str, Any]


class ApiError(HcpcsError):
    """A call that Slack refuses: its error code, and what it says in particular."""

    def __init__(self, code: str, messages: list[str] | None = None, retry_after: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.messages = messages or []
        self.retry_after = retry_after

    def json(self) -> dict[str, Any]:
        """The error as Slack's answer."""
        told: dict[str, Any] = {"ok": False, "error": self.code}
        if self.messages:
            told |= {"errors": self.messages, "response_metadata": {"messages": self.messages}}
        return told


def checked_blocks(value: object) -> tuple[Block, ...]:
    """The blocks of a message, as Slack takes them. Raises ``ApiError``."""
    if value is None:
        return ()
    wrong = problems(value)
    if wrong or not isinstance(value, list):
        raise ApiError("invalid_blocks", wrong)
    if text_size(value) > TOTAL_TEXT:
        raise ApiError("msg_blocks_too_long")
    return tuple(value)


def checked_view(value: object, kind: str) -> Mapping[str, Any]:
    """A view of this kind, as Slack takes it. Raises ``ApiError``."""
    wrong = view_problems(value)
    if wrong or not isinstance(value, Mapping):
        raise ApiError("invalid_arguments", wrong)
    if value["type"] != kind:
        raise ApiError("invalid_arguments", [f"[ERROR] expected a {kind} view"])
    return value


class Triggers:
    """Trigger ids: each opens one view, once, within three seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, seconds: float = TRIGGER_SECONDS) -> None:
        self._clock = clock
        self._seconds = seconds
        self._given: dict[str, tuple[str, float]] = {}
        self._used: set[str] = set()

    def give(self, user: str) -> str:
        """A trigger for what ``user`` just did."""
        trigger = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**9)}.{secrets.token_hex(16)}"
        self._given[trigger] = (user, self._clock())
        return trigger

    def use(self, trigger: str) -> str:
        """The user whose trigger it is. Raises ``ApiError``."""
        if trigger in self._used:
            raise ApiError("exchanged_trigger_id")
        if trigger not in self._given:
            raise ApiError("invalid_trigger_id")
        user, since = self._given.pop(trigger)
        if self._clock() - since > self._seconds:
            raise ApiError("expired_trigger_id")
        self._used.add(trigger)
        return user


class Pace:
    """Slack's limit on posting: one message a second a channel, with ``burst`` at once."""

    def __init__(self, burst: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst = burst
        self._clock = clock
        self._left: dict[str, tuple[float, float]] = {}

    def take(self, channel: str) -> None:
        """Counts a message. Raises ``ApiError`` (ratelimited) for one too many."""
        now = self._clock()
        left, since = self._left.get(channel, (self._burst, now))
        left = min(self._burst, left + now - since)
        if left < 1:
            raise ApiError("ratelimited", retry_after=1)
        self._left[channel] = (left - 1, now)


def content(arguments: Arguments) -> tuple[str, tuple[Block, ...]]:
    """Text and blocks of a message. Raises ``ApiError``."""
    text = arguments.get("text") or ""
    blocks = checked_blocks(arguments.get("blocks"))
    if not isinstance(text, str) or not (text or blocks):
        raise ApiError("no_text")
    return text[:MESSAGE_TEXT], blocks


def push(workspace: Workspace, user: str, body: Mapping[str, Any]) -> View:
    """Lays a modal on the open one. Raises ``ApiError`` for one too many."""
    stack = workspace.modals.get(user, [])
    if len(stack) >= MODALS_DEEP:
        raise ApiError("push_limit_reached")
    return workspace.push_modal(workspace.view(user, body, stack[-1] if stack else None))

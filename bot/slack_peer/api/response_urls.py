"""``response_url``: an address for each interaction, valid for five answers within thirty minutes.

Source: docs.slack.dev, "Handling user interaction", section "Message responses".
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from slack_peer.api.checks import check_content
from slack_peer.errors import ApiError
from slack_peer.workspace import BOT_USER, Message, Workspace

MAX_USES: Final = 5
"""Maximum answers per response_url."""
LIFETIME_SECONDS: Final = 30 * 60
"""Seconds for which a response_url is valid."""


@dataclass(frozen=True)
class Origin:
    """Where an answer to an interaction goes: who did it, in which channel and thread, on which message.

    ``command`` is the slash command as typed, where the interaction was one.
    """

    user: str
    channel: str
    thread: str = ""
    message: Message | None = None
    command: str = ""


class ResponseUrls:
    """The response_urls that were issued. ``violations`` keeps one line for every answer that was refused."""

    def __init__(self, workspace: Workspace, clock: Callable[[], float] = time.monotonic) -> None:
        self.violations: list[str] = []
        self._workspace = workspace
        self._clock = clock
        self._issued: dict[str, tuple[Origin, float]] = {}
        self._uses: dict[str, int] = {}

    def issue(self, origin: Origin) -> str:
        """The path of a new response_url."""
        path = f"{secrets.randbelow(10**13)}/{secrets.token_urlsafe(18)}"
        self._issued[path] = (origin, self._clock())
        return path

    def answer(self, path: str, body: Mapping[str, Any]) -> None:
        """Carries out what an app posted to a response_url. Raises ``ApiError``."""
        try:
            self._answer(path, body)
        except ApiError as error:
            self.violations.append(f"response_url: {error.line}")
            raise

    def _answer(self, path: str, body: Mapping[str, Any]) -> None:
        if path not in self._issued:
            raise ApiError("no_such_url")
        origin, since = self._issued[path]
        if self._clock() - since > LIFETIME_SECONDS:
            raise ApiError("expired_url")
        if self._uses.get(path, 0) >= MAX_USES:
            raise ApiError("used_url")
        self.show(origin, body)
        self._uses[path] = self._uses.get(path, 0) + 1

    def show(self, origin: Origin, body: Mapping[str, Any]) -> None:
        """Shows an answer to an interaction: a new message, or the original replaced or deleted.

        Raises ``ApiError`` for a message that Slack would refuse.
        """
        original = origin.message
        if original is not None:
            original = self._workspace.messages.get((original.channel, original.ts))
        if body.get("delete_original"):
            if original is not None:
                self._workspace.remove(original)
            if not (body.get("text") or body.get("blocks")):
                return
        text, blocks = check_content(body, self._workspace)
        if body.get("replace_original") and original is not None:
            self._workspace.put(replace(original, text=text, blocks=blocks, edited=True))
            return
        public = body.get("response_type") == "in_channel"
        self._workspace.put(
            Message(
                channel=origin.channel,
                ts=self._workspace.stamp(),
                user=BOT_USER,
                text=text,
                blocks=blocks,
                thread=str(body.get("thread_ts") or origin.thread),
                visible_to="" if public else origin.user,
                command=origin.command,
            )
        )

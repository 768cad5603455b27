"""``response_url``: an address for each interaction, good for five answers within thirty minutes.

Source: docs.slack.dev, "Handling user interaction", section "Message responses".
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from slack_peer.rules.api_rules import ApiError, content
from slack_peer.workspace import BOT_USER, Message, Workspace

USES: Final = 5
SECONDS: Final = 30 * 60


@dataclass(frozen=True)
class Origin:
    """What an interaction may answer to: who did it where, in which thread, and on which message if on one."""

    user: str
    channel: str
    thread: str = ""
    message: Message | None = None
    asked: str = ""


class ResponseUrls:
    """The response_urls that were given out."""

    def __init__(self, workspace: Workspace, clock: Callable[[], float] = time.monotonic) -> None:
        self.mistakes: list[str] = []
        self._workspace = workspace
        self._clock = clock
        self._given: dict[str, tuple[Origin, float]] = {}
        self._used: dict[str, int] = {}

    def give(self, origin: Origin) -> str:
        """The path of a new response_url."""
        path = f"{secrets.randbelow(10**13)}/{secrets.token_urlsafe(18)}"
        self._given[path] = (origin, self._clock())
        return path

    def answer(self, path: str, body: Mapping[str, Any]) -> None:
        """Does what an app posted to a response_url. Raises ``ApiError``, which is kept among the mistakes too."""
        try:
            self._answer(path, body)
        except ApiError as error:
            self.mistakes.append(f"response_url: {error.code}" + "".join(f" {told}" for told in error.messages))
            raise

    def _answer(self, path: str, body: Mapping[str, Any]) -> None:
        if path not in self._given:
            raise ApiError("no_such_url")
        origin, since = self._given[path]
        if self._clock() - since > SECONDS:
            raise ApiError("expired_url")
        if self._used.get(path, 0) >= USES:
            raise ApiError("used_url")
        self.show(origin, body)
        self._used[path] = self._used.get(path, 0) + 1

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
        text, blocks = content(body)
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
                seen_by="" if public else origin.user,
                asked=origin.asked,
            )
        )

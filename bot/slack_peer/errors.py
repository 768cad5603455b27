"""The errors of the stand-in."""

from __future__ import annotations

from typing import Any


class SlackPeerError(Exception):
    """Base of every error that the stand-in raises on purpose; ``str(error)`` is one line for a person."""


class ManifestError(SlackPeerError):
    """An app manifest that lacks what Slack needs, or has it in another form: names the place."""


class NotPossibleError(SlackPeerError):
    """Something that Slack would not let a person do; says why."""


class NoResponseError(SlackPeerError):
    """The app showed nothing in the time given."""


class ApiError(SlackPeerError):
    """A call that Slack refuses: its error code, its detail messages, and the seconds to wait where it names them."""

    def __init__(self, code: str, messages: list[str] | None = None, retry_after: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.messages = messages or []
        self.retry_after = retry_after

    def json(self) -> dict[str, Any]:
        """The body of Slack's answer."""
        body: dict[str, Any] = {"ok": False, "error": self.code}
        if self.messages:
            body |= {"errors": self.messages, "response_metadata": {"messages": self.messages}}
        return body

    @property
    def line(self) -> str:
        """Code and messages in one line."""
        return " ".join((self.code, *self.messages))

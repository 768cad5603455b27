"""What Slack knows of the app: its command, its shortcuts, its events and its scopes.

The same as ``deploy/slack-manifest.yaml`` says for a real workspace; a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from hcpcs_bot.slack.ids import COMMAND, CallbackId


@dataclass(frozen=True)
class Shortcut:
    """A shortcut: ``on_message`` for one in a message's menu, else one for everywhere."""

    name: str
    callback_id: str
    description: str
    on_message: bool = False


@dataclass(frozen=True)
class AppManifest:
    """An app as Slack knows it. ``events`` are the ones subscribed to, ``scopes`` those of the bot token."""

    name: str
    commands: frozenset[str]
    shortcuts: tuple[Shortcut, ...]
    events: frozenset[str]
    scopes: frozenset[str]
    unfurl_domains: tuple[str, ...] = ()


HCPCS_APP: Final = AppManifest(
    name="HCPCS",
    commands=frozenset({COMMAND}),
    shortcuts=(
        Shortcut("Look up a code", CallbackId.LOOKUP, "Find a HCPCS code as you type"),
        Shortcut("Decode HCPCS codes", CallbackId.DECODE, "Explain every code in this message", on_message=True),
    ),
    events=frozenset({"app_home_opened", "app_mention", "link_shared", "message.im"}),
    scopes=frozenset(
        {
            "app_mentions:read",
            "assistant:write",
            "chat:write",
            "commands",
            "im:history",
            "links:read",
            "links:write",
        }
    ),
)
